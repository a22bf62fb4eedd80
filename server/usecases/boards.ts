/**
 * Boards by command: what a caller may see of one, notes and groups written through the API (the only way while a stage is
 * private or anonymous), and the reveal. The server writes such notes under its own Yjs client id.
 */
import {
  addToGroup,
  checkText,
  createNote,
  deleteGroup,
  deleteNotes,
  groupNotes,
  moveNote,
  nameGroup,
  removeFromGroup,
  replaceText,
  setColour,
  textOf,
  ungroup,
} from '#core/board/edit.ts';
import { frozenBy } from '#core/board/freeze.ts';
import { readBoard, seeBoard, type SeenNote } from '#core/board/read.ts';
import type { GroupStep } from '#core/board/audit.ts';
import { mayEdit, NO_LOCKS } from '#core/board/change.ts';
import { isColour } from '#core/board/schema.ts';
import { newId } from '#core/ids.ts';
import type { Caller, Language } from '#core/people/caller.ts';
import { ok, refuse, type Refusal, type Result } from '#core/result.ts';
import type * as Y from 'yjs';
import type { PendingNote } from '../store/notes.ts';
import type { Deps } from './deps.ts';
import { objection, stepsBetween, type CommandWriter } from './board-changes.ts';
import { ownNotes, ownPending, writing, type Writing } from './own-notes.ts';
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

  /** What the caller is held to when changing a board by command. */
  async function writerOf(caller: Caller, access: BoardAccess): Promise<CommandWriter | null> {
    if (access.leads) return null;
    const isOwn = access.rights.may.editAny ? () => true : await ownNotes(store, caller, access);
    const { rights, board, person, workshop } = access;
    return {
      may: rights.may,
      locks: board.locks ?? NO_LOCKS,
      isOwn,
      personId: person.personId,
      anonymous: workshop.anonymous,
    };
  }

  /**
   * One change of the document by the server; the core's refusal comes back, and then nothing was written. What an open
   * round freezes and what the stage permits is compared before and after, as it is for the sockets.
   */
  async function edit<T>(
    boardId: string,
    writer: CommandWriter | null,
    change: (doc: Y.Doc) => Result<T>,
  ): Promise<Result<T>> {
    const frozen = frozenBy(await store.rounds.openOn(boardId));
    let result: Result<T> = refuse('unexpected');
    let steps: readonly GroupStep[] = [];
    try {
      await live.edit(`board/${boardId}`, (doc) => {
        const before = readBoard(doc);
        result = change(doc);
        const after = readBoard(doc);
        const refusal = result.ok ? objection(frozen, writer, before, after) : null;
        if (refusal) result = refuse(refusal);
        steps = stepsBetween(before, after);
        if (!result.ok) throw new Undone();
      });
    } catch (error) {
      if (!(error instanceof Undone)) throw error;
    }
    // In anonymous work only the role is on record.
    const by = writer?.anonymous ? null : (writer?.personId ?? null);
    if (result.ok) await store.notes.logGroups(boardId, steps, writer ? 'member' : 'lead', by);
    return result;
  }

  async function addPending(
    { board, person, workshop, moderated, rights }: BoardAccess,
    own: Writing,
    id: string,
    input: NewNote,
  ): Promise<void> {
    const note: PendingNote = {
      id,
      boardId: board.id,
      personId: own.personId,
      // Of a body with one member here it would name the writer.
      organisationId: workshop.anonymous ? null : person.organisationId,
      zone: input.zone,
      text: input.text,
      colour: input.colour ?? 'yellow',
      language: input.language ?? null,
      anonymous: workshop.anonymous,
      createdAt: workshop.anonymous ? 0 : now(),
      state: moderated && rights.seeOthers ? 'inbox' : 'waiting',
    };
    if (workshop.anonymous) await store.notes.recordMarks(board.id, [{ noteId: id, mark: own.mark(id) }]);
    await store.notes.insertPending(note);
  }

  async function mine(caller: Caller, access: BoardAccess, noteId: string): Promise<PendingNote | null> {
    return (await ownPending(store, caller, access)).find((note) => note.id === noteId) ?? null;
  }

  return {
    async view(caller: Caller, boardId: string) {
      const found = await access(caller, boardId);
      if (!found.ok) return found;
      const { board, person, rights } = found.value;
      const content = await live.read(`board/${boardId}`, (doc) =>
        readBoard(
          doc,
          board.zones.map((zone) => zone.id),
        ),
      );
      const authors = rights.seeAuthors ? await store.notes.authorsOf(boardId) : [];
      const pending = await ownPending(store, caller, found.value);
      const isMine = await ownNotes(store, caller, found.value);
      const aside = new Map(
        pending.filter(({ state }) => state === 'aside').map(({ id, reason }) => [id, reason ?? '']),
      );
      const seen = seeBoard(content, {
        attributed: rights.seeAuthors,
        authors: new Map(
          authors.map((author) => [
            author.noteId,
            { authorId: author.personId, organisationId: author.organisationId },
          ]),
        ),
        privateNotes: pending.map((note) => ({
          // `ownPending` has picked the caller's; the pseudonym of anonymous work goes no further.
          authorId: person.personId,
          note: {
            id: note.id,
            at: [note.zone, 0, 0],
            text: note.text,
            colour: isColour(note.colour) ? note.colour : 'yellow',
          },
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
        ...((hidden || isMine(id)) && { own: true }),
        ...(aside.has(id) && { setAside: aside.get(id) }),
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
      if (!rights.may.add) return refuse('stage-forbids');
      const writer = await writerOf(caller, found.value);
      if (writer?.locks.zones.includes(input.zone)) return refuse('zone-locked');
      const id = newId();
      const own = writing(caller, found.value);
      // In anonymous work not even two commands of one person may be tied together.
      const commander = workshop.anonymous ? own.mark(`command ${input.clientKey}`) : person.personId;
      if (input.clientKey !== undefined) {
        const first = await store.notes.rememberCommand(boardId, commander, input.clientKey, id);
        if (first !== id) return ok({ id: first, created: false });
      }
      const undo = async (refusal: Refusal): Promise<Result<never>> => {
        if (input.clientKey !== undefined) await store.notes.forgetCommand(boardId, commander, input.clientKey);
        return { ok: false, refusal };
      };
      // Anonymous notes wait like private ones: one alone, at the moment it was written, would point to its author.
      if (!rights.seeOthers || workshop.anonymous || found.value.moderated) {
        await addPending(found.value, own, id, { ...input, text: text.value });
        return ok({ id, created: true });
      }
      if (rights.recordAuthors)
        await store.notes.recordAuthors(boardId, [
          { noteId: id, personId: person.personId, organisationId: person.organisationId },
        ]);
      const made = await edit(boardId, writer, (doc) =>
        createNote(
          doc,
          {
            id,
            zone: input.zone,
            text: text.value,
            ...(input.colour && { colour: input.colour }),
            lang: input.language ?? null,
          },
          SERVER,
        ),
      );
      return made.ok ? ok({ id, created: true }) : undo(made.refusal);
    },

    async changeNote(
      caller: Caller,
      boardId: string,
      noteId: string,
      change: NoteChange,
    ): Promise<Result<{ id: string }>> {
      const found = await editable(caller, boardId);
      if (!found.ok) return found;
      const zones = found.value.board.zones.map((zone) => zone.id);
      if (change.zone !== undefined && !zones.includes(change.zone)) return refuse('zone-unknown');
      if (change.colour !== undefined && !isColour(change.colour)) return refuse('colour-unknown');
      const text = change.text === undefined ? null : checkText(change.text);
      if (text && !text.ok) return text;
      const pending = await mine(caller, found.value, noteId);
      if (pending) {
        if (!found.value.leads && mayEdit({ may: found.value.rights.may, isOwn: () => true }, noteId))
          return refuse('stage-forbids');
        await store.notes.changePending(noteId, {
          ...(text?.ok && { text: text.value }),
          ...(change.zone !== undefined && { zone: change.zone }),
          ...(change.colour !== undefined && { colour: change.colour }),
        });
        return ok({ id: noteId });
      }
      return edit(boardId, await writerOf(caller, found.value), (doc) => {
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
      if (await mine(caller, found.value, noteId)) {
        await store.notes.deletePending([noteId]);
        return ok(null);
      }
      return edit(boardId, await writerOf(caller, found.value), (doc) => deleteNotes(doc, { ids: [noteId] }, SERVER));
    },

    async addGroup(
      caller: Caller,
      boardId: string,
      input: { noteIds: readonly string[]; title?: string | undefined },
    ): Promise<Result<{ id: string }>> {
      const found = await editable(caller, boardId);
      if (!found.ok) return found;
      return edit(boardId, await writerOf(caller, found.value), (doc) => {
        const group = groupNotes(doc, { noteIds: input.noteIds }, SERVER);
        if (group.ok && input.title) {
          const named = nameGroup(doc, { id: group.value.id, title: input.title }, SERVER);
          if (!named.ok) return named;
        }
        return group;
      });
    },

    async changeGroup(
      caller: Caller,
      boardId: string,
      groupId: string,
      change: { title?: string | undefined; noteIds?: readonly string[] | undefined },
    ): Promise<Result<{ id: string }>> {
      const found = await editable(caller, boardId);
      if (!found.ok) return found;
      return edit(boardId, await writerOf(caller, found.value), (doc) => {
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
      return edit(boardId, await writerOf(caller, found.value), (doc) =>
        withNotes ? deleteGroup(doc, { id: groupId }, SERVER) : ungroup(doc, { id: groupId }, SERVER),
      );
    },
  };
}
