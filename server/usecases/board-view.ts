/** What a caller may see of a board: what stands there, their own notes that wait, and whose notes are whose where that is told. */
import { readBoard, seeBoard, type SeenNote } from '#core/board/read.ts';
import { isColour } from '#core/board/schema.ts';
import type { Caller } from '#core/people/caller.ts';
import { ok, refuse } from '#core/result.ts';
import type { Deps } from './deps.ts';
import { ownNotes, ownPending } from './own-notes.ts';
import { boardAccess } from './rights.ts';

export async function viewBoard({ store, live }: Pick<Deps, 'store' | 'live'>, caller: Caller, boardId: string) {
  const found = await boardAccess(store, caller, boardId);
  if (!found) return refuse('not-found');
  const { board, person, rights } = found;
  const content = await live.read(`board/${boardId}`, (doc) =>
    readBoard(
      doc,
      board.zones.map((zone) => zone.id),
    ),
  );
  const authors = rights.seeAuthors ? await store.notes.authorsOf(boardId) : [];
  const pending = await ownPending(store, caller, found);
  const isMine = await ownNotes(store, caller, found);
  const aside = new Map(pending.filter(({ state }) => state === 'aside').map(({ id, reason }) => [id, reason ?? '']));
  const seen = seeBoard(content, {
    attributed: rights.seeAuthors,
    authors: new Map(
      authors.map((author) => [author.noteId, { authorId: author.personId, organisationId: author.organisationId }]),
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
}
