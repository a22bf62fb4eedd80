/**
 * The words of a document that are not its data. Core holds no sentence in any language: `server/render/labels.ts` fills
 * this from the messages, for the language of the document.
 */

type Say<P> = (params: P) => string;

export interface DocumentLabels extends VotingLabels, MinutesLabels {
  readonly resultsSubtitle: string;
  readonly draftSubtitle: string;
  readonly contents: string;
  readonly strategy: string;
  readonly snapshot: string;
  readonly sourceLine: Say<{ hash: string; time: string }>;
  readonly sourceLive: string;

  readonly attendance: string;
  readonly attended: string;
  readonly attendedPeople: Say<{ count: number }>;
  readonly attendedOrganisations: Say<{ count: number }>;
  readonly organisation: string;
  readonly organisationNone: string;
  readonly seats: string;
  readonly people: string;
  readonly total: string;
  readonly number: string;

  readonly boardEmpty: string;
  readonly zoneEmpty: string;
  readonly groupUntitled: string;
  readonly ungrouped: string;
  readonly noteEmpty: string;
  readonly notesCount: Say<{ count: number }>;
  readonly moreBelow: Say<{ count: number }>;

  readonly sources: string;
  readonly sourceUnknown: string;
  readonly record: string;
  readonly measure: string;
  readonly part: string;
  readonly area: string;
  readonly group: string;
  readonly note: string;
  readonly text: string;
  readonly summary: string;
  readonly item: string;
  readonly language: string;
}

/** Those of the minutes. */
export interface MinutesLabels {
  readonly minutes: string;
  readonly minutesNumber: Say<{ number: string }>;
  readonly place: string;
  readonly chair: string;
  readonly secretary: string;
  readonly agenda: string;
  readonly agendaItem: string;
  readonly agendaPlanned: string;
  readonly agendaActual: string;
  readonly agendaSkipped: string;
  readonly presented: string;
  readonly presentedNone: string;
  readonly work: string;
  readonly notes: string;
  readonly dissent: string;
  readonly dissentNone: string;
  readonly objections: string;
  readonly decisions: string;
  readonly decisionsNone: string;
  readonly decisionKept: Say<{ round: string }>;
  readonly decisionConsent: Say<{ round: string }>;
  readonly decisionVerdict: Say<{ round: string }>;
  readonly signatures: string;
}

/** Those of voting rounds. */
export interface VotingLabels {
  readonly voting: string;
  readonly roundNotClosed: string;
  readonly roundMethod: string;
  readonly methodDots: Say<{ budget: number; cap: number }>;
  readonly methodScore: Say<{ criteria: string; min: number; max: number }>;
  readonly methodRanking: string;
  readonly methodConsent: string;
  readonly methodVerdict: Say<{ choices: string }>;
  readonly roundSecrecy: string;
  readonly secret: string;
  readonly attributed: string;
  readonly roundTime: string;
  readonly quorum: string;
  readonly quorumNone: string;
  readonly turnout: string;
  readonly turnoutOf: Say<{ cast: number; eligible: number; percent: string }>;
  readonly abstained: string;
  readonly lateBallots: string;
  readonly lateNotCounted: Say<{ count: number }>;
  readonly deskBallots: string;
  readonly deskCount: Say<{ paper: number; proxy: number }>;

  readonly keptNote: string;
  readonly keptCount: Say<{ kept: number; of: number }>;
  readonly keptNone: string;
  readonly tieAtCut: Say<{ count: number }>;
  readonly tieBroken: string;
  /** By the code of the rule in RoundResult.tieBreaks; an unknown code is printed as it is. */
  readonly tieRules: Readonly<Record<string, string>>;
  readonly indicative: string;
  readonly indicativeText: string;
  readonly robust: string;
  readonly robustText: string;
  readonly fragile: string;
  readonly fragileText: string;
  readonly flips: string;
  readonly flipsText: string;

  readonly rankingCaption: Say<{ measure: string }>;
  readonly barsAlt: Say<{ first: string; value: string; count: number }>;
  readonly resultsCaption: string;
  readonly option: string;
  readonly rank: string;
  readonly rankOrganisations: string;
  readonly tied: string;
  readonly dots: string;
  readonly points: string;
  /** Consent: supports it or can live with it. */
  readonly accepted: string;
  readonly support: string;
  readonly voters: string;
  readonly votersScore: string;
  readonly votersRanking: string;
  readonly share: string;
  readonly mean: string;
  readonly median: string;
  readonly spread: string;
  readonly spreadNote: string;
  readonly byOrganisation: Say<{ measure: string }>;
  readonly byOrganisationPeople: Say<{ measure: string; people: string }>;
  readonly organisationsWithheld: string;
  readonly suppressedNote: string;
  readonly schulze: string;
  readonly desk: string;
  readonly distribution: string;
  readonly distributionCaption: string;
  readonly unanswered: string;
  /** By the id of a choice (support, live-with, object, done, …); an unknown id is printed as it is. */
  readonly choices: Readonly<Record<string, string>>;
  readonly reasons: string;
  readonly ballots: Say<{ round: string }>;
  readonly ballotsNote: string;
  readonly receipt: string;
  readonly ballot: string;
  readonly abstains: string;
  readonly unconfirmed: string;
  readonly whoVoted: string;
  readonly crewVotes: string;
  readonly nearTies: string;
  readonly nearTiesText: string;
  readonly twoByTwo: Say<{ x: string; y: string }>;
  readonly twoByTwoNote: string;
  /** By the id of a quarter (see two-by-two.ts). */
  readonly quarters: Readonly<Record<string, Say<{ x: string; y: string }>>>;
  readonly movement: string;
  readonly before: string;
  readonly after: string;
  readonly merged: string;
  readonly mergedNote: string;

  readonly round: string;
  readonly opened: string;
  readonly closed: string;
  readonly eligible: string;
  readonly cast: string;
  readonly onPaper: string;
  readonly byProxy: string;
  readonly kept: string;
  readonly peopleCounted: string;
  readonly value: string;
  readonly ballotsCount: string;
  readonly sheetResults: string;
  readonly sheetOrganisations: string;
  readonly sheetBallots: string;
}
