/**
 * What an insert puts into the strategy draft: blocks of data, bound to the snapshot they come from. The draft's writer
 * turns them into rich text (or a document builder into pages); the words around the data ("dots", "people") are its own.
 * Every block and item says what it rests on, so that a paragraph leads back to notes and votes.
 */
import type { LocalText } from '../export/source.ts';
import type { Language } from '../people/caller.ts';
import { templateById } from '../templates/index.ts';
import type { OrganisationCell, RoundSettings } from '../voting/types.ts';
import type { Snapshot, SnapshotBoard, SnapshotOrganisation, SnapshotRound } from './snapshot.ts';

/** What a passage rests on; travels with it through the draft as attributes. */
export interface DraftTrace {
  readonly snapshotId: string;
  readonly snapshotHash: string;
  readonly boardId?: string;
  readonly zone?: string;
  readonly groupId?: string;
  readonly roundId?: string;
  readonly optionId?: string;
  readonly noteIds: readonly string[];
}

export interface DraftNote {
  readonly id: string;
  readonly text: string;
  readonly language?: Language;
}

/** A factor: a group with its notes, or a note that stands alone. */
export interface DraftItem {
  /** The group's name (empty while it has none) or the note's text. */
  readonly text: string;
  readonly language?: Language;
  readonly grouped: boolean;
  readonly notes: readonly DraftNote[];
  readonly trace: DraftTrace;
}

export interface DraftZone {
  readonly zone: string;
  readonly name: LocalText;
  readonly items: readonly DraftItem[];
  readonly trace: DraftTrace;
}

export interface DraftPriority {
  readonly rank: number;
  /** Shares its rank, or its place at the cut. */
  readonly tied: boolean;
  readonly kept: boolean;
  readonly text: string;
  /** Total of the room: dots, points or weighted score. */
  readonly dots: number;
  /** Distinct supporters. */
  readonly voters: number;
  /** Of all that was given, 0 to 1. */
  readonly share: number;
  /** Organisations with at least one supporter; null where a small cell must not be told. */
  readonly organisations: number | null;
  readonly byOrganisation: readonly OrganisationCell[];
  readonly trace: DraftTrace;
}

export type DraftBlock =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: LocalText; readonly trace: DraftTrace }
  | {
      readonly kind: 'attendance';
      readonly organisations: readonly SnapshotOrganisation[];
      readonly unaffiliated: number;
      readonly people: number;
      readonly trace: DraftTrace;
    }
  /** Four quadrants, two by two (SWOT, TOWS), in the order top left, top right, bottom left, bottom right. */
  | { readonly kind: 'matrix'; readonly quadrants: readonly DraftZone[]; readonly trace: DraftTrace }
  /** Any other board: its areas one after the other. */
  | { readonly kind: 'zones'; readonly zones: readonly DraftZone[]; readonly trace: DraftTrace }
  | {
      readonly kind: 'priorities';
      readonly title: string;
      readonly settings: RoundSettings;
      readonly items: readonly DraftPriority[];
      readonly turnout: { readonly eligible: number; readonly cast: number; readonly abstained: number };
      /** Under quorum: a hint, not a decision. */
      readonly indicative: boolean;
      readonly robust: boolean | null;
      readonly trace: DraftTrace;
    };

