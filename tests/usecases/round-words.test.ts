/** Rounds and options in the reader's language, from the translations table to the page; ids and figures never change. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createNote } from '#core/board/edit.ts';
import { roundIn, roundTitle } from '#core/voting/words.ts';
import { openSqlite } from '#server/store/db.ts';
import { storeOn } from '#server/store/open.ts';
import type { Store } from '#server/store/port.ts';
import { rounds as roundsOn } from '#server/usecases/rounds.ts';
import { accountCaller, depsOn, participantCaller } from '../fixtures/deps.ts';
import { insertWorkshop } from '../fixtures/workshop.ts';

let store: Store;
beforeAll(async () => {
  store = storeOn(await openSqlite(':memory:'));
});
afterAll(() => store.close());

test('[S103] a round is told with its translations; each reads theirs or the original, and votes on the same option', async () => {
  const deps = depsOn(store);
  const rounds = roundsOn(deps);
  const it = await insertWorkshop(store, [], [null, null, null]);
  const lead = accountCaller('facilitator');
  await deps.live.edit(`board/${it.boardId}`, (doc) => {
    for (const [id, text] of [
      ['a', 'Учебный центр'],
      ['b', 'Журнал'],
    ] as const)
      createNote(doc, { id, zone: 'strengths', text }, 't');
  });
  const made = await rounds.create(lead, it.workshopId, {
    ...{ boardId: it.boardId, title: 'Приоритеты', of: 'notes', secret: true },
    method: { kind: 'dots', budget: 2, perOption: 2 },
  });
  if (!made.ok) throw new Error(made.refusal.code);
  const { id } = made.value;
  await store.translations.put('round', [{ id, texts: { ky: 'Артыкчылыктар' } }]);
  await store.translations.put('note', [{ id: 'a', texts: { ky: 'Окуу борбору', en: 'A training centre' } }]);
  await rounds.open(lead, id);
  const person = (n: number) => participantCaller(it.workshopId, it.participantIds[n] ?? '');
  const seen = await rounds.view(person(0), id);
  if (!seen.ok) throw new Error(seen.refusal.code);
  expect(seen.value.title).toBe('Приоритеты');
  const texts = (language: 'ky' | 'ru' | 'en') =>
    Object.fromEntries(roundIn(seen.value, language).options.map((option) => [option.id, option.text]));
  expect(texts('ky')).toEqual({ a: 'Окуу борбору', b: 'Журнал' });
  expect(texts('en')).toEqual({ a: 'A training centre', b: 'Журнал' });
  expect(texts('ru')).toEqual({ a: 'Учебный центр', b: 'Журнал' });
  expect(roundTitle(seen.value, 'ky')).toBe('Артыкчылыктар');
  expect(roundIn(seen.value, 'ky').options.map((option) => option.id)).toEqual(
    seen.value.options.map(({ id: o }) => o),
  );
  for (const n of [0, 1, 2]) await rounds.cast(person(n), id, { body: { dots: { a: 2 } } });
  await rounds.close(lead, id);
  const closed = await rounds.view(person(1), id);
  if (!closed.ok) throw new Error(closed.refusal.code);
  const read = roundIn(closed.value, 'ky').result;
  expect(read?.options[0]).toEqual({ ...closed.value.result?.options[0], text: 'Окуу борбору' });
});

test('[S103] without translations a round is itself', () => {
  const round = { title: 'x', result: null };
  expect(roundIn(round, 'ky')).toBe(round);
});
