/**
 * A snapshot: what the room had when somebody pressed the button, frozen, hashed, and without any person's name. It holds
 * everything that documents and the draft are made from, so that the same snapshot always gives the same document; nothing
 * in it changes afterwards, and every member reads the same bytes.
 */
import { seeBoard, type Board, type Sight } from '../board/read.ts';
import type { Colour } from '../board/schema.ts';
import type { LocalText } from '../export/source.ts';
import type { Language } from '../people/caller.ts';
import { ok, refuse, type Result } from '../result.ts';
import type { Option, RoundResult, RoundSettings } from '../voting/types.ts';
import { canonicalBytes, canonicalJson, wellFormed } from './canonical.ts';
import { sealsOf, type SnapshotSeals } from './seal.ts';

export const SNAPSHOT_FORMAT = 'ashar.snapshot/1';

export interface SnapshotNote {
  readonly id: string;
  readonly zone: string;
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly colour: Colour;
  readonly language?: Language;
  readonly groupId: string | null;
  /** The author's organisation, on attributed boards. */
  readonly organisationId?: string;
}

export interface SnapshotGroup {
  readonly id: string;
  readonly zone: string;
  readonly x: number;
  readonly y: number;
  readonly title: string;
  readonly noteIds: readonly string[];
}

export interface SnapshotBoard {
  readonly id: string;
  readonly template: string;
  readonly title: LocalText;
  /** In reading order. */
  readonly zones: readonly { readonly id: string; readonly name: LocalText }[];
  readonly attributed: boolean;
  /** In reading order; a group's notes stand together. */
  readonly notes: readonly SnapshotNote[];
  readonly groups: readonly SnapshotGroup[];
}

export interface SnapshotRound {
  readonly id: string;
  readonly boardId: string;
  readonly settings: RoundSettings;
  /** As they were frozen at the opening. */
  readonly options: readonly Option[];
  /** The round that this one follows; left out: none. */
  readonly origin?: { readonly roundId: string; readonly kind: 'run-off' | 're-vote' };
  /** ISO 8601, UTC. */
  readonly openedAt: string | null;
  readonly closedAt: string;
  readonly result: RoundResult;
}

export interface SnapshotOrganisation {
  readonly id: string;
  readonly name: string;
  readonly seats: number | null;
  /** How many people took part for it. */
  readonly people: number;
}

export interface SnapshotBody {
  readonly format: typeof SNAPSHOT_FORMAT;
  readonly id: string;
  readonly title: string;
  /** ISO 8601, UTC. */
  readonly takenAt: string;
  readonly workshop: {
    readonly id: string;
    readonly title: LocalText;
    readonly languages: readonly Language[];
    readonly timeZone: string;
    /** The day of the meeting, YYYY-MM-DD. */
    readonly heldOn: string | null;
    readonly strategy: { readonly id: string; readonly title: LocalText } | null;
  };
  readonly organisations: readonly SnapshotOrganisation[];
  /** People who took part without naming an organisation. */
  readonly unaffiliated: number;
  readonly boards: readonly SnapshotBoard[];
  /** Closed rounds, in the order in which they were made. */
  readonly rounds: readonly SnapshotRound[];
  /** A short hash of every part, so that a changed file says where; left out by those taken before there were seals. */
  readonly seals?: SnapshotSeals;
}

/** @property hash SHA-256 of the canonical JSON (RFC 8785) of everything else, lower-case hexadecimal. */
export interface Snapshot extends SnapshotBody {
  readonly hash: string;
}

/** SHA-256 of the bytes, lower-case hexadecimal. Given from outside: core runs where `node:crypto` is not. */
export type Sha256 = (bytes: Uint8Array) => string;

