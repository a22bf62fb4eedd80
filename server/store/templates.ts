/** Templates that facilitators saved from a workshop: boards and agenda as JSON. */
import type { Queries } from './db.ts';

export interface OwnTemplate {
  readonly id: string;
  readonly name: string;
  readonly body: unknown;
  readonly createdBy: string;
  readonly createdAt: number;
}

export function templateStore(db: Queries) {
  const rows = () => db.selectFrom('own_templates').selectAll();
  const read = (row: Awaited<ReturnType<ReturnType<typeof rows>['executeTakeFirstOrThrow']>>): OwnTemplate => ({
    id: row.id,
    name: row.name,
    body: JSON.parse(row.body) as unknown,
    createdBy: row.created_by,
    createdAt: Number(row.created_at),
  });
  return {
    async all(): Promise<OwnTemplate[]> {
      return (await rows().orderBy('created_at').orderBy('id').execute()).map(read);
    },
    async byId(id: string): Promise<OwnTemplate | null> {
      const row = await rows().where('id', '=', id).executeTakeFirst();
      return row ? read(row) : null;
    },
    async insert({ id, name, body, createdBy, createdAt }: OwnTemplate): Promise<void> {
      await db
        .insertInto('own_templates')
        .values({ id, name, body: JSON.stringify(body), created_by: createdBy, created_at: createdAt })
        .execute();
    },
    async remove(id: string): Promise<boolean> {
      const gone = await db.deleteFrom('own_templates').where('id', '=', id).executeTakeFirst();
      return gone.numDeletedRows > 0n;
    },
  };
}
