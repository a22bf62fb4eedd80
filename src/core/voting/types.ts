/**
 * The vocabulary of voting, shared by the rules, the store, the API and the screens. Settings and options freeze when a
 * round opens; results exist only once it is closed (PRODUCT, "Rules of voting").
 */

export interface Criterion {
  readonly name: string;
  readonly weight: number;
}

export type Method =
  | { readonly kind: 'dots'; readonly budget: number; readonly perOption: number }
  | { readonly kind: 'score'; readonly criteria: readonly Criterion[]; readonly min: number; readonly max: number }
  | { readonly kind: 'ranking' }
  | { readonly kind: 'consent' }
  | { readonly kind: 'verdict'; readonly choices: readonly string[] };

/** draft: settings may change; open: ballots are taken; closing: the grace time runs; closed: result stands. */
export type RoundStatus = 'draft' | 'open' | 'closing' | 'closed';

export interface RoundSettings {
  readonly title: string;
  readonly of: 'notes' | 'groups';
  readonly method: Method;
  readonly secret: boolean;
  /** Share of the roll that must vote for a result to bind, 0 to 1; null: no quorum. */
  readonly quorum: number | null;
  /** How many options the result is to keep; null: no cut. */
  readonly cut: number | null;
  readonly graceSeconds: number;
  /** Whether the anonymous ballots are published after the close. */
  readonly publish: boolean;
  /** The list is published without codes, and voters are shown none: nobody can prove a vote, or be made to; left out: with. */
  readonly receipts?: false;
  /** A ballot of the desk counts once a second person has entered the same; left out: it counts at once. */
  readonly deskConfirmation?: true;
  /** Facilitators and the secretariat vote too, if they joined as participants; left out: they do not (rule 9). */
  readonly crewVotes?: true;
  /** How many proxies may speak for one organisation; left out: any number. */
  readonly proxyLimit?: number;
}

/** What is voted on: a note or a group, its text frozen at the opening. */
export interface Option {
  readonly id: string;
  readonly text: string;
  /** Notes behind the option (itself for a note, its members for a group). */
  readonly noteIds: readonly string[];
  readonly zone: string;
}

/** A ballot as the voter sends it. Consent choices are support | live-with | object (with a reason). */
export type Ballot =
  | { readonly kind: 'dots'; readonly dots: Readonly<Record<string, number>> }
  | { readonly kind: 'score'; readonly scores: Readonly<Record<string, Readonly<Record<string, number>>>> }
  | { readonly kind: 'ranking'; readonly ranking: readonly string[] }
  | {
      readonly kind: 'choices';
      readonly choices: Readonly<Record<string, string>>;
      readonly reasons: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'abstain' };

/** How a ballot reached the count. */
export type BallotSource = 'device' | 'paper' | 'proxy';

/** A ballot in the count: with the organisation it speaks for, never with a person. */
export interface CountedBallot {
  readonly ballot: Ballot;
  readonly organisationId: string | null;
  readonly source: BallotSource;
  /** Opaque code that the voter was shown once. */
  readonly receipt: string;
}

/** What one organisation (or several small ones merged into one row) gave one option. */
export interface OrganisationCell {
  /** null for a merged row, and for the people without an organisation. */
  readonly organisationId: string | null;
  /** Those who stand behind the row: one, or every one of a merged row (null: people without an organisation). */
  readonly organisationIds: readonly (string | null)[];
  /** A merged row names all of them, joined by ' + '; empty for people without an organisation. */
  readonly name: string;
  /** null where the cell is suppressed. */
  readonly dots: number | null;
  readonly voters: number | null;
  readonly suppressed: boolean;
}

