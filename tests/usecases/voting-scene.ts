/** A workshop with notes, voters in three organisations and rounds on them: on SQLite, with a clock that the test moves. */
import { createEach } from '#core/board/edit.ts';
import type { Caller } from '#core/people/caller.ts';
import type { Refusal, Result } from '#core/result.ts';
import { openSqlite } from '#server/store/db.ts';
import { storeOn } from '#server/store/open.ts';
import type { Store } from '#server/store/port.ts';
import { rounds as roundsOn } from '#server/usecases/rounds.ts';
import { accountCaller, depsOn, participantCaller, type TestDeps } from '../fixtures/deps.ts';
import { insertWorkshop, type WorkshopFixture } from '../fixtures/workshop.ts';

export function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${result.refusal.code}`);
  return result.value;
}
export const code = (result: Result<unknown>): Refusal['code'] | 'ok' => (result.ok ? 'ok' : result.refusal.code);

export const lead = accountCaller('facilitator');

export interface Scene extends WorkshopFixture {
  readonly voters: readonly Caller[];
  readonly roundId: string;
}

export interface Stage {
  readonly store: Store;
  readonly deps: TestDeps;
  readonly rounds: ReturnType<typeof roundsOn>;
  /** A draft on five notes, n0 to n4. */
  prepare(people?: number, settings?: Record<string, unknown>): Promise<Scene>;
  openScene(people?: number, settings?: Record<string, unknown>, seconds?: number | null): Promise<Scene>;
  /** Dots of one voter: n0, n1, … */
  vote(scene: Pick<Scene, 'voters'>, roundId: string, voter: number, ...dots: number[]): Promise<string>;
}

const BODIES = [{ name: 'Дирекция' }, { name: 'ГАМСУМО' }, { name: 'Институт политики развития' }];
export const NOTES = ['Доверие муниципалитетов', 'Опыт защиты интересов', 'Мало средств', 'Отток кадров', 'Нет данных'];

export async function votingStage(): Promise<Stage> {
  const store = storeOn(await openSqlite(':memory:'));
  const deps = depsOn(store);
  const rounds = roundsOn(deps);
  const stage: Stage = {
    ...{ store, deps, rounds },
    async prepare(people = 9, settings = {}) {
      const fixture = await insertWorkshop(
        store,
        BODIES,
        Array.from({ length: people }, (_, n) => n % 3),
      );
      const notes = NOTES.map((text, n) => ({ id: `n${n}`, zone: 'strengths', text }));
      createEach(deps.live.document(`board/${fixture.boardId}`), notes, 'test');
      const method = { kind: 'dots', budget: 5, perOption: 3 };
      const draft = { boardId: fixture.boardId, title: 'Приоритеты', of: 'notes', method, secret: true, ...settings };
      const round = value(await rounds.create(lead, fixture.workshopId, draft));
      return {
        ...fixture,
        voters: fixture.participantIds.map((id) => participantCaller(fixture.workshopId, id)),
        roundId: round.id,
      };
    },
    async openScene(people, settings, seconds = null) {
      const scene = await stage.prepare(people, settings);
      value(await rounds.open(lead, scene.roundId, seconds));
      return scene;
    },
    async vote(scene, roundId, voter, ...dots) {
      const given = Object.fromEntries(dots.flatMap((count, n) => (count > 0 ? [[`n${n}`, count]] : [])));
      return code(await rounds.cast(scene.voters[voter] as Caller, roundId, { body: { dots: given } }));
    },
  };
  return stage;
}
