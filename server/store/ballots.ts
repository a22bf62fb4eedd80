/**
 * Ballots: one row a voter and round, replaced whole. In a secret round the voter is an HMAC under the round's key, rows
 * keep neither time nor order, and the close moves them apart from their keys. All of this runs inside a transaction that
 * holds the round (rounds.ts `holdForBallot`, `lock`).
 */
import type { Ballot, BallotSource, RoundResult } from '#core/voting/types.ts';
import type { Kind, Queries } from './db.ts';

export interface StoredBallot {
  /** Secret rounds: HMAC of the participant under the round's key. Others: the participant. Desk: a random mark. */
  readonly voterKey: string;
  readonly organisationId: string | null;
  readonly ballot: Ballot;
  readonly receipt: string;
  readonly source: BallotSource;
}

/** What the voter was answered: replayed whole when the same command comes again. */
export interface BallotAnswer {
  readonly remaining?: number;
  readonly receipt: string;
}

export interface BallotCommand extends StoredBallot {
  readonly roundId: string;
  /** Dots given, and how many there were to give: a CHECK of the table stands behind the rule of the core. */
  readonly spent: number;
  readonly budget: number;
  /** Dots left after this ballot; null where the method knows no budget. */
  readonly remaining: number | null;
  /** Same key, same command; null: the caller gave none. */
  readonly clientKey: string | null;
  /** Whose key it is; the voter, or at the desk the account. */
  readonly commander: string;
}

/** A statement takes so many values at most on either engine. */
const ROWS_AT_ONCE = 200;

export function* chunks<T>(rows: readonly T[]): Generator<T[]> {
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) yield rows.slice(from, from + ROWS_AT_ONCE);
}

export function ballotRows(db: Queries, kind: Kind) {
  const stored = async (
    command: Pick<BallotCommand, 'roundId' | 'commander' | 'clientKey'>,
  ): Promise<BallotAnswer | null> => {
    if (command.clientKey === null) return null;
    const row = await db
      .selectFrom('ballot_commands')
      .select('answer')
      .where('round_id', '=', command.roundId)
      .where('voter_key', '=', command.commander)
      .where('client_key', '=', command.clientKey)
      .executeTakeFirst();
    return row ? (JSON.parse(row.answer) as BallotAnswer) : null;
  };
  const remember = async (command: BallotCommand, answer: BallotAnswer): Promise<void> => {
    if (command.clientKey === null) return;
    await db
      .insertInto('ballot_commands')
      .values({
        round_id: command.roundId,
        voter_key: command.commander,
        client_key: command.clientKey,
        answer: JSON.stringify(answer),
      })
      .execute();
  };
  const ofVoter = (roundId: string, voterKey: string) =>
    db.selectFrom('ballots').selectAll().where('round_id', '=', roundId).where('voter_key', '=', voterKey);

  return {
    /**
     * Writes a voter's ballot whole. A first ballot is an insert; any other locks the row, so of twenty at once each is
     * judged against what the one before left. A command that was done already changes nothing and is answered as then.
     */
    async putBallot(command: BallotCommand): Promise<{ readonly answer: BallotAnswer; readonly replayed: boolean }> {
      const remaining = command.remaining === null ? {} : { remaining: command.remaining };
      const content = JSON.stringify(command.ballot);
      const inserted = await db
        .insertInto('ballots')
        .values({
          round_id: command.roundId,
          voter_key: command.voterKey,
          organisation_id: command.organisationId,
          content,
          spent: command.spent,
          budget: command.budget,
          receipt: command.receipt,
          source: command.source,
        })
        .onConflict((conflict) => conflict.columns(['round_id', 'voter_key']).doNothing())
        .returning('receipt')
        .executeTakeFirst();
      let receipt = command.receipt;
      if (!inserted) {
        const existing = ofVoter(command.roundId, command.voterKey);
        receipt = (await (kind === 'postgres' ? existing.forUpdate() : existing).executeTakeFirstOrThrow()).receipt;
        const done = await stored(command);
        if (done) return { answer: done, replayed: true };
        await db
          .updateTable('ballots')
          .set({ content, spent: command.spent, budget: command.budget, source: command.source })
          .where('round_id', '=', command.roundId)
          .where('voter_key', '=', command.voterKey)
          .execute();
      }
      const answer = { ...remaining, receipt };
      await remember(command, answer);
      return { answer, replayed: false };
    },
    /** The answer of a command that was done before, by whoever gave it. */
    answered: stored,
    async ballotOf(roundId: string, voterKey: string): Promise<StoredBallot | null> {
      const row = await ofVoter(roundId, voterKey).executeTakeFirst();
      return row ? toBallot(row) : null;
    },
    /** Every ballot in the count. Read it only to close, or once the round is closed. */
    async ballots(roundId: string): Promise<StoredBallot[]> {
      const rows = await db
        .selectFrom('ballots')
        .selectAll()
        .where('round_id', '=', roundId)
        .orderBy('receipt')
        .execute();
      return rows.map(toBallot);
    },
    /** Counts a person once whose ballot came too late; what it said is not kept. */
    async noteLate(roundId: string, participantId: string): Promise<boolean> {
      const marked = await db
        .updateTable('roll')
        .set({ late: 1 })
        .where('round_id', '=', roundId)
        .where('participant_id', '=', participantId)
        .where('late', '=', 0)
        .executeTakeFirst();
      // Counted from here, never in the round's own row: everybody who votes holds that row, and two who are late would wait for each other.
      return marked.numUpdatedRows === 1n;
    },
    /**
     * Ends a round under `lock`: the result stands. Of a secret round the ballots go apart from whoever cast them, in the
     * order of their receipts; keys, commands and the round's own key are gone. Afterwards `store.checkpoint()`.
     */
    async finish(
      roundId: string,
      end: { result: RoundResult; cast: number; closedAt: number; secret: boolean },
    ): Promise<void> {
      await db
        .updateTable('rounds')
        .set({
          status: 'closed',
          result: JSON.stringify(end.result),
          cast_count: end.cast,
          closed_at: end.closedAt,
          round_key: null,
        })
        .where('id', '=', roundId)
        .execute();
      if (!end.secret) return;
      const apart = await db
        .selectFrom('ballots')
        .select(['receipt', 'content'])
        .where('round_id', '=', roundId)
        .orderBy('receipt')
        .execute();
      for (const rows of chunks(apart))
        await db
          .insertInto('closed_ballots')
          .values(rows.map((row) => ({ ...row, round_id: roundId })))
          .execute();
      await db.deleteFrom('ballots').where('round_id', '=', roundId).execute();
      await db.deleteFrom('ballot_commands').where('round_id', '=', roundId).execute();
    },
    /** The ballots of a closed secret round, tied to nobody. */
    async apart(roundId: string): Promise<{ readonly receipt: string; readonly ballot: Ballot }[]> {
      const rows = await db
        .selectFrom('closed_ballots')
        .selectAll()
        .where('round_id', '=', roundId)
        .orderBy('receipt')
        .execute();
      return rows.map((row) => ({ receipt: row.receipt, ballot: JSON.parse(row.content) as Ballot }));
    },
  };
}

function toBallot(row: {
  voter_key: string;
  organisation_id: string | null;
  content: string;
  receipt: string;
  source: string;
}): StoredBallot {
  return {
    voterKey: row.voter_key,
    organisationId: row.organisation_id,
    ballot: JSON.parse(row.content) as Ballot,
    receipt: row.receipt,
    source: row.source as BallotSource,
  };
}
