/** The exam of `store.papers`: particulars of minutes and the letterhead, one of each. */
import { describe, expect, test } from 'vitest';
import type { Store } from '#server/store/port.ts';
import { insertWorkshop } from '../fixtures/workshop.ts';

export function registerDocumentsContract(open: () => Promise<Store>): void {
  describe('documents', () => {
    test('[D25] the particulars of minutes belong to their workshop and are replaced whole', async () => {
      const store = await open();
      const { workshopId } = await insertWorkshop(store);
      expect(await store.papers.minutes(workshopId)).toBeNull();
      await store.papers.keepMinutes(workshopId, { number: '3', place: 'Ош', chair: 'Төрага', secretary: '' });
      const fields = { number: '4', place: 'Ош ш.', chair: '', secretary: 'Катчы' };
      await store.papers.keepMinutes(workshopId, fields);
      expect(await store.papers.minutes(workshopId)).toEqual(fields);
    });
  });
}
