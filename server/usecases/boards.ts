/**
 * Boards by command: notes and groups written through the API, the only way while a stage is private or anonymous. The
 * server writes such notes under its own Yjs client id.
 */
import {
  addToGroup,
  checkText,
  createNote,
  deleteGroup,
  deleteNotes,
  groupNotes,
  moveGroup,
  moveNote,
  nameGroup,
  removeFromGroup,
  reorderNote,
  replaceText,
  setColour,
  textOf,
  ungroup,
} from '#core/board/edit.ts';
import { readBoard } from '#core/board/read.ts';
import { mayEdit } from '#core/board/change.ts';
import { isColour } from '#core/board/schema.ts';
import { newId } from '#core/ids.ts';
import type { Caller, Language } from '#core/people/caller.ts';
import { ok, refuse, type Refusal, type Result } from '#core/result.ts';
import type { PendingNote } from '../store/notes.ts';
import type { Deps } from './deps.ts';
import { boardEditing } from './board-editing.ts';
import { viewBoard } from './board-view.ts';
import { ownPending, writing, type Writing } from './own-notes.ts';
import type { BoardAccess } from './rights.ts';

export interface NewNote {
  readonly zone: string;
  readonly text: string;
  readonly colour?: string | undefined;
  readonly language?: Language | undefined;
  readonly clientKey?: string | undefined;
  /** Only while this is the stage at hand: what waited on a device shall not turn up in another stage by itself. */
  readonly stageId?: string | undefined;
}

export interface NoteChange {
  readonly text?: string | undefined;
  readonly zone?: string | undefined;
  readonly x?: number | undefined;
  readonly y?: number | undefined;
  readonly colour?: string | undefined;
  /** null takes the note out of its group. */
  readonly groupId?: string | null | undefined;
  /** The note or group that it shall stand right before, or after. */
  readonly before?: string | undefined;
  readonly after?: string | undefined;
}

export interface GroupChange {
  readonly title?: string | undefined;
  /** Notes that come to it. */
  readonly noteIds?: readonly string[] | undefined;
  readonly zone?: string | undefined;
  readonly x?: number | undefined;
  readonly y?: number | undefined;
}

const SERVER = 'server';

export function boards({ store, live, now }: Deps) {
  const { editable, writerOf, edit } = boardEditing({ store, live });

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
    view: (caller: Caller, boardId: string) => viewBoard({ store, live }, caller, boardId),

    /** Writes a note; the same `clientKey` again is the same note (`created: false`). */
    async addNote(caller: Caller, boardId: string, input: NewNote): Promise<Result<{ id: string; created: boolean }>> {
      const found = await editable(caller, boardId);
      if (!found.ok) return found;
      const { board, workshop, person, rights } = found.value;
      if (input.stageId !== undefined && input.stageId !== workshop.stageId) return refuse('stage-passed');
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
        const { before, after } = change;
        if (before !== undefined || after !== undefined) {
          const beside = before === undefined ? { after: after ?? '' } : { before };
          const placed = reorderNote(doc, { id: noteId, ...beside }, SERVER);
          if (!placed.ok) return placed;
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
      input: { noteIds: readonly string[]; title?: string | undefined; onto?: string | undefined },
    ): Promise<Result<{ id: string }>> {
      const found = await editable(caller, boardId);
      if (!found.ok) return found;
      return edit(boardId, await writerOf(caller, found.value), (doc) => {
        const group = groupNotes(
          doc,
          { noteIds: input.noteIds, ...(input.onto !== undefined && { onto: input.onto }) },
          SERVER,
        );
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
      change: GroupChange,
    ): Promise<Result<{ id: string }>> {
      const found = await editable(caller, boardId);
      if (!found.ok) return found;
      const zones = found.value.board.zones.map((zone) => zone.id);
      if (change.zone !== undefined && !zones.includes(change.zone)) return refuse('zone-unknown');
      return edit(boardId, await writerOf(caller, found.value), (doc) => {
        if (change.title !== undefined) {
          const named = nameGroup(doc, { id: groupId, title: change.title }, SERVER);
          if (!named.ok) return named;
        }
        if (change.noteIds !== undefined) {
          const joined = addToGroup(doc, { groupId, noteIds: change.noteIds }, SERVER);
          if (!joined.ok) return joined;
        }
        if (change.zone !== undefined) {
          const place = change.x !== undefined && change.y !== undefined ? { x: change.x, y: change.y } : {};
          const moved = moveGroup(doc, { id: groupId, zone: change.zone, ...place }, SERVER);
          if (!moved.ok) return moved;
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
