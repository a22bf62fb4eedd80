/**
 * Boards by command: what a caller may see of one, notes and groups written through the API (the only way while a stage is
 * private or anonymous), and the reveal. The server writes such notes under its own Yjs client id.
 */
import {
  addToGroup, checkText, createNote, deleteGroup, deleteNotes, groupNotes, moveNote, nameGroup, removeFromGroup, replaceText,
  setColour, textOf, ungroup,
} from '#core/board/edit.ts';
import { checkGroupFreeze, checkNoteFreeze, frozenBy, type Frozen } from '#core/board/freeze.ts';
import { readBoard, seeBoard, type Board, type SeenNote } from '#core/board/read.ts';
import { isColour } from '#core/board/schema.ts';
import { newId } from '#core/ids.ts';
import { mayLead, type Caller, type Language } from '#core/people/caller.ts';
import { ok, refuse, type Refusal, type RefusalCode, type Result } from '#core/result.ts';
import type * as Y from 'yjs';
import type { PendingNote } from '../store/notes.ts';
import type { Deps } from './deps.ts';
import { boardAccess, type BoardAccess } from './rights.ts';

export interface NewNote {
  readonly zone: string;
  readonly text: string;
  readonly colour?: string | undefined;
  readonly language?: Language | undefined;
  readonly clientKey?: string | undefined;
}

export interface NoteChange {
  readonly text?: string | undefined;
  readonly zone?: string | undefined;
  readonly x?: number | undefined;
  readonly y?: number | undefined;
  readonly colour?: string | undefined;
  /** null takes the note out of its group. */
  readonly groupId?: string | null | undefined;
}

const SERVER = 'server';

/** Takes back a change that turned out refused: what throws inside `live.edit` leaves no trace. */
class Undone extends Error {}

function brokenFreeze(frozen: Frozen, before: Board, after: Board): RefusalCode | null {
  const [was, is] = [before, after].map(({ notes, groups }) => ({
    notes: new Map(notes.map((note) => [note.id, note])),
    groups: new Map(groups.map((group) => [group.id, group])),
  }));
  for (const id of new Set([...(was?.notes.keys() ?? []), ...(is?.notes.keys() ?? [])])) {
    const refusal = checkNoteFreeze(frozen, was?.notes.get(id) ?? null, is?.notes.get(id) ?? null);
    if (refusal) return refusal;
  }
  for (const id of frozen.groups) {
    const refusal = checkGroupFreeze(frozen, was?.groups.get(id) ?? null, is?.groups.get(id) ?? null);
    if (refusal) return refusal;
  }
  return null;
}

