/**
 * `ashar.workshop/1`: a workshop as a file, to prepare one elsewhere, to move it, to keep it. It holds what was written and
 * how it was to be voted on; results live in snapshots. `server/usecases/workshop-format.ts` checks the shape of a file;
 * `import.ts` turns it into a plan, `export.ts` a plan into a file again.
 */
import type { Colour } from '../board/schema.ts';
import type { LocalText } from '../export/source.ts';
import type { Language } from '../people/caller.ts';
import type { Method, RoundSettings } from '../voting/types.ts';

export const WORKSHOP_FORMAT = 'ashar.workshop/1';

export interface FileNote {
  readonly zone: string;
  readonly text: string;
  readonly language?: Language;
  /** Index into `organisations`: whose note it is. */
  readonly organisation?: number;
  readonly colour?: Colour;
  /** The same text in other languages. */
  readonly translations?: Readonly<Partial<Record<Language, string>>>;
  /** Index into the board's `groups`. */
  readonly group?: number;
}

export interface FileBoard {
  readonly template: string;
  readonly title?: LocalText;
  /** In reading order. */
  readonly notes?: readonly FileNote[];
  readonly groups?: readonly { readonly zone: string; readonly title: string }[];
  /** Template programme-review: what the last programme had planned. They come before `notes`. */
  readonly actions?: readonly { readonly text: string; readonly period?: string; readonly owner?: string }[];
  /** Template priorities: what is to be chosen from, in one language or several. They come before `notes`. */
  readonly options?: readonly LocalText[];
}

export interface FileRound {
  /** The template of the first such board, or the index of the board. */
  readonly board: string | number;
  readonly title: LocalText;
  readonly of?: 'notes' | 'groups';
  readonly method: Method;
  readonly secret?: boolean;
  readonly quorum?: number | null;
  readonly cut?: number | null;
  readonly graceSeconds?: number;
  readonly publish?: boolean;
}

export interface WorkshopFile {
  readonly format: typeof WORKSHOP_FORMAT;
  /** For whoever opens the file; kept, never shown in the room. */
  readonly about?: string;
  readonly title: LocalText;
  readonly strategy?: { readonly title: LocalText; readonly periodStart: number; readonly periodEnd: number };
  /** The day of the meeting, YYYY-MM-DD. */
  readonly date?: string;
  readonly languages: readonly Language[];
  readonly timeZone?: string;
  readonly organisations?: readonly { readonly name: string; readonly seats?: number }[];
  readonly boards: readonly FileBoard[];
  readonly rounds?: readonly FileRound[];
}

/** A note to be written (or as it was): `organisation` and `group` are indexes into the plan's and the board's lists. */
export interface PlannedNote {
  readonly zone: string;
  readonly text: string;
  readonly language: Language | null;
  readonly colour: Colour;
  readonly organisation: number | null;
  readonly group: number | null;
  readonly translations: Readonly<Partial<Record<Language, string>>>;
}

export interface PlannedBoard {
  readonly template: string;
  /** null: the template's own name. */
  readonly title: LocalText | null;
  /** In reading order. */
  readonly notes: readonly PlannedNote[];
  readonly groups: readonly { readonly zone: string; readonly title: string }[];
}

export interface PlannedRound extends Omit<RoundSettings, 'title'> {
  /** Index into the plan's boards. */
  readonly board: number;
  readonly title: LocalText;
}

/** What a file says, checked and completed: what the importer carries out, and what the exporter is given. */
export interface WorkshopPlan {
  readonly about: string | null;
  readonly title: LocalText;
  readonly strategy: { readonly title: LocalText; readonly periodStart: number; readonly periodEnd: number } | null;
  readonly heldOn: string | null;
  readonly languages: readonly Language[];
  /** null: the default of the server. */
  readonly timeZone: string | null;
  readonly organisations: readonly { readonly name: string; readonly seats: number | null }[];
  readonly boards: readonly PlannedBoard[];
  readonly rounds: readonly PlannedRound[];
}

/** The last line of an action's note: when, and whose it was. A dash where one of the two is not known. */
const UNKNOWN = '—';
const BETWEEN = ' · ';

export function actionText(action: {
  readonly text: string;
  readonly period?: string;
  readonly owner?: string;
}): string {
  if (action.period === undefined && action.owner === undefined) return action.text;
  return `${action.text}\n${action.period ?? UNKNOWN}${BETWEEN}${action.owner ?? UNKNOWN}`;
}

/** The reverse of `actionText`, also after somebody reworded the note. */
export function readAction(text: string): { text: string; period?: string; owner?: string } {
  const end = text.lastIndexOf('\n');
  const last = text.slice(end + 1);
  const middle = last.indexOf(BETWEEN);
  if (end < 0 || middle < 0) return { text };
  const [period, owner] = [last.slice(0, middle), last.slice(middle + BETWEEN.length)];
  return {
    text: text.slice(0, end),
    ...(period === UNKNOWN ? {} : { period }),
    ...(owner === UNKNOWN ? {} : { owner }),
  };
}
