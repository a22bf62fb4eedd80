/**
 * The update log of every document on the store: appended before an edit is acknowledged, compacted from the store alone
 * (never from one instance's memory), with sequence numbers that are never used twice.
 */
import { sql, type Transaction } from 'kysely';
import { groupLogRow } from './notes.ts';
import type { Append, LogMark, LogReading, UpdateLog } from '../live/ports.ts';
import { inTransaction, type Db } from './db.ts';
import type { Tables } from './tables.ts';

const bytes = (value: Uint8Array): Uint8Array => new Uint8Array(value.buffer, value.byteOffset, value.byteLength);

/** Rows of one statement: both engines bound the number of its parameters. */
const MOST_ROWS = 500;
/** First number of the advisory locks under which PostgreSQL compacts. */
const COMPACTING = 0x61736861;

function* inParts<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < all.length; at += MOST_ROWS) yield all.slice(at, at + MOST_ROWS);
}

export function updateLog(db: Db): UpdateLog {
  const { kysely } = db;

  async function write(trx: Transaction<Tables>, edits: readonly Append[]): Promise<readonly number[]> {
    const seqs: number[] = [];
    for (const part of inParts(edits)) {
      const rows = await trx
        .insertInto('doc_log')
        .values(part.map(({ document, update }) => ({ document, body: Buffer.from(update) })))
        .returning('seq')
        .execute();
      // Numbers are given in the order of the rows; in which order they are told is nowhere promised.
      seqs.push(...rows.map((row) => Number(row.seq)).sort((a, b) => a - b));
    }
    await claim(trx, edits);
    const authors = edits.flatMap(({ document, createdNotes, personId }) =>
      personId === null
        ? []
        : createdNotes.map((note) => ({
            board_id: document.slice('board/'.length),
            note_id: note,
            person_id: personId,
            organisation_id: null,
          })),
    );
    for (const part of inParts(authors))
      await trx
        .insertInto('note_authors')
        .values(part)
        .onConflict((c) => c.columns(['board_id', 'note_id']).doNothing())
        .execute();
    const steps = edits.flatMap(({ document, steps = [], personId }) =>
      steps.map((step) => groupLogRow(document.slice('board/'.length), step, 'member', personId)),
    );
    for (const part of inParts(steps)) await trx.insertInto('group_log').values(part).execute();
    return seqs;
  }

  /** Ties client ids to their writers. Rejects where another instance tied one to somebody else a moment ago. */
  async function claim(trx: Transaction<Tables>, edits: readonly Append[]): Promise<void> {
    const claims = edits
      .flatMap(({ document, claims, personId }) =>
        claims.map((client) => ({ document, client_id: client, person_id: personId ?? '' })),
      )
      // In one order everywhere: two instances would otherwise wait for each other.
      .sort((a, b) => (a.document === b.document ? a.client_id - b.client_id : a.document < b.document ? -1 : 1));
    for (const part of inParts(claims)) {
      const inserted = await trx
        .insertInto('doc_writers')
        .values(part)
        .onConflict((c) => c.columns(['document', 'client_id']).doNothing())
        .returning('client_id')
        .execute();
      if (inserted.length === part.length) continue;
      for (const { document, client_id, person_id } of part) {
        const owner = await ownerIn(trx, document, client_id);
        if (owner !== person_id) throw new Error(`a client id of ${document} is somebody else's`);
      }
    }
  }

  async function ownerIn(queries: Pick<typeof kysely, 'selectFrom'>, document: string, clientId: number) {
    const row = await queries
      .selectFrom('doc_writers')
      .select('person_id')
      .where('document', '=', document)
      .where('client_id', '=', clientId)
      .executeTakeFirst();
    return row?.person_id ?? null;
  }

  /**
   * One statement, so that state and rows are of one moment: a compaction between two would hide what it folded. On
   * PostgreSQL `at` is the oldest transaction still running at that moment: whatever it and later ones write is read the
   * next time, whichever number it has.
   */
  async function since(document: string, mark: LogMark): Promise<LogReading> {
    const isPostgres = db.kind === 'postgres';
    const at = isPostgres ? sql`pg_snapshot_xmin(pg_current_snapshot())::text` : sql`null`;
    const none = isPostgres ? sql`null::bytea` : sql`null`;
    const isNew = isPostgres ? sql`xid >= ${mark.at}::xid8` : sql`seq > ${Number(mark.at)}`;
    const { rows } = await sql<{ kind: number; seq: number; body: Uint8Array | null; at: string | null }>`
      select 0 as kind, 0 as seq, ${none} as body, ${at} as at
      union all select 1, up_to, case when up_to = ${mark.folded} then null else state end, null
        from doc_states where document = ${document}
      union all select 2, seq, body, null from doc_log where document = ${document} and ${isNew}
      order by kind, seq`.execute(kysely);
    const state = rows.find(({ kind }) => kind === 1);
    const updates = rows.flatMap(({ kind, seq, body }) =>
      kind === 2 && body !== null ? [{ seq: Number(seq), update: bytes(body) }] : [],
    );
    return {
      state: state?.body ? bytes(state.body) : null,
      updates,
      mark: {
        at: rows[0]?.at ?? String(updates.at(-1)?.seq ?? mark.at),
        folded: state ? Number(state.seq) : mark.folded,
      },
    };
  }

  return {
    append: (edits: readonly Append[]) => inTransaction(kysely, (trx) => write(trx, edits)),
    load: (document) => since(document, { at: '0', folded: -1 }),
    since,
    compact: (document, merge) =>
      inTransaction(kysely, async (trx) => {
        // One instance after the other: the later would otherwise write what it read before the earlier had deleted.
        if (db.kind === 'postgres')
          await sql`select pg_advisory_xact_lock(${COMPACTING}, hashtext(${document}))`.execute(trx);
        const state = await trx
          .selectFrom('doc_states')
          .selectAll()
          .where('document', '=', document)
          .executeTakeFirst();
        const rows = await trx
          .selectFrom('doc_log')
          .select(['seq', 'body'])
          .where('document', '=', document)
          .orderBy('seq')
          .execute();
        const last = rows.at(-1);
        if (!last) return;
        const merged = Buffer.from(
          merge(
            state ? bytes(state.state) : null,
            rows.map((row) => bytes(row.body)),
          ),
        );
        // The number of the last row folded, be it lower than the one before: each row folds once, so it always differs.
        const upTo = Number(last.seq);
        await trx
          .insertInto('doc_states')
          .values({ document, state: merged, up_to: upTo })
          .onConflict((c) => c.column('document').doUpdateSet({ state: merged, up_to: upTo }))
          .execute();
        // Only the rows that were read: another instance may have appended meanwhile, with a smaller number even.
        for (const read of inParts(rows.map((row) => Number(row.seq))))
          await trx.deleteFrom('doc_log').where('seq', 'in', read).execute();
      }),
    async authorsOf(document) {
      const rows = await kysely
        .selectFrom('note_authors')
        .select(['note_id', 'person_id'])
        .where('board_id', '=', document.slice('board/'.length))
        .execute();
      return new Map(rows.map((row) => [row.note_id, row.person_id]));
    },
    ownerOf: (document, clientId) => ownerIn(kysely, document, clientId),
    async refusedClients(document) {
      const rows = await kysely
        .selectFrom('doc_refused')
        .select('client_id')
        .where('document', '=', document)
        .execute();
      return rows.map((row) => Number(row.client_id));
    },
    async refuseClients(document, clientIds) {
      if (clientIds.length === 0) return;
      await kysely
        .insertInto('doc_refused')
        .values(clientIds.map((client) => ({ document, client_id: client })))
        .onConflict((c) => c.columns(['document', 'client_id']).doNothing())
        .execute();
    },
  };
}
