/** Files that were uploaded for stages, in the store itself so that a backup takes them along, and which slide is shown. */
import type { FileType } from '#core/stage/files.ts';
import type { Material } from '#core/room/room.ts';
import type { Queries } from './db.ts';

export interface StoredFile {
  readonly id: string;
  readonly workshopId: string;
  readonly name: string;
  readonly type: FileType;
  readonly body: Uint8Array;
  readonly uploadedAt: number;
}

export interface Slide {
  readonly stageId: string;
  /** Place among the stage's materials. */
  readonly position: number;
}

export function materialStore(db: Queries) {
  return {
    async insert({ id, workshopId, name, type, body, uploadedAt }: StoredFile): Promise<void> {
      await db
        .insertInto('material_files')
        .values({ id, workshop_id: workshopId, name, type, size: body.length, body, uploaded_at: uploadedAt })
        .execute();
    },
    async file(id: string): Promise<StoredFile | null> {
      const row = await db.selectFrom('material_files').selectAll().where('id', '=', id).executeTakeFirst();
      if (!row) return null;
      const { workshop_id, name, type, body, uploaded_at } = row;
      return { id, workshopId: workshop_id, name, type: type as FileType, body, uploadedAt: Number(uploaded_at) };
    },
    async count(workshopId: string): Promise<number> {
      const row = await db
        .selectFrom('material_files')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('workshop_id', '=', workshopId)
        .executeTakeFirstOrThrow();
      return Number(row.count);
    },
    async drop(workshopId: string, id: string): Promise<void> {
      await db.deleteFrom('material_files').where('workshop_id', '=', workshopId).where('id', '=', id).execute();
    },
    /** Replaces what a stage brings along; false where somebody else did meanwhile. */
    async setMaterials(
      stageId: string,
      before: readonly Material[] | null | undefined,
      after: readonly Material[],
    ): Promise<boolean> {
      let query = db
        .updateTable('stages')
        .set({ materials: JSON.stringify(after) })
        .where('id', '=', stageId);
      query =
        before == null ? query.where('materials', 'is', null) : query.where('materials', '=', JSON.stringify(before));
      return (await query.executeTakeFirst()).numUpdatedRows === 1n;
    },
    async slide(workshopId: string): Promise<Slide | null> {
      const row = await db.selectFrom('slides').selectAll().where('workshop_id', '=', workshopId).executeTakeFirst();
      return row ? { stageId: row.stage_id, position: row.position } : null;
    },
    async showSlide(workshopId: string, slide: Slide | null, at: number): Promise<void> {
      if (slide === null) {
        await db.deleteFrom('slides').where('workshop_id', '=', workshopId).execute();
        return;
      }
      const values = { stage_id: slide.stageId, position: slide.position, changed_at: at };
      await db
        .insertInto('slides')
        .values({ workshop_id: workshopId, ...values })
        .onConflict((conflict) => conflict.column('workshop_id').doUpdateSet(values))
        .execute();
    },
  };
}