/** The blocks of a snapshot in the order of the day; boards on which nobody wrote are left out. */
export function draftBlocks(snapshot: Snapshot): DraftBlock[] {
  const root: DraftTrace = { snapshotId: snapshot.id, snapshotHash: snapshot.hash, noteIds: [] };
  const people = snapshot.organisations.reduce((sum, one) => sum + one.people, snapshot.unaffiliated);
  const blocks: DraftBlock[] = [
    { kind: 'heading', level: 1, text: snapshot.workshop.title, trace: root },
    {
      kind: 'attendance',
      organisations: snapshot.organisations,
      unaffiliated: snapshot.unaffiliated,
      people,
      trace: root,
    },
  ];
  for (const board of snapshot.boards) {
    if (board.notes.length === 0) continue;
    const trace = { ...root, boardId: board.id, noteIds: board.notes.map(({ id }) => id) };
    const rounds = snapshot.rounds.filter((round) => round.boardId === board.id);
    const name = templateById(board.template)?.name ?? board.title;
    blocks.push({ kind: 'heading', level: 2, text: board.title === '' ? name : board.title, trace });
    const zones = board.zones.map((zone) => zoneOf(board, zone, trace));
    // A board of options that were voted on is its ranking; listing the options before would say everything twice.
    if (zones.length === 4) blocks.push({ kind: 'matrix', quadrants: zones, trace });
    else if (zones.length > 1 || rounds.length === 0) blocks.push({ kind: 'zones', zones, trace });
    for (const round of rounds) blocks.push(prioritiesOf(round, board, root));
  }
  return blocks;
}

function zoneOf(board: SnapshotBoard, zone: { id: string; name: LocalText }, whole: DraftTrace): DraftZone {
  const items: DraftItem[] = [];
  const groups = new Map(board.groups.map((group) => [group.id, group]));
  const notes = new Map(board.notes.map((note) => [note.id, note]));
  const inside = board.notes.filter((note) => note.zone === zone.id);
  for (const note of inside) {
    const group = note.groupId === null ? undefined : groups.get(note.groupId);
    if (group && group.noteIds[0] !== note.id) continue;
    const noteIds = group ? group.noteIds : [note.id];
    const language = group ? {} : { ...(note.language && { language: note.language }) };
    items.push({
      text: group ? group.title : note.text,
      ...language,
      grouped: group !== undefined,
      notes: noteIds.flatMap((id) => {
        const member = notes.get(id);
        return member ? [{ id, text: member.text, ...(member.language && { language: member.language }) }] : [];
      }),
      trace: { ...whole, zone: zone.id, ...(group && { groupId: group.id }), noteIds },
    });
  }
  return {
    zone: zone.id,
    name: zone.name,
    items,
    trace: { ...whole, zone: zone.id, noteIds: inside.map(({ id }) => id) },
  };
}

function prioritiesOf(round: SnapshotRound, board: SnapshotBoard, root: DraftTrace): DraftBlock {
  const { result, settings } = round;
  const options = new Map(round.options.map((option) => [option.id, option]));
  const kept = new Set(result.kept);
  const groups = new Set(board.groups.map(({ id }) => id));
  const trace = { ...root, boardId: board.id, roundId: round.id };
  return {
    kind: 'priorities',
    title: settings.title,
    settings,
    items: result.options.map((option) => ({
      rank: option.rank,
      tied: option.tied,
      kept: kept.has(option.id),
      text: option.text,
      dots: option.dots,
      voters: option.voters,
      share: option.share,
      organisations: organisationsBehind(option.byOrganisation),
      byOrganisation: option.byOrganisation,
      trace: {
        ...trace,
        optionId: option.id,
        ...(groups.has(option.id) && { groupId: option.id }),
        noteIds: options.get(option.id)?.noteIds ?? [],
      },
    })),
    turnout: { eligible: result.turnout.eligible, cast: result.turnout.cast, abstained: result.turnout.abstained },
    indicative: result.indicative,
    robust: result.robust,
    trace: { ...trace, noteIds: round.options.flatMap(({ noteIds }) => noteIds) },
  };
}

/**
 * A count over cells of which one is suppressed would let one subtract to it; a row of several merged organisations does
 * not say how many of them stand behind the option.
 */
function organisationsBehind(cells: readonly OrganisationCell[]): number | null {
  if (cells.length === 0 || cells.some((cell) => cell.suppressed || cell.organisationIds.length > 1)) return null;
  return cells.filter(({ organisationId, voters }) => organisationId !== null && (voters ?? 0) > 0).length;
}
