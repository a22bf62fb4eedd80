/** What people say without words: a raised hand, "I'm ready". Ready holds for the stage in which it was said. */
import type { RoomSignals } from '#core/room/room.ts';
import type { Queries } from './db.ts';

export type SignalKind = 'ready' | 'hand';

export interface Signal {
  readonly personId: string;
  readonly kind: SignalKind;
  readonly givenAt: number;
}

export function signalStore(db: Queries) {
  const given = async (workshopId: string, stageId: string): Promise<Signal[]> => {
    const rows = await db
      .selectFrom('signals')
      .selectAll()
      .where('workshop_id', '=', workshopId)
      .orderBy('given_at')
      .execute();
    return rows
      .filter((row) => row.kind === 'hand' || row.stage_id === stageId)
      .map((row) => ({
        personId: row.person_id,
        kind: row.kind === 'hand' ? 'hand' : 'ready',
        givenAt: Number(row.given_at),
      }));
  };
  return {
    /** Oldest first. */
    given,
    async counts(workshopId: string, stageId: string): Promise<RoomSignals> {
      const all = await given(workshopId, stageId);
      const hands = all.filter(({ kind }) => kind === 'hand').length;
      return { ready: all.length - hands, hands };
    },
    /** The last word counts; a hand that is up keeps its place in the queue. */
    async give(workshopId: string, personId: string, kind: SignalKind, stageId: string, at: number): Promise<void> {
      await db
        .insertInto('signals')
        .values({ workshop_id: workshopId, person_id: personId, kind, stage_id: stageId, given_at: at })
        .onConflict((c) => c.columns(['workshop_id', 'person_id', 'kind']).doUpdateSet({ stage_id: stageId }))
        .execute();
    },
    /** @param personId null: of everybody. */
    async take(workshopId: string, kind: SignalKind, personId: string | null): Promise<void> {
      let gone = db.deleteFrom('signals').where('workshop_id', '=', workshopId).where('kind', '=', kind);
      if (personId !== null) gone = gone.where('person_id', '=', personId);
      await gone.execute();
    },
  };
}