export interface SnapshotSource extends Omit<SnapshotBody, 'format' | 'boards' | 'rounds' | 'takenAt' | 'seals'> {
  /** Epoch milliseconds. */
  readonly takenAt: number;
  readonly boards: readonly {
    readonly id: string;
    readonly template: string;
    readonly title: LocalText;
    readonly zones: readonly { readonly id: string; readonly name: LocalText }[];
    /** From `readBoard(doc, zone ids)`. */
    readonly content: Board;
    /** Who may be named: only the author's organisation is ever taken, and only where the board is attributed. */
    readonly sight: Pick<Sight, 'attributed' | 'authors'>;
  }[];
  /** Any rounds; those without a result (not closed) are left out, for nothing about them may be told yet. */
  readonly rounds: readonly {
    readonly id: string;
    readonly boardId: string;
    readonly settings: RoundSettings;
    readonly options: readonly Option[];
    readonly origin?: SnapshotRound['origin'] | null;
    readonly openedAt: number | null;
    readonly closedAt: number | null;
    readonly result: RoundResult | null;
  }[];
}

/** The snapshot with its hash, and the canonical JSON to store: exactly those bytes go to every reader. */
export function buildSnapshot(
  source: SnapshotSource,
  sha256: Sha256,
): { readonly snapshot: Snapshot; readonly json: string } {
  const unsealed: SnapshotBody = wellFormed({
    format: SNAPSHOT_FORMAT,
    id: source.id,
    title: source.title,
    takenAt: new Date(source.takenAt).toISOString(),
    workshop: {
      id: source.workshop.id,
      title: source.workshop.title,
      languages: source.workshop.languages,
      timeZone: source.workshop.timeZone,
      heldOn: source.workshop.heldOn,
      strategy: source.workshop.strategy,
    },
    organisations: source.organisations.map(({ id, name, seats, people }) => ({ id, name, seats, people })),
    unaffiliated: source.unaffiliated,
    boards: source.boards.map(boardOf),
    rounds: source.rounds.flatMap(roundOf),
  });
  const body = { ...unsealed, seals: sealsOf(unsealed, sha256) };
  const snapshot = { ...body, hash: sha256(canonicalBytes(body)) };
  return { snapshot, json: canonicalJson(snapshot) };
}

function boardOf(board: SnapshotSource['boards'][number]): SnapshotBoard {
  const seen = seeBoard(board.content, { ...board.sight, viewerId: null });
  return {
    id: board.id,
    template: board.template,
    title: board.title,
    zones: board.zones.map(({ id, name }) => ({ id, name })),
    attributed: board.sight.attributed,
    notes: seen.notes.map(({ id, at, text, colour, lang, group, organisationId }) => ({
      id,
      zone: at[0],
      x: at[1],
      y: at[2],
      text,
      colour,
      ...(lang === undefined ? {} : { language: lang }),
      groupId: group ?? null,
      ...(organisationId === undefined ? {} : { organisationId }),
    })),
    groups: seen.groups.map(({ id, at, title, noteIds }) => ({ id, zone: at[0], x: at[1], y: at[2], title, noteIds })),
  };
}

function roundOf(round: SnapshotSource['rounds'][number]): SnapshotRound[] {
  const { id, boardId, settings, options, origin, openedAt, closedAt, result } = round;
  if (result === null || closedAt === null) return [];
  return [
    {
      id,
      boardId,
      settings,
      options,
      ...(origin ? { origin } : {}),
      openedAt: openedAt === null ? null : new Date(openedAt).toISOString(),
      closedAt: new Date(closedAt).toISOString(),
      result,
    },
  ];
}

/** Whether a snapshot, parsed from a file, is what it says. Total. */
export function verifySnapshot(value: unknown, sha256: Sha256): Result<Snapshot> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuse('malformed');
  const { hash, ...body } = value as Partial<Snapshot>;
  if (body.format !== SNAPSHOT_FORMAT || typeof hash !== 'string') return refuse('malformed');
  try {
    const expected = sha256(canonicalBytes(body));
    return expected === hash ? ok(value as Snapshot) : refuse('malformed', { expected, hash });
  } catch {
    return refuse('malformed');
  }
}
