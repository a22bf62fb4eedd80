/** The audit log: entries are added one after another, read in order, and nothing else; the engine refuses the rest. */
import { sql } from 'kysely';
import { chained, firstBroken, type AuditEntry, type NewAuditEntry } from '#core/people/audit.ts';
import { sha256 } from '../auth/secrets.ts';
import { inTransaction, type Kind, type Queries } from './db.ts';

/** Any number that nobody else locks. */
const LOCK = 7_301_960_423;
const HEAD = 'audit-head';
const PART = 1000;

interface Row {
  seq: number;
  at: number;
  actor_id: string;
  actor_role: string;
  act: string;
  subject: string | null;
  detail: string | null;
  previous: string;
  hash: string;
}

const toEntry = ({ actor_id, actor_role, ...row }: Row): AuditEntry => ({
  ...row,
  actorId: actor_id,
  actorRole: actor_role,
});

export function auditStore(db: Queries, kind: Kind) {
  const rows = () => db.selectFrom('audit_log').selectAll();
  const headOf = (entry: Pick<AuditEntry, 'seq' | 'hash'>): string => `${entry.seq} ${entry.hash}`;
  return {
    /** Adds an entry after the last one; entries that come at the same moment wait for each other. */
    append(entry: NewAuditEntry): Promise<AuditEntry> {
      return inTransaction(db, async (trx) => {
        if (kind === 'postgres') await sql`select pg_advisory_xact_lock(${LOCK})`.execute(trx);
        const last = await trx
          .selectFrom('audit_log')
          .select(['seq', 'hash'])
          .orderBy('seq', 'desc')
          .limit(1)
          .executeTakeFirst();
        const made = chained(entry, last ?? null, sha256);
        const { actorId, actorRole, ...rest } = made;
        await trx
          .insertInto('audit_log')
          .values({ ...rest, actor_id: actorId, actor_role: actorRole })
          .execute();
        await trx
          .insertInto('meta')
          .values({ key: HEAD, value: headOf(made) })
          .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: headOf(made) }))
          .execute();
        return made;
      });
    },
    /** Newest first. */
    async page(filter: { before: number | null; actorId: string | null; limit: number }): Promise<AuditEntry[]> {
      let query = rows().orderBy('seq', 'desc').limit(filter.limit);
      if (filter.before !== null) query = query.where('seq', '<', filter.before);
      if (filter.actorId !== null) query = query.where('actor_id', '=', filter.actorId);
      return (await query.execute()).map(toEntry);
    },
    /** Oldest first, in parts, so that a long log is never whole in memory. */
    async after(seq: number, limit = PART): Promise<AuditEntry[]> {
      return (await rows().where('seq', '>', seq).orderBy('seq').limit(limit).execute()).map(toEntry);
    },
    /** The first entry that does not follow from those before it, or that is missing at the end; null: whole. */
    async broken(): Promise<number | null> {
      const all: AuditEntry[] = [];
      for (let from = 0; ;) {
        const part = await this.after(from);
        if (part.length === 0) break;
        all.push(...part);
        from = part.at(-1)?.seq ?? from;
      }
      const bad = firstBroken(all, sha256);
      if (bad !== null) return bad;
      const head = await db.selectFrom('meta').select('value').where('key', '=', HEAD).executeTakeFirst();
      const last = all.at(-1);
      return (head?.value ?? null) === (last ? headOf(last) : null) ? null : (last?.seq ?? 0) + 1;
    },
  };
}
