/** The exam of `store.materials`: bytes come back as they went in, and of two who change a stage one is told. */
import { describe, expect, test } from 'vitest';
import type { Store } from '#server/store/port.ts';
import { insertWorkshop } from '../fixtures/workshop.ts';

export function registerMaterialsContract(open: () => Promise<Store>): void {
  describe('materials', () => {
    test('[S71] a file of every byte comes back whole, and goes with its workshop', async () => {
      const store = await open();
      const { workshopId } = await insertWorkshop(store);
      const body = Uint8Array.from({ length: 70_000 }, (_, n) => n % 256);
      await store.materials.insert({ id: 'f', workshopId, name: 'ң ө ү', type: 'image/png', body, uploadedAt: 3 });
      const seen = await store.materials.file('f');
      expect([seen?.name, seen?.type, seen?.workshopId, seen?.uploadedAt]).toEqual([
        'ң ө ү',
        'image/png',
        workshopId,
        3,
      ]);
      expect(Buffer.from(seen?.body ?? []).equals(body)).toBe(true);
      await store.materials.drop('another', 'f');
      expect(await store.materials.count(workshopId)).toBe(1);
      await store.materials.drop(workshopId, 'f');
      expect(await store.materials.file('f')).toBeNull();
    });

    test('[S71] [S73] what a stage brings is replaced where it is as it was seen; one slide a workshop', async () => {
      const store = await open();
      const { workshopId, boardId } = await insertWorkshop(store);
      const id = `${workshopId}-s`;
      await store.workshops.replaceStages(workshopId, [
        { id, kind: 'collect', title: { ru: 'x' }, boardId, minutes: 5 },
      ]);
      const [a, b] = [
        { title: 'a', url: 'https://a.kg' },
        { title: 'b', url: 'https://b.kg' },
      ];
      expect(await store.materials.setMaterials(id, null, [a])).toBe(true);
      expect(await store.materials.setMaterials(id, null, [b])).toBe(false);
      expect(await store.materials.setMaterials(id, [a], [a, b])).toBe(true);
      expect((await store.workshops.stages(workshopId))[0]?.materials).toEqual([a, b]);
      await store.materials.showSlide(workshopId, { stageId: id, position: 0 }, 1);
      await store.materials.showSlide(workshopId, { stageId: id, position: 1 }, 2);
      expect(await store.materials.slide(workshopId)).toEqual({ stageId: id, position: 1 });
      await store.materials.showSlide(workshopId, null, 3);
      expect(await store.materials.slide(workshopId)).toBeNull();
    });
  });
}