export interface OptionResult {
  readonly id: string;
  readonly text: string;
  readonly rank: number;
  /** Shares its rank, or its place at the cut, with another option. */
  readonly tied: boolean;
  /**
   * Total of the room. Dots: dots; score: sum of weight x score; ranking: Borda points (halves possible); consent: ballots
   * that support it or can live with it; verdict: ballots that gave the first of the choices.
   */
  readonly dots: number;
  /**
   * Distinct supporters. Dots: gave at least one; score: above the middle of the scale; ranking: among the first places
   * (as many as the cut, or a third); consent: support; verdict: as dots.
   */
  readonly voters: number;
  /** Ballots that said something about this option. */
  readonly answered: number;
  /**
   * 0 to 1. Dots and ranking: of all that was given; score: of the way from min to max; consent and verdict: of those who
   * answered.
   */
  readonly share: number;
  readonly mean?: number;
  readonly median?: number;
  /** Standard deviation over those who voted. */
  readonly spread?: number;
  /** Score only: each criterion by itself (for a 2x2, and for seeing what the weights hide). */
  readonly criteria?: readonly { readonly name: string; readonly mean: number; readonly spread: number }[];
  /** Ranking only: the place by Schulze's method beside the Borda count. */
  readonly schulzeRank?: number;
  /**
   * How many ballots gave each value (dots: "0", "1", …; score: the weighted score to two decimals; ranking: the place;
   * choices: the choice; "-" where a score, place or choice is missing).
   */
  readonly distribution: Readonly<Record<string, number>>;
  readonly byOrganisation: readonly OrganisationCell[];
  /** What came on paper or by proxy, already inside the totals; null where so few would be recognised. */
  readonly desk: { readonly dots: number | null; readonly voters: number | null };
  /** Reasons given with choices, apart from the ballots and in the order of the alphabet. */
  readonly reasons?: readonly string[];
}

export interface PublishedBallot {
  /** The voter's code; where a round shows none, the number of the ballot in the list. */
  readonly receipt: string;
  readonly dots?: Readonly<Record<string, number>>;
  readonly scores?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly ranking?: readonly string[];
  readonly choices?: Readonly<Record<string, string>>;
  readonly abstain?: true;
}

/** One step of rule 8 that separated (or, with run-off, did not separate) options of equal standing. */
export interface TieBreak {
  readonly rule: 'supporters' | 'organisations' | 'run-off' | 'decision';
  readonly optionIds: readonly string[];
  /** Only with a facilitator's decision. */
  readonly reason?: string;
  /** Only where a run-off was held: that round. `optionIds` are then what it kept (or what is tied there too). */
  readonly roundId?: string;
}

export interface RoundResult {
  readonly options: readonly OptionResult[];
  /** The options that the cut keeps; without a cut, or before a tie at it is settled, only what is certain. */
  readonly kept: readonly string[];
  /** Options that share the place at the cut (exactly, or one step of one ballot apart): a run-off is proposed on them. */
  readonly cutTie: readonly string[];
  /**
   * Bands of options so close that one step of one ballot would turn them, anywhere in the order (rule 7: near-ties are
   * shown as ties). Left out in results that were counted before there were bands.
   */
  readonly nearTies?: readonly (readonly string[])[];
  /** Option ids ordered as if each organisation had one vote; empty without organisations, and where it would tell a secret. */
  readonly organisationOrder: readonly string[];
  /** Options whose place differs between the two orders beyond ties. */
  readonly orderFlips: readonly string[];
  /** Everything in ballots; paper and proxy are inside cast. */
  readonly turnout: {
    readonly eligible: number;
    readonly cast: number;
    readonly abstained: number;
    readonly paper: number;
    readonly proxy: number;
  };
  /** The rows by organisation are withheld altogether: together with the rest they would identify somebody. */
  readonly organisationsWithheld: boolean;
  /** Below quorum: the result is a hint, not a decision. */
  readonly indicative: boolean;
  /** Whether the kept set survives other counting rules and the absence of any one organisation; null: too few ballots. */
  readonly robust: boolean | null;
  /** How equal standings were told apart, step by step (PRODUCT, rule 8). */
  readonly tieBreaks: readonly TieBreak[];
  readonly receivedAfterClose: number;
  /** Ballots of the desk that no second person had confirmed at the close: not counted. */
  readonly unconfirmed?: number;
  readonly ballots?: readonly PublishedBallot[];
}
