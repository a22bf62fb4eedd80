/**
 * The update log of every document on the store: appended before an edit is acknowledged, compacted from the store alone
 * (never from one instance's memory), with sequence numbers that are never used twice.
 */
import { groupLogRow } from './notes.ts';
import type { Append, UpdateLog } from '../live/ports.ts';
import { inTransaction, type Db } from './db.ts';

const bytes = (value: Uint8Array): Uint8Array => new Uint8Array(value.buffer, value.byteOffset, value.byteLength);

export function updateLog(db: Db): UpdateLog {
  const { kysely } = db;
  return {
    append: (edits: readonly Append[]) =>
      inTransaction(kysely, async (trx) => {
        const seqs: number[] = [];
        for (const edit of edits) {
          const row = await trx
            .insertInto('doc_log')
            .values({ document: edit.document, body: Buffer.from(edit.update) })
            .returning('seq')
            .executeTakeFirstOrThrow();
          seqs.push(Number(row.seq));
        }
        const claims = edits.flatMap(({ document, claims, personId }) =>
          claims.map((client) => ({ document, client_id: client, person_id: personId ?? '' })),
        );
        if (claims.length > 0)
          await trx
            .insertInto('doc_writers')
            .values(claims)
            .onConflict((c) => c.columns(['document', 'client_id']).doNothing())
            .execute();
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
        if (authors.length > 0)
          await trx
            .insertInto('note_authors')
            .values(authors)
            .onConflict((c) => c.columns(['board_id', 'note_id']).doNothing())
            .execute();
        const steps = edits.flatMap(({ document, steps = [], personId }) =>
          steps.map((step) => groupLogRow(document.slice('board/'.length), step, 'member', personId)),
        );
        if (steps.length > 0) await trx.insertInto('group_log').values(steps).execute();
        return seqs;
      }),
    async load(document) {
      // One transaction: a compaction between the two reads would hide the rows it folded.
      return inTransaction(kysely, async (trx) => {
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
        return {
          state: state ? bytes(state.state) : null,
          upTo: Number(rows.at(-1)?.seq ?? state?.up_to ?? 0),
          updates: rows.map((row) => ({ seq: Number(row.seq), update: bytes(row.body) })),
        };
      });
    },
    async since(document, seq) {
      const rows = await kysely
        .selectFrom('doc_log')
        .select(['seq', 'body'])
        .where('document', '=', document)
        .where('seq', '>', seq)
        .orderBy('seq')
        .execute();
      return rows.map((row) => ({ seq: Number(row.seq), update: bytes(row.body) }));
    },
    compact: (document, merge) =>
      inTransaction(kysely, async (trx) => {
        let states = trx.selectFrom('doc_states').selectAll().where('document', '=', document);
        if (db.kind === 'postgres') states = states.forUpdate();
        const state = await states.executeTakeFirst();
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
        const upTo = Number(last.seq);
        await trx
          .insertInto('doc_states')
          .values({ document, state: merged, up_to: upTo })
          .onConflict((c) => c.column('document').doUpdateSet({ state: merged, up_to: upTo }))
          .execute();
        // Only the rows that were read: another instance may have appended meanwhile, with a smaller number even.
        const read = rows.map((row) => Number(row.seq));
        for (let at = 0; at < read.length; at += 500)
          await trx
            .deleteFrom('doc_log')
            .where('seq', 'in', read.slice(at, at + 500))
            .execute();
      }),
    async authorsOf(document) {
      const rows = await kysely
        .selectFrom('note_authors')
        .select(['note_id', 'person_id'])
        .where('board_id', '=', document.slice('board/'.length))
        .execute();
      return new Map(rows.map((row) => [row.note_id, row.person_id]));
    },
    async ownerOf(document, clientId) {
      const row = await kysely
        .selectFrom('doc_writers')
        .select('person_id')
        .where('document', '=', document)
        .where('client_id', '=', clientId)
        .executeTakeFirst();
      return row?.person_id ?? null;
    },
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
