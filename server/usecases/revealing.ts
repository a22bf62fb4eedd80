/**
 * How notes that wait come to the board: the reveal of private writing, batches of anonymous notes, and the inbox of a
 * moderated stage. The server writes them under its own Yjs client id, shuffled, so that neither order nor time nor client
 * ties a note to a person or two notes to each other.
 */
import type { GroupStep } from '#core/board/audit.ts';
import { createNote, groupNotes } from '#core/board/edit.ts';
import { frozenBy } from '#core/board/freeze.ts';
import { readBoard } from '#core/board/read.ts';
import { newId } from '#core/ids.ts';
import type { Caller } from '#core/people/caller.ts';
import { ok, refuse, type Result } from '#core/result.ts';
import type { PendingNote } from '../store/notes.ts';
import { stepsBetween } from './board-changes.ts';
import type { Deps } from './deps.ts';
import { allowed } from './doors.ts';
import { boardAccess, type BoardAccess } from './rights.ts';

const SERVER = 'server';
/** So many people must have written before any anonymous note is shown without a reveal. */
export const FEWEST_AUTHORS = 3;
/** Milliseconds between two batches: the moment of a batch says nothing about the moment of writing. */
export const BATCH_MS = 15_000;
const MAX_REASON = 500;

interface Reveal {
  readonly boardId: string;
  readonly zone?: string | undefined;
  readonly noteIds?: readonly string[] | undefined;
  /** So many of them; whoever shows one by one is told which they were. */
  readonly count?: number | undefined;
}

function shuffle(notes: readonly PendingNote[]): PendingNote[] {
  const keyed = notes.map((note) => ({ note, key: newId() }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ note }) => note);
}

type OfBody = { readonly organisationId: string | null };

/** Of a body with one person here a count would be that person's: such bodies are told together, or not at all. */
function countByBody(notes: readonly OfBody[], people: readonly OfBody[]) {
  const sizes = new Map<string | null, number>();
  for (const { organisationId } of people) sizes.set(organisationId, (sizes.get(organisationId) ?? 0) + 1);
  const single = (id: string | null): boolean => id === null || (sizes.get(id) ?? 0) < 2;
  const together = people.filter(({ organisationId }) => single(organisationId)).length;
  const counts = new Map<string | null, number>();
  for (const { organisationId } of notes) {
    const row = single(organisationId) ? null : organisationId;
    if (row !== null || together > 1) counts.set(row, (counts.get(row) ?? 0) + 1);
  }
  return [...counts].map(([organisationId, count]) => ({ organisationId, count }));
}

