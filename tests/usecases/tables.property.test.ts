/**
 * Random commands in random order while the room goes to tables and back, stages change and rounds open and close: no note
 * is lost, no table sees another, nothing voted on changes, and no total is told before the close. fast-check prints the seed.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readBoard } from '#core/board/read.ts';
import type { Caller } from '#core/people/caller.ts';
import { openSqlite } from '#server/store/db.ts';
import { storeOn } from '#server/store/open.ts';
import type { Store } from '#server/store/port.ts';
import { boards as boardsOn } from '#server/usecases/boards.ts';
import { gather } from '#server/usecases/gather.ts';
import { joining as joiningOn } from '#server/usecases/joining.ts';
import { codeFailures } from '#server/usecases/limits.ts';
import { revealing as revealingOn } from '#server/usecases/revealing.ts';
import { documentRights } from '#server/usecases/rights.ts';
import { rounds as roundsOn } from '#server/usecases/rounds.ts';
import { stages as stagesOn } from '#server/usecases/stages.ts';
import { tables as tablesOn } from '#server/usecases/tables.ts';
import { accountCaller, depsOn, participantCaller, screenCaller } from '../fixtures/deps.ts';
import { insertWorkshop, SWOT_ZONES } from '../fixtures/workshop.ts';

const RUNS = process.env['ASHAR_FULL'] === '1' ? 2000 : 25;
const PEOPLE = 6;
let store: Store;
beforeAll(async () => {
  store = storeOn(await openSqlite(':memory:'));
});
afterAll(() => store.close());

const pick = fc.nat(20);
const flag = fc.boolean();
const zone = fc.constantFrom(...SWOT_ZONES);
const command = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('add' as const), who: pick, at: pick, zone }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('change' as const), who: pick, note: pick }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('group' as const), who: pick, note: pick, other: pick }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('split' as const),
      zones: flag,
      withNotes: flag,
      seating: fc.constantFrom('mixed' as const, 'random' as const),
      count: fc.integer({ min: 2, max: 4 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('move' as const), who: pick, at: pick }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('back' as const), at: pick }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('end' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('late' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('leave' as const), who: pick }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('stage' as const),
      vote: flag,
      locked: flag,
      private: flag,
      anonymous: flag,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reveal' as const), at: pick }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('batch' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('open' as const), secret: flag }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('ballot' as const), who: pick, option: pick }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('close' as const) }) },
);

test(
  '[S70] whatever happens at the tables, in whatever order, no note is lost and no table sees another',
  { timeout: 240_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 8, maxLength: 40 }), async (commands) => {
        const deps = depsOn(store);
        const [boards, joining, revealing] = [boardsOn(deps), joiningOn(deps, codeFailures()), revealingOn(deps)];
        const [rounds, stages, tables] = [roundsOn(deps), stagesOn(deps), tablesOn(deps)];
        const it = await insertWorkshop(
          store,
          [{ name: 'Бир' }, { name: 'Эки' }],
          Array.from({ length: PEOPLE }, (_, n) => n % 2),
        );
        const [collect, vote] = [`${it.workshopId}-c`, `${it.workshopId}-v`];
        await store.workshops.replaceStages(it.workshopId, [
          { id: collect, kind: 'collect', title: { ru: 'c' }, boardId: it.boardId, minutes: 5 },
          { id: vote, kind: 'vote', title: { ru: 'v' }, boardId: it.boardId, minutes: 5 },
        ]);
        const lead = accountCaller('facilitator');
        const someone = (id: string): Caller => {
          const plain = participantCaller(it.workshopId, id);
          return { ...plain, participants: plain.participants.map((one) => ({ ...one, noteKey: `key ${id}` })) };
        };
        const people = it.participantIds.map((id) => ({ id, caller: someone(id) }));
        const gone = new Set<string>();
        /** What was accepted, and who wrote it. */
        const written = new Map<string, { readonly by: string; readonly text: string }>();
        let round: string | null = null;
        let frozen = '';
        const nth = <T>(list: readonly T[], n: number): T | undefined => list[n % Math.max(1, list.length)];
        const on = (id: string) => readBoard(deps.live.document(`board/${id}`));
        const allBoards = () => store.workshops.boardsAndTables(it.workshopId);
        const options = () => JSON.stringify(on(it.boardId).notes.filter(({ id }) => frozen.includes(id)));
        let kept = options();

        for (const [turn, one] of commands.entries()) {
          const split = await store.splits.open(it.workshopId);
          const all = split ? await store.splits.tables(split.id) : [];
          const who = 'who' in one ? nth(people, one.who) : undefined;
          const caller = who && !gone.has(who.id) ? who.caller : null;
          const noteId = 'note' in one ? (nth([...written.keys()], one.note) ?? 'none') : 'none';
          if (one.do === 'add' && caller && who) {
            const places = [it.boardId, ...all.map(({ boardId }) => boardId)];
            const at = nth(places, one.at) ?? it.boardId;
            const text = `слово ${turn}`;
            const made = await boards.addNote(caller, at, { zone: one.zone, text });
            if (made.ok) written.set(made.value.id, { by: who.id, text });
          } else if (one.do === 'change' && caller) {
            for (const board of await allBoards()) {
              const changed = await boards.changeNote(caller, board.id, noteId, { text: `${noteId} иначе` });
              const before = written.get(noteId);
              if (changed.ok && before) written.set(noteId, { ...before, text: `${noteId} иначе` });
            }
          } else if (one.do === 'group' && caller) {
            for (const board of await allBoards())
              await boards.addGroup(caller, board.id, {
                noteIds: [noteId, nth([...written.keys()], one.other) ?? 'none'],
              });
          } else if (one.do === 'split') {
            const zones = (n: number) => SWOT_ZONES.filter((_, at) => at % one.count === n % SWOT_ZONES.length);
            await tables.split(lead, it.workshopId, {
              ...{ boardId: it.boardId, seating: one.seating, seed: String(turn), withNotes: one.withNotes },
              mode: one.zones ? 'zone' : 'board',
              tables: Array.from({ length: one.count }, (_, n) => (one.zones ? { zones: zones(n) } : {})),
            });
          } else if (one.do === 'move' && who)
            await tables.move(lead, it.workshopId, who.id, nth(all, one.at)?.id ?? 'none');
          else if (one.do === 'back') await tables.back(lead, it.workshopId, nth(all, one.at)?.id ?? 'none');
          else if (one.do === 'end') await tables.end(lead, it.workshopId);
          else if (one.do === 'late' && people.length < 10) {
            const workshop = await store.workshops.byId(it.workshopId);
            const joined = await joining.join({ code: workshop?.joinCode ?? '' }, 'here');
            if (joined.ok) people.push({ id: joined.value.participantId, caller: someone(joined.value.participantId) });
          } else if (one.do === 'leave' && who && gone.size < 2) {
            gone.add(who.id);
            await joining.remove(lead, it.workshopId, who.id);
          } else if (one.do === 'stage')
            await stages.set(lead, it.workshopId, {
              ...{
                stageId: one.vote ? vote : collect,
                locked: one.locked,
                private: one.private,
                anonymous: one.anonymous,
              },
            });
          else if (one.do === 'reveal')
            await revealing.reveal(lead, it.workshopId, { boardId: nth(await allBoards(), one.at)?.id ?? '' });
          else if (one.do === 'batch') await revealing.releaseBatches();
          else if (one.do === 'open' && round === null) {
            const method = { kind: 'dots' as const, budget: 3, perOption: 2 };
            const made = await rounds.create(lead, it.workshopId, {
              boardId: it.boardId,
              title: 'x',
              of: 'notes',
              method,
              secret: one.secret,
            });
            const opened = made.ok ? await rounds.open(lead, made.value.id) : null;
            if (made.ok && opened?.ok) {
              round = made.value.id;
              frozen = JSON.stringify(made.value.options);
              kept = options();
            }
          } else if (one.do === 'ballot' && round !== null && caller) {
            const ids = on(it.boardId).notes.map(({ id }) => id);
            await rounds.cast(caller, round, { body: { dots: { [nth(ids, one.option) ?? 'none']: 1 } } });
          } else if (one.do === 'close' && round !== null) {
            await rounds.close(lead, round);
            round = null;
            frozen = '';
            kept = options();
          }

          // What is voted on stays, and nobody is told a total.
          if (round !== null) {
            expect(options()).toBe(kept);
            for (const viewer of [lead, people[0]?.caller ?? lead]) {
              const seen = await rounds.view(viewer, round);
              if (seen.ok) expect(seen.value.result).toBeNull();
            }
          }
          // Every note that was accepted stands on a board of the room or of a table that works, or waits, in its words.
          const now = await store.splits.open(it.workshopId);
          const working = now ? (await store.splits.tables(now.id)).filter(({ state }) => state === 'open') : [];
          const places = [it.boardId, ...working.map(({ boardId }) => boardId)];
          const texts = new Set<string>();
          for (const id of places) {
            for (const { text } of on(id).notes) texts.add(text);
            for (const { text } of await store.notes.pending(id)) texts.add(text);
          }
          for (const { text } of written.values()) expect(texts).toContain(text);
          // A table's board is its own people's and the crew's; nobody's private note is anybody else's.
          const seats = now ? await store.splits.seats(now.id) : new Map<string, string>();
          const promise = await store.workshops.byId(it.workshopId);
          for (const board of await allBoards()) {
            if (!board.tableOf) continue;
            const table = await store.splits.tableOfBoard(board.id);
            expect(await documentRights(store, screenCaller(it.workshopId), `board/${board.id}`)).toBeNull();
            for (const { id, caller: viewer } of people) {
              const rights = gone.has(id) ? null : await documentRights(store, viewer, `board/${board.id}`);
              const seat =
                now?.id === table?.splitId ? seats.get(id) : await store.splits.seatOf(table?.splitId ?? '', id);
              if (seat !== table?.id) expect(rights).toBeNull();
              if (table?.state !== 'open') expect(rights?.write ?? false).toBe(false);
              const seen = gone.has(id) ? null : await boards.view(viewer, board.id);
              if (seen?.ok)
                for (const note of seen.value.notes) if (note.private) expect(written.get(note.id)?.by).toBe(id);
            }
            if (promise?.anonymous)
              for (const { anonymous, personId } of await store.notes.pending(board.id))
                if (anonymous) expect(it.participantIds).not.toContain(personId);
          }
          // Whoever sits at a table that works does not write on the shared board.
          for (const { id, caller: viewer } of people) {
            if (gone.has(id) || !working.some((table) => table.id === seats.get(id))) continue;
            expect((await documentRights(store, viewer, `board/${it.boardId}`))?.write).toBe(false);
          }
          // What goes out holds the room's boards and no table's.
          if (promise)
            expect(
              (await gather(deps, promise, { id: 's', title: 's', takenAt: 0 })).boards.map(({ id }) => id),
            ).toEqual([it.boardId]);
        }
        await store.workshops.remove(it.workshopId, 1);
      }),
      { numRuns: RUNS },
    );
  },
);
