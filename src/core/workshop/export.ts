/**
 * From a plan (what the store holds, in the shape of an import) to a file. What stands at its default is left out, so that
 * a file that was imported and not changed comes out as it was.
 */
import type { Board } from '../board/read.ts';
import type { LocalText } from '../export/source.ts';
import type { Language } from '../people/caller.ts';
import { templateById } from '../templates/index.ts';
import {
  readAction,
  WORKSHOP_FORMAT,
  type FileBoard,
  type FileNote,
  type FileRound,
  type PlannedBoard,
  type PlannedNote,
  type PlannedRound,
  type WorkshopFile,
  type WorkshopPlan,
} from './format.ts';

export function workshopFile(plan: WorkshopPlan): WorkshopFile {
  return {
    format: WORKSHOP_FORMAT,
    ...(plan.about !== null && { about: plan.about }),
    title: plan.title,
    ...(plan.strategy && { strategy: plan.strategy }),
    ...(plan.heldOn !== null && { date: plan.heldOn }),
    languages: plan.languages,
    ...(plan.timeZone !== null && { timeZone: plan.timeZone }),
    ...(plan.organisations.length > 0 && {
      organisations: plan.organisations.map(({ name, seats }) => ({ name, ...(seats !== null && { seats }) })),
    }),
    boards: plan.boards.map((board) => boardOf(board, plan.languages)),
    ...(plan.rounds.length > 0 && { rounds: plan.rounds.map((round) => roundOf(round, plan.boards)) }),
  };
}

/** One board of the store as a planned one. `extras` knows what stands outside the document. */
export function plannedBoard(
  template: string,
  title: LocalText | null,
  content: Board,
  extras: {
    /** Index of the author's organisation in the plan; null where the board is anonymous or nobody knows. */
    readonly organisationOf: (noteId: string) => number | null;
    readonly translationsOf: (noteId: string) => PlannedNote['translations'];
  },
): PlannedBoard {
  const index = new Map(content.groups.map(({ id }, position) => [id, position]));
  return {
    template,
    title,
    notes: content.notes
      .filter(({ text }) => text.trim() !== '')
      .map(({ id, at, text, lang, colour, group }) => ({
        zone: at[0],
        text,
        language: lang ?? null,
        colour,
        organisation: extras.organisationOf(id),
        group: group === undefined ? null : (index.get(group) ?? null),
        translations: extras.translationsOf(id),
      })),
    groups: content.groups.map(({ at, title }) => ({ zone: at[0], title })),
  };
}

function boardOf(board: PlannedBoard, languages: readonly Language[]): FileBoard {
  const first = templateById(board.template)?.zones[0]?.id;
  const plain = (note: PlannedNote) => note.organisation === null && note.group === null && note.colour === 'yellow';
  const isAction = (note: PlannedNote) =>
    plain(note) && Object.keys(note.translations).length === 0 && (note.language ?? languages[0]) === languages[0];
  // The short forms stand before the notes of a board: they keep the order only if every note has one.
  const actions = first === 'actions' && board.notes.length > 0 && board.notes.every(isAction);
  const options = first === 'options' && board.notes.length > 0 && board.notes.every(plain);
  return {
    template: board.template,
    ...(board.title !== null && { title: board.title }),
    ...(actions && { actions: board.notes.map(({ text }) => readAction(text)) }),
    ...(options && { options: board.notes.map(optionOf) }),
    ...(!actions && !options && board.notes.length > 0 && { notes: board.notes.map(noteOf) }),
    ...(board.groups.length > 0 && { groups: board.groups }),
  };
}

function noteOf(note: PlannedNote): FileNote {
  return {
    zone: note.zone,
    ...(note.language !== null && { language: note.language }),
    text: note.text,
    ...(note.organisation !== null && { organisation: note.organisation }),
    ...(note.colour !== 'yellow' && { colour: note.colour }),
    ...(Object.keys(note.translations).length > 0 && { translations: note.translations }),
    ...(note.group !== null && { group: note.group }),
  };
}

function optionOf({ text, language, translations }: PlannedNote): LocalText {
  return language === null ? text : { [language]: text, ...translations };
}

function roundOf(round: PlannedRound, boards: readonly PlannedBoard[]): FileRound {
  const template = boards[round.board]?.template;
  const byName = template !== undefined && boards.findIndex((board) => board.template === template) === round.board;
  return {
    board: byName ? template : round.board,
    title: round.title,
    ...(round.of !== 'notes' && { of: round.of }),
    method: round.method,
    secret: round.secret,
    ...(round.quorum !== null && { quorum: round.quorum }),
    ...(round.cut !== null && { cut: round.cut }),
    ...(round.graceSeconds !== 0 && { graceSeconds: round.graceSeconds }),
    ...(!round.publish && { publish: round.publish }),
  };
}
