/**
 * Random commands of random people in random order, on a real store: whatever happens, nobody sees what is hidden from them,
 * nothing anonymous gets an author, no promise is loosened, and what is locked stays. fast-check prints the seed.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readBoard } from '#core/board/read.ts';
import type { Caller } from '#core/people/caller.ts';
import { openSqlite } from '#server/store/db.ts';
import { storeOn } from '#server/store/open.ts';
import type { Store } from '#server/store/port.ts';
import { boards as boardsOn } from '#server/usecases/boards.ts';
import { leading as leadingOn } from '#server/usecases/leading.ts';
import { FEWEST_AUTHORS, revealing as revealingOn } from '#server/usecases/revealing.ts';
import { stages as stagesOn } from '#server/usecases/stages.ts';
import { accountCaller, depsOn, participantCaller } from '../fixtures/deps.ts';
import { insertWorkshop, SWOT_ZONES } from '../fixtures/workshop.ts';

const RUNS = process.env['ASHAR_FULL'] === '1' ? 3000 : 150;
const PEOPLE = 5;
let store: Store;
beforeAll(async () => {
  store = storeOn(await openSqlite(':memory:'));
});
afterAll(() => store.close());

const who = fc.nat(PEOPLE);
const pick = fc.nat(50);
const zone = fc.constantFrom(...SWOT_ZONES);
const flag = fc.boolean();
const command = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('add' as const), who, zone }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('change' as const), who, pick, zone: fc.option(zone, { nil: undefined }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), who, pick }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('group' as const), who, pick, other: pick }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('stage' as const),
      at: fc.nat(3),
      locked: flag,
      private: fc.option(flag, { nil: undefined }),
      anonymous: fc.option(flag, { nil: undefined }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('permit' as const),
      add: flag,
      editAny: flag,
      move: flag,
      group: flag,
      moderated: flag,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('lock' as const), zone, pick, on: flag }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('reveal' as const), zone: fc.option(zone, { nil: undefined }) }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'batch' as const }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('approve' as const), pick }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('aside' as const), pick }) },
);

test(
  '[S48] whatever is commanded, in whatever order, no state arises that a rule forbids',
  { timeout: 120_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 5, maxLength: 40 }), async (commands) => {
        const deps = depsOn(store);
        const [boards, leading, revealing, stages] = [
          boardsOn(deps),
          leadingOn(deps),
          revealingOn(deps),
          stagesOn(deps),
        ];
        const it = await insertWorkshop(
          store,
          [{ name: 'Бир' }, { name: 'Эки' }],
          Array.from({ length: PEOPLE }, (_, n) => n % 2),
        );
        const kinds = ['collect', 'group', 'discuss', 'vote'] as const;
        const stageIds = kinds.map((kind) => `${it.workshopId}-${kind}`);
        await store.workshops.replaceStages(
          it.workshopId,
          kinds.map((kind, n) => ({
            id: stageIds[n] ?? '',
            kind,
            title: { ru: kind },
            boardId: it.boardId,
            minutes: 5,
          })),
        );
        const lead = accountCaller('facilitator');
        const callers: Caller[] = [
          lead,
          ...it.participantIds.map((id) => {
            const plain = participantCaller(it.workshopId, id);
            return { ...plain, participants: plain.participants.map((one) => ({ ...one, noteKey: `key ${id}` })) };
          }),
        ];
        const authorOf = new Map<string, number>();
        const anonymousIds = new Set<string>();
        const promise = { private: false, anonymous: false };
        let turn = 0;
        const board = () => readBoard(deps.live.document(`board/${it.boardId}`));
        const someNote = (n: number): string => [...authorOf.keys()][n % Math.max(1, authorOf.size)] ?? 'none';

        for (const one of commands) {
          turn += 1;
          const workshop = await store.workshops.byId(it.workshopId);
          const before = board();
          const locks = (await store.workshops.board(it.boardId))?.locks;
          const caller = 'who' in one ? (callers[one.who] ?? lead) : lead;
          const waiting = await store.notes.pending(it.boardId);
          if (one.do === 'add') {
            const made = await boards.addNote(caller, it.boardId, { zone: one.zone, text: `слово ${turn}` });
            if (made.ok) {
              authorOf.set(made.value.id, one.who);
              if (workshop?.anonymous) anonymousIds.add(made.value.id);
            }
          } else if (one.do === 'change')
            await boards.changeNote(caller, it.boardId, someNote(one.pick), {
              text: `слово ${turn} иначе`,
              zone: one.zone,
            });
          else if (one.do === 'remove') await boards.removeNote(caller, it.boardId, someNote(one.pick));
          else if (one.do === 'group')
            await boards.addGroup(caller, it.boardId, { noteIds: [someNote(one.pick), someNote(one.other)] });
          else if (one.do === 'stage')
            await stages.set(lead, it.workshopId, {
              stageId: stageIds[one.at] ?? '',
              locked: one.locked,
              private: one.private,
              anonymous: one.anonymous,
            });
          else if (one.do === 'permit') {
            const { do: _do, moderated, ...permissions } = one;
            await leading.setAgenda(lead, it.workshopId, {
              stages: stageIds.map((id, n) => ({ id, ...(n === 0 && { permissions, moderated }) })),
            });
          } else if (one.do === 'lock')
            await leading.lock(
              lead,
              it.boardId,
              one.on ? { zones: [one.zone], notes: [someNote(one.pick)] } : { zones: [], notes: [] },
            );
          else if (one.do === 'reveal')
            await revealing.reveal(lead, it.workshopId, { boardId: it.boardId, zone: one.zone });
          else if (one.do === 'batch') {
            const authors = new Set(
              waiting
                .filter(({ anonymous, state }) => anonymous && state === 'waiting')
                .map(({ personId }) => personId),
            );
            await revealing.releaseBatches();
            if (authors.size < FEWEST_AUTHORS) expect(board()).toEqual(before);
          } else if (one.do === 'approve') await revealing.approve(lead, it.boardId, [someNote(one.pick)]);
          else await revealing.setAside(lead, it.boardId, someNote(one.pick), 'не сейчас');

          const after = board();
          // What a participant did left everything locked as it was.
          if ('who' in one && one.who > 0 && locks)
            for (const note of before.notes)
              if (locks.notes.includes(note.id) || locks.zones.includes(note.at[0]))
                expect(after.notes.find(({ id }) => id === note.id)).toEqual(note);
          if ('who' in one && one.who > 0 && workshop?.locked) expect(after).toEqual(before);
          // A promise that was made to somebody who wrote is kept.
          const now = await store.workshops.byId(it.workshopId);
          const wrote = before.notes.length + waiting.length > 0;
          if (wrote && promise.anonymous) expect(now?.anonymous).toBe(true);
          if (wrote && promise.private && now?.stageId === workshop?.stageId) expect(now?.private).toBe(true);
          Object.assign(promise, { private: now?.private ?? false, anonymous: now?.anonymous ?? false });
          expect(now?.revision).toBeGreaterThanOrEqual(workshop?.revision ?? 0);
          expect(
            (await store.workshops.stages(it.workshopId)).some(
              ({ id }) => now?.stageId === null || id === now?.stageId,
            ),
          ).toBe(true);
          // Anonymous notes have no author anywhere.
          for (const { noteId } of await store.notes.authorsOf(it.boardId))
            expect(anonymousIds.has(noteId)).toBe(false);
          for (const { anonymous, personId, organisationId } of await store.notes.pending(it.boardId))
            if (anonymous) expect([it.participantIds.includes(personId), organisationId]).toEqual([false, null]);
          // Everybody sees the board and their own, nothing else.
          const shown = new Set(after.notes.map(({ id }) => id));
          for (const [n, viewer] of callers.entries()) {
            const view = await boards.view(viewer, it.boardId);
            if (!view.ok) throw new Error(view.refusal.code);
            for (const note of view.value.notes) {
              if (!shown.has(note.id)) expect(authorOf.get(note.id)).toBe(n);
              if (note.own) expect(authorOf.get(note.id)).toBe(n);
              if (now?.anonymous) expect([note.authorId, note.organisationId]).toEqual([undefined, undefined]);
            }
          }
        }
        // The next run's batches have nothing to do with this one's.
        await store.workshops.remove(it.workshopId, 1);
      }),
      { numRuns: RUNS },
    );
  },
);
