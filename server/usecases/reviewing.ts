/**
 * The review of the last programme: its actions from a file, what the room judged once the round is closed, and what the
 * facilitator found: evidence, cause, the confirmed verdict. Before the close nothing of a verdict is read here.
 */
import { readBoard } from '#core/board/read.ts';
import type { Caller } from '#core/people/caller.ts';
import { ok, refuse, type Result } from '#core/result.ts';
import { checkCause, checkEvidence, judge } from '#core/templates/verdicts.ts';
import type { StoredRound } from '../store/rounds.ts';
import { readTableFile } from '../tables/table-file.ts';
import type { Deps } from './deps.ts';
import { allowed } from './doors.ts';
import { boardAccess } from './rights.ts';

export interface FindingChange {
  readonly evidence?: string | undefined;
  readonly cause?: string | undefined;
  /** null takes the confirmation back. */
  readonly verdict?: string | null | undefined;
}

const NO_FINDING = { evidence: '', cause: '', verdict: null, confirmedAt: null };

export function reviewing({ store, live, room, now }: Pick<Deps, 'store' | 'live' | 'room' | 'now'>) {
  /** Verdict rounds of a board, the latest last. */
  async function verdictsOn(workshopId: string, boardId: string): Promise<StoredRound[]> {
    const rounds = await store.rounds.inWorkshop(workshopId);
    return rounds.filter((round) => round.boardId === boardId && round.settings.method.kind === 'verdict');
  }
  const choicesOf = (round: StoredRound | undefined): readonly string[] =>
    round?.settings.method.kind === 'verdict' ? round.settings.method.choices : [];

  return {
    /** A file of actions as the text that could have been pasted, to be looked at before anything is written. */
    async readTable(caller: Caller, boardId: string, bytes: Uint8Array): Promise<Result<{ text: string }>> {
      const passes = allowed(caller, 'board.carry');
      if (!passes.ok) return passes;
      if (!(await boardAccess(store, caller, boardId))) return refuse('not-found');
      const text = await readTableFile(bytes);
      return text.ok ? ok({ text: text.value }) : text;
    },

    /** Every action with what was judged and found. */
    async review(caller: Caller, boardId: string) {
      const found = await boardAccess(store, caller, boardId);
      if (!found) return refuse('not-found');
      const rounds = await verdictsOn(found.workshop.id, boardId);
      const closed = rounds.findLast(({ result }) => result !== null);
      const running = rounds.findLast(({ status }) => status === 'open' || status === 'closing');
      const [{ notes }, findings] = await Promise.all([
        live.read(`board/${boardId}`, (doc) => readBoard(doc)),
        store.findings.of(boardId),
      ]);
      const choices = choicesOf(closed);
      const judged = new Map(
        (closed?.result?.options ?? []).map(({ id, distribution }) => [id, judge(distribution, choices)]),
      );
      const known = new Map(findings.map((finding) => [finding.noteId, finding]));
      return ok({
        roundId: closed?.id ?? null,
        runningId: running?.id ?? null,
        choices,
        actions: notes
          .filter(({ text }) => text.trim() !== '')
          .map(({ id, text }) => {
            const { evidence, cause, verdict, confirmedAt } = known.get(id) ?? NO_FINDING;
            return {
              ...{ noteId: id, text, evidence, cause, verdict },
              confirmedAt: confirmedAt === null ? null : new Date(confirmedAt).toISOString(),
              judged: judged.get(id) ?? null,
            };
          }),
      });
    },

    /** What the facilitator found about one action. A verdict is one of the closed round's choices. */
    async find(caller: Caller, boardId: string, noteId: string, change: FindingChange): Promise<Result<null>> {
      const passes = allowed(caller, 'board.carry');
      if (!passes.ok) return passes;
      const found = await boardAccess(store, caller, boardId);
      if (!found) return refuse('not-found');
      if (found.workshop.status === 'closed') return refuse('workshop-closed');
      const { notes } = await live.read(`board/${boardId}`, (doc) => readBoard(doc));
      if (!notes.some(({ id }) => id === noteId)) return refuse('not-found');
      const before = (await store.findings.of(boardId)).find((one) => one.noteId === noteId) ?? {
        noteId,
        ...NO_FINDING,
      };
      const evidence = change.evidence === undefined ? ok(before.evidence) : checkEvidence(change.evidence);
      if (!evidence.ok) return evidence;
      const cause = change.cause === undefined ? ok(before.cause) : checkCause(change.cause);
      if (!cause.ok) return cause;
      const { verdict = before.verdict } = change;
      if (change.verdict) {
        const closed = (await verdictsOn(found.workshop.id, boardId)).findLast(({ result }) => result !== null);
        if (!closed) return refuse('no-closed-round');
        if (!choicesOf(closed).includes(change.verdict)) return refuse('choice-unknown');
      }
      const confirmedAt = change.verdict === undefined ? before.confirmedAt : change.verdict === null ? null : now();
      await store.transaction(async ({ findings }) => {
        await findings.put(boardId, { noteId, evidence: evidence.value, cause: cause.value, verdict, confirmedAt });
        await findings.mark(boardId);
      });
      room.soon(found.workshop.id);
      return ok(null);
    },
  };
}
