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

export interface OrganisationCell {
  readonly organisationId: string | null;
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
  /** Total of the room: dots, points or weighted score. */
  readonly dots: number;
  /** Distinct supporters. */
  readonly voters: number;
  /** Of all dots given, 0 to 1. */
  readonly share: number;
  readonly mean?: number;
  readonly median?: number;
  /** Standard deviation over those who voted. */
  readonly spread?: number;
  /** How many ballots gave each value (dots: "0", "1", …; choices: the choice). */
  readonly distribution: Readonly<Record<string, number>>;
  readonly byOrganisation: readonly OrganisationCell[];
  /** dots/voters that came on paper or by proxy, already inside the totals. */
  readonly desk: { readonly dots: number; readonly voters: number };
  readonly reasons?: readonly string[];
}

export interface PublishedBallot {
  readonly receipt: string;
  readonly dots?: Readonly<Record<string, number>>;
  readonly scores?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly ranking?: readonly string[];
  readonly choices?: Readonly<Record<string, string>>;
  readonly abstain?: true;
}

export interface RoundResult {
  readonly options: readonly OptionResult[];
  /** Option ids ordered as if each organisation had one vote. */
  readonly organisationOrder: readonly string[];
  /** Options whose place differs between the two orders beyond ties. */
  readonly orderFlips: readonly string[];
  readonly turnout: { readonly eligible: number; readonly cast: number; readonly abstained: number };
  /** Below quorum: the result is a hint, not a decision. */
  readonly indicative: boolean;
  /** Whether the kept set survives other counting rules and the absence of any one organisation; null: too few ballots. */
  readonly robust: boolean | null;
  /** How ties at the cut were broken, step by step, as message codes with option ids. */
  readonly tieBreaks: readonly { readonly rule: string; readonly optionIds: readonly string[] }[];
  readonly receivedAfterClose: number;
  readonly ballots?: readonly PublishedBallot[];
}
