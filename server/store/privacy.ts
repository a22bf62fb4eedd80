/**
 * Erasing: what is personal goes, what others rest on stays without it. The rows of people, boards and workshops stay as
 * tombstones, so that an old copy on somebody's device is refused and does not come back.
 */
import { newId } from '#core/ids.ts';
import { inTransaction, type Queries } from './db.ts';

const BOARD_TABLES = [
  'pending_notes',
  'note_authors',
  'note_commands',
  'note_marks',
  'group_log',
  'origins',
  'findings',
  'board_marks',
  'unlike',
] as const;
const ROUND_TABLES = [
  'closed_ballots',
  'ballots',
  'ballot_commands',
  'roll',
  'struck',
  'paper_sheets',
  'desk_entries',
  'round_log',
] as const;
const DOCUMENT_TABLES = ['doc_log', 'doc_states', 'doc_writers', 'doc_refused'] as const;

export function privacyStore(db: Queries) {
  const ids = async (
    table: 'boards' | 'rounds',
    column: 'workshop_id' | 'board_id',
    value: string,
  ): Promise<string[]> => {
    const rows =
      table === 'boards'
        ? await db.selectFrom('boards').select('id').where('workshop_id', '=', value).execute()
        : await db.selectFrom('rounds').select('id').where(column, '=', value).execute();
    return rows.map(({ id }) => id);
  };

  async function dropDocument(on: Queries, document: string): Promise<void> {
    for (const table of DOCUMENT_TABLES) await on.deleteFrom(table).where('document', '=', document).execute();
  }

  async function dropRounds(on: Queries, roundIds: readonly string[]): Promise<void> {
    for (const roundId of roundIds) {
      for (const table of ROUND_TABLES) await on.deleteFrom(table).where('round_id', '=', roundId).execute();
      await on.deleteFrom('translations').where('subject', '=', 'round').where('id', '=', roundId).execute();
      await on.deleteFrom('rounds').where('id', '=', roundId).execute();
    }
  }

  async function dropBoardContent(on: Queries, boardId: string): Promise<void> {
    await dropDocument(on, `board/${boardId}`);
    for (const table of BOARD_TABLES) await on.deleteFrom(table).where('board_id', '=', boardId).execute();
  }

  return {
    /** The person's name, body, devices and authorship. Their ballots are not to be found any more than before. */
    async erasePerson(participantId: string, at: number): Promise<void> {
      await inTransaction(db, async (trx) => {
        await trx
          .updateTable('participants')
          .set({ name: null, organisation_id: null, recovery_hash: null, removed_at: at, erased_at: at })
          .where('id', '=', participantId)
          .execute();
        await trx.deleteFrom('participant_tokens').where('participant_id', '=', participantId).execute();
        await trx.deleteFrom('table_seats').where('participant_id', '=', participantId).execute();
        await trx.deleteFrom('own_note_links').where('participant_id', '=', participantId).execute();
        for (const table of ['pending_notes', 'note_authors', 'note_commands', 'signals', 'practice'] as const)
          await trx.deleteFrom(table).where('person_id', '=', participantId).execute();
        await trx.updateTable('group_log').set({ person_id: null }).where('person_id', '=', participantId).execute();
        // Client ids stay taken, by nobody: what this person's devices still hold is refused as a stranger's.
        await trx
          .updateTable('doc_writers')
          .set({ person_id: `erased-${newId()}` })
          .where('person_id', '=', participantId)
          .execute();
      });
    },

    /** An account's name, address, password, devices and second factor; the row keeps its id, for the log. */
    async eraseAccount(accountId: string): Promise<void> {
      await inTransaction(db, async (trx) => {
        for (const table of ['account_links', 'sessions', 'account_tokens', 'account_codes'] as const)
          await trx.deleteFrom(table).where('account_id', '=', accountId).execute();
        for (const table of ['draft_remarks', 'draft_replies'] as const)
          await trx.updateTable(table).set({ name: '—' }).where('person_id', '=', accountId).execute();
        const gone = `erased-${accountId}`;
        await trx
          .updateTable('accounts')
          .set({ email: gone, email_norm: gone, name: '—', password_hash: null, status: 'deactivated' })
          .set({ totp_secret: null, oidc_subject: null })
          .where('id', '=', accountId)
          .execute();
        await trx
          .updateTable('doc_writers')
          .set({ person_id: `erased-${newId()}` })
          .where('person_id', '=', accountId)
          .execute();
      });
    },

    /** What was written and voted on one board; the board is unknown from then on. */
    async eraseBoard(boardId: string): Promise<void> {
      const roundIds = await ids('rounds', 'board_id', boardId);
      await inTransaction(db, async (trx) => {
        await dropRounds(trx, roundIds);
        await dropBoardContent(trx, boardId);
        await trx.updateTable('stages').set({ board_id: null }).where('board_id', '=', boardId).execute();
        await trx.deleteFrom('boards').where('id', '=', boardId).execute();
      });
    },

    /** All of a workshop but its tombstone: people, boards, rounds, ballots, results, snapshots. */
    async eraseWorkshop(workshopId: string, at: number): Promise<void> {
      const boardIds = await ids('boards', 'workshop_id', workshopId);
      const roundIds = await ids('rounds', 'workshop_id', workshopId);
      await inTransaction(db, async (trx) => {
        await dropRounds(trx, roundIds);
        for (const boardId of boardIds) await dropBoardContent(trx, boardId);
        await dropDocument(trx, `room/${workshopId}`);
        for (const table of ['split_tables', 'table_seats'] as const)
          await trx
            .deleteFrom(table)
            .where('split_id', 'in', (one) =>
              one.selectFrom('splits').select('id').where('workshop_id', '=', workshopId),
            )
            .execute();
        await trx.deleteFrom('splits').where('workshop_id', '=', workshopId).execute();
        for (const table of ['participant_tokens', 'own_note_links'] as const)
          await trx
            .deleteFrom(table)
            .where('participant_id', 'in', (one) =>
              one.selectFrom('participants').select('id').where('workshop_id', '=', workshopId),
            )
            .execute();
        for (const table of [
          'minutes',
          'led_views',
          'participants',
          'snapshots',
          'signals',
          'stage_log',
          'material_files',
          'slides',
          'practice',
          'stages',
          'boards',
          'organisations',
        ] as const)
          await trx.deleteFrom(table).where('workshop_id', '=', workshopId).execute();
        const gone = `erased-${workshopId}`;
        await trx
          .updateTable('workshops')
          .set({ title: '—', title_norm: '', titles: '{}', about: null, stage_id: null, focus: null, led_by: null })
          .set({ join_code: gone, link_token: gone, screen_key: gone, status: 'closed', door_open: 0 })
          .set({ deleted_at: at, erased_at: at })
          .where('id', '=', workshopId)
          .execute();
      });
    },

    async setRetention(workshopId: string, days: number | null): Promise<void> {
      await db.updateTable('workshops').set({ retention_days: days }).where('id', '=', workshopId).execute();
    },
    async retentionOf(workshopId: string): Promise<number | null> {
      const row = await db
        .selectFrom('workshops')
        .select('retention_days')
        .where('id', '=', workshopId)
        .executeTakeFirst();
      return row?.retention_days ?? null;
    },
    /** Workshops that were put away or deleted and are not erased yet, with what decides when they are. */
    async ended(): Promise<
      { id: string; archivedAt: number | null; deletedAt: number | null; retentionDays: number | null }[]
    > {
      const rows = await db
        .selectFrom('workshops')
        .select(['id', 'archived_at', 'deleted_at', 'retention_days'])
        .where('erased_at', 'is', null)
        .where((one) => one.or([one('archived_at', 'is not', null), one('deleted_at', 'is not', null)]))
        .execute();
      return rows.map((row) => ({
        id: row.id,
        archivedAt: row.archived_at,
        deletedAt: row.deleted_at,
        retentionDays: row.retention_days,
      }));
    },
    /** Sessions, links and tokens that nobody can use any more. */
    async dropExpired(now: number): Promise<void> {
      await db.deleteFrom('sessions').where('expires_at', '<=', now).execute();
      await db
        .deleteFrom('account_links')
        .where((one) => one.or([one('expires_at', '<=', now), one('used_at', 'is not', null)]))
        .execute();
      await db.deleteFrom('account_tokens').where('revoked_at', 'is not', null).execute();
    },
    /** What is on record about one participant beside the row itself; ballots of secret rounds are nobody's. */
    async recordOf(participantId: string) {
      const notes = await db.selectFrom('note_authors').selectAll().where('person_id', '=', participantId).execute();
      const waiting = await db.selectFrom('pending_notes').selectAll().where('person_id', '=', participantId).execute();
      const rolls = await db.selectFrom('roll').selectAll().where('participant_id', '=', participantId).execute();
      const ballots = await db.selectFrom('ballots').selectAll().where('voter_key', '=', participantId).execute();
      return {
        notes: notes.map(({ board_id, note_id }) => ({ boardId: board_id, noteId: note_id })),
        waiting: waiting.map(({ board_id, text }) => ({ boardId: board_id, text })),
        rounds: rolls.map(({ round_id }) => round_id),
        ballots: ballots.map(({ round_id, content }) => ({
          roundId: round_id,
          content: JSON.parse(content) as unknown,
        })),
      };
    },
  };
}
