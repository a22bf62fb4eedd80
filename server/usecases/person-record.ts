/** What is on record about one participant, as they are given it: their name and body, their notes, the rounds they could vote in. */
import { readBoard } from '#core/board/read.ts';
import type { Participant } from '../store/participants.ts';
import type { Workshop } from '../store/workshops.ts';
import type { Deps } from './deps.ts';

export async function personOnRecord(
  { store, live }: Pick<Deps, 'store' | 'live'>,
  workshop: Workshop,
  person: Participant,
): Promise<object> {
  const { notes, waiting, rounds, ballots } = await store.privacy.recordOf(person.id);
  const organisations = await store.workshops.organisations(workshop.id);
  const texts = new Map<string, string>();
  for (const boardId of new Set(notes.map((note) => note.boardId)))
    for (const note of await live.read(`board/${boardId}`, (doc) => readBoard(doc).notes))
      texts.set(`${boardId} ${note.id}`, note.text);
  return {
    workshop: { id: workshop.id, title: workshop.title },
    participant: {
      id: person.id,
      name: person.name,
      organisation: organisations.find(({ id }) => id === person.organisationId)?.name ?? null,
      language: person.language,
      joinedAt: new Date(person.joinedAt).toISOString(),
    },
    notes: notes.map(({ boardId, noteId }) => ({ boardId, noteId, text: texts.get(`${boardId} ${noteId}`) ?? null })),
    waiting,
    // A secret ballot is tied to nobody: only that they could vote is on record.
    rounds,
    ballots,
  };
}