export function boards({ store, live, now }: Deps) {
  async function access(caller: Caller, boardId: string): Promise<Result<BoardAccess>> {
    const found = await boardAccess(store, caller, boardId);
    return found ? ok(found) : refuse('not-found');
  }

  async function editable(caller: Caller, boardId: string): Promise<Result<BoardAccess>> {
    const found = await access(caller, boardId);
    if (!found.ok) return found;
    const refusal = found.value.rights.commandRefusal;
    return refusal ? refuse(refusal) : found;
  }

  /**
   * One change of the document by the server; the core's refusal comes back, and then nothing was written. What an open
   * round freezes is compared before and after, as it is for the sockets.
   */
  async function edit<T>(boardId: string, change: (doc: Y.Doc) => Result<T>): Promise<Result<T>> {
    const frozen = frozenBy(await store.rounds.openOn(boardId));
    let result: Result<T> = refuse('unexpected');
    try {
      await live.edit(`board/${boardId}`, (doc) => {
        const before = frozen.notes.size > 0 ? readBoard(doc) : null;
        result = change(doc);
        const broken = before && result.ok ? brokenFreeze(frozen, before, readBoard(doc)) : null;
        if (broken) result = refuse(broken);
        if (!result.ok) throw new Undone();
      });
    } catch (error) {
      if (!(error instanceof Undone)) throw error;
    }
    return result;
  }

  async function addPending({ board, person, workshop }: BoardAccess, id: string, input: NewNote): Promise<void> {
    const note: PendingNote = {
      id,
      boardId: board.id,
      personId: person.personId,
      organisationId: person.organisationId,
      zone: input.zone,
      text: input.text,
      colour: input.colour ?? 'yellow',
      language: input.language ?? null,
      anonymous: workshop.anonymous,
      createdAt: now(),
    };
    await store.notes.insertPending(note);
  }

  async function mine(caller: Caller, boardId: string, noteId: string): Promise<PendingNote | null> {
    const found = await boardAccess(store, caller, boardId);
    if (!found) return null;
    return (await store.notes.pending(boardId, found.person.personId)).find((note) => note.id === noteId) ?? null;
  }

  return {
    async view(caller: Caller, boardId: string) {
      const found = await access(caller, boardId);
      if (!found.ok) return found;
      const { board, workshop, person } = found.value;
      const content = await live.read(`board/${boardId}`, (doc) => readBoard(doc, board.zones.map((zone) => zone.id)));
      const authors = workshop.anonymous ? [] : await store.notes.authorsOf(boardId);
      const pending = await store.notes.pending(boardId, person.personId);
      const seen = seeBoard(content, {
        attributed: !workshop.anonymous,
        authors: new Map(authors.map((author) => [author.noteId, { authorId: author.personId, organisationId: author.organisationId }])),
        privateNotes: pending.map((note) => ({
          authorId: note.personId,
          note: { id: note.id, at: [note.zone, 0, 0], text: note.text, colour: isColour(note.colour) ? note.colour : 'yellow' },
        })),
        viewerId: person.personId,
      });
      const flat = ({ id, at, text, colour, lang, group, authorId, organisationId, private: hidden }: SeenNote) => ({
        id,
        zone: at[0],
        x: at[1],
        y: at[2],
        text,
        colour,
        groupId: group ?? null,
        ...(lang && { language: lang }),
        ...(authorId && { authorId }),
        ...(organisationId && { organisationId }),
        ...(hidden && { private: true }),
      });
      return ok({
        id: boardId,
        notes: seen.notes.map(flat),
        groups: seen.groups.map(({ id, at, title, noteIds }) => ({ id, zone: at[0], title, noteIds })),
      });
    },

    /** Writes a note; the same `clientKey` again is the same note (`created: false`). */
    async addNote(caller: Caller, boardId: string, input: NewNote): Promise<Result<{ id: string; created: boolean }>> {
      const found = await editable(caller, boardId);
      if (!found.ok) return found;
      const { board, workshop, person, rights } = found.value;
      if (!board.zones.some((zone) => zone.id === input.zone)) return refuse('zone-unknown');
      if (input.colour !== undefined && !isColour(input.colour)) return refuse('colour-unknown');
      if (input.text.trim() === '') return refuse('text-needed');
      const text = checkText(input.text);
      if (!text.ok) return text;
      const id = newId();
      if (input.clientKey !== undefined) {
        const first = await store.notes.rememberCommand(boardId, person.personId, input.clientKey, id);
        if (first !== id) return ok({ id: first, created: false });
      }
      const undo = async (refusal: Refusal): Promise<Result<never>> => {
        if (input.clientKey !== undefined) await store.notes.forgetCommand(boardId, person.personId, input.clientKey);
        return { ok: false, refusal };
      };
      // Anonymous notes wait like private ones: one alone, at the moment it was written, would point to its author.
      if (!rights.seeOthers || workshop.anonymous) {
        await addPending(found.value, id, { ...input, text: text.value });
        return ok({ id, created: true });
      }
      if (rights.recordAuthors)
        await store.notes.recordAuthors(boardId, [{ noteId: id, personId: person.personId, organisationId: person.organisationId }]);
      const made = await edit(boardId, (doc) =>
        createNote(doc, { id, zone: input.zone, text: text.value, ...(input.colour && { colour: input.colour }), lang: input.language ?? null }, SERVER),
      );
      return made.ok ? ok({ id, created: true }) : undo(made.refusal);
    },

    async changeNote(caller: Caller, boardId: string, noteId: string, change: NoteChange): Promise<Result<{ id: string }>> {
      const found = await editable(caller, boardId);
      if (!found.ok) return found;
      const zones = found.value.board.zones.map((zone) => zone.id);
      if (change.zone !== undefined && !zones.includes(change.zone)) return refuse('zone-unknown');
      if (change.colour !== undefined && !isColour(change.colour)) return refuse('colour-unknown');
      const text = change.text === undefined ? null : checkText(change.text);
      if (text && !text.ok) return text;
      const pending = await mine(caller, boardId, noteId);
      if (pending) {
        await store.notes.changePending(noteId, {
          ...(text?.ok && { text: text.value }),
          ...(change.zone !== undefined && { zone: change.zone }),
          ...(change.colour !== undefined && { colour: change.colour }),
        });
        return ok({ id: noteId });
      }
      return edit(boardId, (doc) => {
        const ytext = textOf(doc, noteId);
        if (!ytext) return refuse('not-found');
        if (text?.ok) doc.transact(() => replaceText(ytext, text.value), SERVER);
        if (change.colour !== undefined) setColour(doc, { ids: [noteId], colour: change.colour }, SERVER);
        if (change.zone !== undefined || change.x !== undefined) {
          const at = readBoard(doc).notes.find((note) => note.id === noteId)?.at;
          const place = change.x !== undefined && change.y !== undefined ? { x: change.x, y: change.y } : {};
          const moved = moveNote(doc, { id: noteId, zone: change.zone ?? at?.[0] ?? zones[0] ?? '', ...place }, SERVER);
          if (!moved.ok) return moved;
        }
        if (change.groupId === null) removeFromGroup(doc, { ids: [noteId] }, SERVER);
        else if (change.groupId !== undefined) {
          const joined = addToGroup(doc, { groupId: change.groupId, noteIds: [noteId] }, SERVER);
          if (!joined.ok) return joined;
        }
        return ok({ id: noteId });
      });
    },

    async removeNote(caller: Caller, boardId: string, noteId: string): Promise<Result<null>> {
      const found = await editable(caller, boardId);
      if (!found.ok) return found;
      if (await mine(caller, boardId, noteId)) {
        await store.notes.deletePending([noteId]);
        return ok(null);
      }
      return edit(boardId, (doc) => deleteNotes(doc, { ids: [noteId] }, SERVER));
    },

    async addGroup(caller: Caller, boardId: string, input: { noteIds: readonly string[]; title?: string | undefined }): Promise<Result<{ id: string }>> {
      const found = await editable(caller, boardId);
      if (!found.ok) return found;
      return edit(boardId, (doc) => {
        const group = groupNotes(doc, { noteIds: input.noteIds }, SERVER);
        if (group.ok && input.title) {
          const named = nameGroup(doc, { id: group.value.id, title: input.title }, SERVER);
          if (!named.ok) return named;
        }
        return group;
      });
    },

    async changeGroup(caller: Caller, boardId: string, groupId: string, change: { title?: string | undefined; noteIds?: readonly string[] | undefined }): Promise<Result<{ id: string }>> {
      const found = await editable(caller, boardId);
      if (!found.ok) return found;
      return edit(boardId, (doc) => {
        if (change.title !== undefined) {
          const named = nameGroup(doc, { id: groupId, title: change.title }, SERVER);
          if (!named.ok) return named;
        }
        if (change.noteIds !== undefined) {
          const joined = addToGroup(doc, { groupId, noteIds: change.noteIds }, SERVER);
          if (!joined.ok) return joined;
        }
        return ok({ id: groupId });
      });
    },

    /** Takes a group apart; its notes stay unless `withNotes`. */
    async removeGroup(caller: Caller, boardId: string, groupId: string, withNotes = false): Promise<Result<null>> {
      const found = await editable(caller, boardId);
      if (!found.ok) return found;
      return edit(boardId, (doc) => (withNotes ? deleteGroup(doc, { id: groupId }, SERVER) : ungroup(doc, { id: groupId }, SERVER)));
    },

    /** Shows what was written in private: all of it, one zone, or chosen notes; in a shuffled order. */
    async reveal(caller: Caller, workshopId: string, input: { boardId: string; zone?: string | undefined; noteIds?: readonly string[] | undefined }): Promise<Result<{ revealed: number }>> {
      if (!mayLead(caller)) return refuse(caller.account || caller.participants.length > 0 ? 'forbidden' : 'sign-in-needed');
      const found = await access(caller, input.boardId);
      if (!found.ok || found.value.workshop.id !== workshopId) return refuse('not-found');
      const pending = (await store.notes.pending(input.boardId)).filter(
        (note) => (input.zone === undefined || note.zone === input.zone) && (input.noteIds === undefined || input.noteIds.includes(note.id)),
      );
      const shuffled = pending.map((note) => ({ note, key: newId() })).sort((a, b) => (a.key < b.key ? -1 : 1));
      // Authors first: a note on the board without one would count as nobody's. Anonymous notes never get one.
      await store.notes.recordAuthors(
        input.boardId,
        pending.filter((note) => !note.anonymous).map(({ id, personId, organisationId }) => ({ noteId: id, personId, organisationId })),
      );
      const shown: string[] = [];
      await live.edit(`board/${input.boardId}`, (doc) => {
        for (const { note } of shuffled) {
          const made = createNote(doc, { id: note.id, zone: note.zone, text: note.text, colour: note.colour, lang: note.language }, SERVER);
          if (made.ok) shown.push(note.id);
        }
      });
      await store.notes.deletePending(shown);
      return ok({ revealed: shown.length });
    },
  };
}
