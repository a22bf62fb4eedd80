/**
 * What a results document is made from: plain data that a snapshot holds, so that the same snapshot always gives the same
 * document. It has passed the visibility function already and holds no person's name; the builders add nothing to it.
 */
import type { BoardGroup } from '../board/read.ts';
import type { Colour, Note } from '../board/schema.ts';
import type { Language } from '../people/caller.ts';
import type { Option, RoundResult, RoundSettings } from '../voting/types.ts';
import type { Moment } from './format.ts';

/** A name in the languages it was given in; a plain string is the same in all of them. */
export type LocalText = string | Readonly<Partial<Record<Language, string>>>;

export interface SourceOrganisation {
  readonly id: string;
  readonly name: string;
  /** Places kept for it; null: no limit was set. */
  readonly seats: number | null;
  /** How many people took part for it. */
  readonly people: number;
}

export interface SourceZone {
  readonly id: string;
  readonly name: LocalText;
  readonly tint?: Colour;
}

export interface SourceBoard {
  readonly id: string;
  readonly title: LocalText;
  /** Id of its template: `swot` is printed as a two by two table on a landscape page. */
  readonly template: string;
  /** In the order of the template. */
  readonly zones: readonly SourceZone[];
  /** As `readBoard` gives them: in reading order, grouped notes in their group's zone. */
  readonly notes: readonly Note[];
  readonly groups: readonly Pick<BoardGroup, 'id' | 'at' | 'title' | 'noteIds'>[];
}

export interface SourceRound {
  readonly id: string;
  readonly boardId: string;
  readonly settings: RoundSettings;
  /** As they were frozen at the opening; left out: nothing can be said of what was put together since. */
  readonly options?: readonly Option[];
  /** The round that this one follows; left out: none. */
  readonly origin?: { readonly roundId: string; readonly kind: 'run-off' | 're-vote' } | null;
  readonly openedAt: Moment | null;
  readonly closedAt: Moment | null;
  /** null while it is not closed: such a round is named, its figures are nowhere. */
  readonly result: RoundResult | null;
}

export interface ResultsSource {
  readonly workshop: {
    readonly title: LocalText;
    /** Title of the strategy it works for. */
    readonly strategy?: LocalText;
    /** Whose workshop it is, for the head of the document. */
    readonly host?: LocalText;
    readonly date: Moment;
    readonly timeZone: string;
  };
  readonly organisations: readonly SourceOrganisation[];
  /** People who took part without naming an organisation. */
  readonly unaffiliated: number;
  readonly boards: readonly SourceBoard[];
  readonly rounds: readonly SourceRound[];
  /** null: figures as they stand now, from no snapshot. */
  readonly snapshot: {
    readonly id: string;
    readonly hash: string;
    readonly takenAt: Moment;
    readonly title: string;
  } | null;
}

/** The text in a language, else in the first one it has. */
export function textIn(text: LocalText | undefined, language: Language): string {
  if (text === undefined) return '';
  if (typeof text === 'string') return text;
  return text[language] ?? text.ru ?? text.ky ?? text.en ?? '';
}

/** What people compare by eye: the first characters of a snapshot's hash. */
export function shortHash(hash: string): string {
  return hash.slice(0, 12);
}
