/**
 * What comes after a round: the run-off on what is tied, a second vote on some of the options, the decision of a
 * facilitator with its reason. Each is a round of its own or a step recorded beside the figures; no figure changes.
 */
import type { Caller } from '#core/people/caller.ts';
import { MAX_TITLE } from '#core/people/names.ts';
import { ok, refuse, type Result } from '#core/result.ts';
import { runOffOf } from '#core/voting/follow-up.ts';
import { checkSettings } from '#core/voting/round.ts';
import { recordDecision } from '#core/voting/ties.ts';
import type { Option, RoundSettings } from '#core/voting/types.ts';
import { m } from '#messages/messages.js';
import type { StoredRound } from '../store/rounds.ts';
import type { Deps } from './deps.ts';
import { accountOf } from './doors.ts';
import type { NewRound, PreparedRound } from './rounds.ts';

interface Rounds {
  visible(caller: Caller, id: string): Promise<Result<StoredRound>>;
  prepare(
    workshopId: string,
    input: NewRound,
    follows: { readonly origin: StoredRound['origin']; readonly options: readonly Option[] },
  ): Promise<Result<PreparedRound>>;
}

/** The title, not longer than a title may be. */
const short = (title: string): string => [...title].slice(0, MAX_TITLE).join('');

export function followUps({ store, room, now }: Deps, { visible, prepare }: Rounds) {
  async function closedRound(caller: Caller, id: string): Promise<Result<StoredRound & { accountId: string }>> {
    const account = accountOf(caller, 'round.lead');
    if (!account.ok) return account;
    const found = await visible(caller, id);
    if (!found.ok) return found;
    if (found.value.status !== 'closed') return refuse('no-closed-round');
    const workshop = await store.workshops.byId(found.value.workshopId);
    if (workshop?.status === 'closed') return refuse('workshop-closed');
    return ok({ ...found.value, accountId: account.value.accountId });
  }

  const follow = (
    round: StoredRound,
    settings: RoundSettings,
    optionIds: readonly string[],
    kind: 'run-off' | 're-vote',
  ) =>
    prepare(
      round.workshopId,
      { boardId: round.boardId, ...settings, optionIds },
      { origin: { roundId: round.id, kind }, options: round.options },
    );

  return {
    /** A draft on the tied options, with as many places as are open. One that waits already is given again. */
    async runOff(caller: Caller, id: string): Promise<Result<PreparedRound>> {
      const round = await closedRound(caller, id);
      if (!round.ok) return round;
      const { settings, result } = round.value;
      const title = short(m.vote_run_off_title({ title: settings.title }, { locale: caller.language }));
      const runOff = runOffOf(settings, result, title);
      if (!runOff.ok) return runOff;
      const waiting = (await store.rounds.inWorkshop(round.value.workshopId)).find(
        ({ status, origin }) => status !== 'closed' && origin?.kind === 'run-off' && origin.roundId === id,
      );
      if (waiting)
        return ok({ id: waiting.id, options: waiting.options.map((option) => ({ id: option.id, text: option.text })) });
      return follow(round.value, runOff.value.settings, runOff.value.optionIds, 'run-off');
    },

    /** A draft of a second vote on chosen options; settings that are not given are those of the first. */
    async revote(
      caller: Caller,
      id: string,
      input: { readonly optionIds: readonly string[]; readonly [setting: string]: unknown },
    ): Promise<Result<PreparedRound>> {
      const round = await closedRound(caller, id);
      if (!round.ok) return round;
      const first = round.value;
      const had = new Set(first.options.map((option) => option.id));
      if (input.optionIds.some((option) => !had.has(option))) return refuse('option-unknown');
      const title = short(m.vote_revote_title({ title: first.settings.title }, { locale: caller.language }));
      const { optionIds, ...settings } = input;
      // What was made secret stays secret in the second vote.
      const checked = checkSettings({ ...first.settings, title, ...settings, of: first.settings.of });
      if (!checked.ok) return checked;
      if (first.settings.secret && !checked.value.secret) return refuse('anonymity-only-tightens');
      return follow(first, checked.value, optionIds, 're-vote');
    },

    /** The last step of rule 8: who leads chooses among what is tied, and says why. */
    async decide(caller: Caller, id: string, optionIds: readonly string[], reason: string): Promise<Result<null>> {
      const found = await closedRound(caller, id);
      if (!found.ok) return found;
      const decided = await store.transaction(async ({ rounds }): Promise<Result<null>> => {
        const round = await rounds.lock(id);
        if (!round?.result) return refuse('not-found');
        if (round.settings.cut === null || round.result.cutTie.length === 0) return refuse('nothing-tied');
        const result = recordDecision(round.result, round.settings.cut, optionIds, reason);
        if (!result.ok) return result;
        await rounds.amend(id, result.value);
        await rounds.record(id, {
          kind: 'decided',
          at: now(),
          accountId: found.value.accountId,
          detail: reason.trim(),
        });
        return ok(null);
      });
      if (decided.ok) await room.project(found.value.workshopId);
      return decided;
    },
  };
}