export function revealing({ store, live }: Pick<Deps, 'store' | 'live'>) {
  async function led(caller: Caller, boardId: string): Promise<Result<BoardAccess>> {
    const passes = allowed(caller, 'board.reveal');
    if (!passes.ok) return passes;
    const found = await boardAccess(store, caller, boardId);
    return found ? ok(found) : refuse('not-found');
  }

  /** Brings waiting notes to the board; ids of those that are there now. */
  async function show(
    boardId: string,
    pending: readonly PendingNote[],
    attributed: boolean,
    onto?: string,
  ): Promise<string[]> {
    // Authors first: a note on the board without one would count as nobody's. Anonymous notes never get one.
    const authored = attributed ? pending.filter((note) => !note.anonymous) : [];
    await store.notes.recordAuthors(
      boardId,
      authored.map(({ id, personId, organisationId }) => ({ noteId: id, personId, organisationId })),
    );
    const shown: string[] = [];
    let steps: readonly GroupStep[] = [];
    if (pending.length > 0)
      await live.edit(`board/${boardId}`, (doc) => {
        const before = readBoard(doc);
        for (const note of shuffle(pending)) {
          const made = createNote(
            doc,
            { id: note.id, zone: note.zone, text: note.text, colour: note.colour, lang: note.language },
            SERVER,
          );
          if (made.ok) shown.push(note.id);
        }
        if (onto !== undefined && shown.length > 0) groupNotes(doc, { noteIds: shown, onto }, SERVER);
        if (onto !== undefined) steps = stepsBetween(before, readBoard(doc));
      });
    await store.notes.logGroups(boardId, steps, 'lead', null);
    await store.notes.deletePending(shown);
    return shown;
  }

  const inboxOf = async (boardId: string): Promise<PendingNote[]> =>
    (await store.notes.pending(boardId)).filter(({ state }) => state === 'inbox');

  return {
    /** Shows what was written in private: all of it, one zone, chosen notes, or some of them by lot; in a shuffled order. */
    async reveal(
      caller: Caller,
      workshopId: string,
      input: Reveal,
    ): Promise<Result<{ revealed: number; noteIds?: readonly string[] }>> {
      const found = await led(caller, input.boardId);
      if (!found.ok) return found.refusal.code === 'not-found' ? refuse('not-found') : found;
      if (found.value.workshop.id !== workshopId) return refuse('not-found');
      const pending = (await store.notes.pending(input.boardId)).filter(
        ({ id, zone, state }) =>
          state === 'waiting' &&
          (input.zone === undefined || zone === input.zone) &&
          (input.noteIds?.includes(id) ?? true),
      );
      const attributed = !found.value.workshop.anonymous;
      if (input.count === undefined) return ok({ revealed: (await show(input.boardId, pending, attributed)).length });
      // Drawn by lot: which one comes next tells nothing of who wrote it, or when.
      const drawn = shuffle(pending).slice(0, input.count);
      const noteIds = await show(input.boardId, drawn, attributed);
      return ok({ revealed: noteIds.length, noteIds });
    },

    /** Anonymous notes of every board on which enough people wrote; the others wait on. How many were shown. */
    async releaseBatches(): Promise<number> {
      let released = 0;
      for (const workshop of await store.workshops.anonymousNow())
        for (const board of await store.workshops.boardsAndTables(workshop.id)) {
          const waiting = (await store.notes.pending(board.id)).filter(
            ({ state, anonymous }) => state === 'waiting' && anonymous,
          );
          if (new Set(waiting.map(({ personId }) => personId)).size < FEWEST_AUTHORS) continue;
          released += (await show(board.id, waiting, false)).length;
        }
      return released;
    },

    /** What waits, in numbers: all told, and by organisation where the writing is attributed; never by person. */
    async waiting(caller: Caller, boardId: string) {
      const found = await led(caller, boardId);
      if (!found.ok) return found;
      const pending = (await store.notes.pending(boardId)).filter(({ state }) => state === 'waiting');
      const attributed = found.value.workshop.anonymous ? [] : pending.filter(({ anonymous }) => !anonymous);
      const people = await store.participants.inWorkshop(found.value.workshop.id);
      return ok({ total: pending.length, byOrganisation: countByBody(attributed, people) });
    },

    /** The inbox of a moderated stage: texts without their writers, in no order of time. */
    async inbox(caller: Caller, boardId: string) {
      const found = await led(caller, boardId);
      if (!found.ok) return found;
      const notes = (await inboxOf(boardId)).map(({ id, zone, text, colour }) => ({ id, zone, text, colour }));
      return ok(notes.sort((a, b) => (a.id < b.id ? -1 : 1)));
    },

    /** Approves notes; with `onto`, into the group of a note or into a group that exists, originals kept. */
    async approve(
      caller: Caller,
      boardId: string,
      noteIds: readonly string[],
      onto?: string,
    ): Promise<Result<{ approved: number }>> {
      const found = await led(caller, boardId);
      if (!found.ok) return found;
      const chosen = (await inboxOf(boardId)).filter(({ id }) => noteIds.includes(id));
      if (chosen.length === 0) return refuse('not-found');
      if (onto !== undefined) {
        const board = await live.read(`board/${boardId}`, (doc) => readBoard(doc));
        const note = board.notes.find(({ id }) => id === onto);
        const groupId = note ? note.group : onto;
        if (!note && !board.groups.some(({ id }) => id === onto)) return refuse('not-found');
        // What is voted on takes nothing in while the round is open.
        const frozen = frozenBy(await store.rounds.openOn(boardId));
        if (groupId === undefined ? frozen.notes.has(onto) : frozen.groups.has(groupId))
          return refuse('options-frozen');
      }
      return ok({ approved: (await show(boardId, chosen, !found.value.workshop.anonymous, onto)).length });
    },

    /** Sets a note aside; its writer sees why. */
    async setAside(caller: Caller, boardId: string, noteId: string, reason: string): Promise<Result<null>> {
      const found = await led(caller, boardId);
      if (!found.ok) return found;
      if (reason.trim() === '') return refuse('reason-needed');
      if (reason.length > MAX_REASON) return refuse('reason-too-long', { limit: MAX_REASON });
      if (!(await inboxOf(boardId)).some(({ id }) => id === noteId)) return refuse('not-found');
      await store.notes.changePending(noteId, { state: 'aside', reason: reason.trim() });
      return ok(null);
    },
  };
}
