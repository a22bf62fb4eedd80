/** Texts in further languages. A vote, a link and a trace belong to the thing, never to one language's version of it. */
import type { Queries } from './db.ts';
import type { Titles } from './workshops.ts';

export type Subject = 'note' | 'group' | 'round' | 'strategy';

export function translationStore(db: Queries) {
  return {
    async put(subject: Subject, entries: readonly { readonly id: string; readonly texts: Titles }[]): Promise<void> {
      for (const { id, texts } of entries) {
        const body = JSON.stringify(texts);
        await db
          .insertInto('translations')
          .values({ subject, id, texts: body })
          .onConflict((conflict) => conflict.columns(['subject', 'id']).doUpdateSet({ texts: body }))
          .execute();
      }
    },
    /** By id; what has none is not in the answer. */
    async of(subject: Subject, ids: readonly string[]): Promise<ReadonlyMap<string, Titles>> {
      const found = new Map<string, Titles>();
      for (let at = 0; at < ids.length; at += 500) {
        const rows = await db
          .selectFrom('translations')
          .select(['id', 'texts'])
          .where('subject', '=', subject)
          .where('id', 'in', ids.slice(at, at + 500))
          .execute();
        for (const row of rows) found.set(row.id, JSON.parse(row.texts) as Titles);
      }
      return found;
    },
  };
}
