/**
 * The desk's paper: numbered sheets with their codes, and what one person entered and a second has not confirmed. Nothing
 * here says who filled a sheet in; a confirmed entry leaves only the mark that its number is used. Call the writing ones
 * under `rounds.lock`, so that of two desks with one sheet one is refused.
 */
import type { Ballot, BallotSource } from '#core/voting/types.ts';
import { chunks } from './ballots.ts';
import type { Queries } from './db.ts';

export interface PaperSheet {
  readonly number: number;
  /** Printed beside the number, so that nobody can make a sheet up. */
  readonly code: string;
  readonly used: boolean;
}

export interface DeskEntry {
  readonly id: string;
  readonly roundId: string;
  readonly kind: Exclude<BallotSource, 'device'>;
  readonly organisationId: string | null;
  /** null: no numbered sheet. */
  readonly number: number | null;
  readonly ballot: Ballot;
  /** Who entered it; somebody else confirms it. */
  readonly accountId: string;
  readonly enteredAt: number;
}

export function deskRows(db: Queries) {
  return {
    async sheets(roundId: string): Promise<PaperSheet[]> {
      const rows = await db
        .selectFrom('paper_sheets')
        .selectAll()
        .where('round_id', '=', roundId)
        .orderBy('number')
        .execute();
      return rows.map((row) => ({ number: row.number, code: row.code, used: row.used === 1 }));
    },
    async addSheets(roundId: string, sheets: readonly Pick<PaperSheet, 'number' | 'code'>[]): Promise<void> {
      for (const rows of chunks(sheets))
        await db
          .insertInto('paper_sheets')
          .values(rows.map(({ number, code }) => ({ round_id: roundId, number, code, used: 0 })))
          .execute();
    },
    async useSheet(roundId: string, number: number): Promise<void> {
      await db
        .updateTable('paper_sheets')
        .set({ used: 1 })
        .where('round_id', '=', roundId)
        .where('number', '=', number)
        .execute();
    },
    async deskEntries(roundId: string): Promise<DeskEntry[]> {
      const rows = await db
        .selectFrom('desk_entries')
        .selectAll()
        .where('round_id', '=', roundId)
        .orderBy('entered_at')
        .orderBy('id')
        .execute();
      return rows.map((row) => ({
        ...{
          id: row.id,
          roundId: row.round_id,
          kind: row.kind as DeskEntry['kind'],
          organisationId: row.organisation_id,
        },
        ...{
          number: row.number,
          ballot: JSON.parse(row.content) as Ballot,
          accountId: row.account_id,
          enteredAt: row.entered_at,
        },
      }));
    },
    async addDeskEntry(entry: DeskEntry): Promise<void> {
      await db
        .insertInto('desk_entries')
        .values({
          ...{
            id: entry.id,
            round_id: entry.roundId,
            kind: entry.kind,
            organisation_id: entry.organisationId,
            number: entry.number,
          },
          ...{ content: JSON.stringify(entry.ballot), account_id: entry.accountId, entered_at: entry.enteredAt },
        })
        .execute();
    },
    async dropDeskEntry(id: string): Promise<void> {
      await db.deleteFrom('desk_entries').where('id', '=', id).execute();
    },
    /** What nobody confirmed goes with the close; how many there were. */
    async dropDeskEntries(roundId: string): Promise<number> {
      const gone = await db.deleteFrom('desk_entries').where('round_id', '=', roundId).executeTakeFirst();
      return Number(gone.numDeletedRows);
    },
    /** Proxies in the count that speak for an organisation (null: for none). Only a number: while a round is open nothing else is read. */
    async proxiesFor(roundId: string, organisationId: string | null): Promise<number> {
      const counted = db
        .selectFrom('ballots')
        .select(({ fn }) => fn.countAll().as('count'))
        .where('round_id', '=', roundId)
        .where('source', '=', 'proxy');
      const row = await (
        organisationId === null
          ? counted.where('organisation_id', 'is', null)
          : counted.where('organisation_id', '=', organisationId)
      ).executeTakeFirst();
      return Number(row?.count ?? 0);
    },
  };
}
