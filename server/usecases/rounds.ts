/**
 * Voting rounds from draft to result. The core decides, the store's locks make it true; after every change the room is
 * projected anew and rights on the board are asked again, because what is voted on stands still while a round is open.
 * Ballots themselves are in ballots.ts.
 */
import { randomBytes } from 'node:crypto';
import { readBoard } from '#core/board/read.ts';
import { newId } from '#core/ids.ts';
import type { Caller } from '#core/people/caller.ts';
import { may } from '#core/people/policy.ts';
import { ok, refuse, type Result } from '#core/result.ts';
import { dueAfter } from '#core/voting/deadline.ts';
import { electorate } from '#core/voting/electorate.ts';
import { optionsOf, pickOptions } from '#core/voting/options.ts';
import { checkOptions, checkSettings, mayEdit, mayOpen, OPTIONS_LIMIT } from '#core/voting/round.ts';
import { mayChangeSecrecy } from '#core/voting/secrecy.ts';
import type { Option, RoundSettings } from '#core/voting/types.ts';
import type { StoredRound } from '../store/rounds.ts';
import type { StoredBoard } from '../store/workshops.ts';
import { ballots } from './ballots.ts';
import { closing } from './closing.ts';
import type { Deps } from './deps.ts';
import { desk } from './desk.ts';
import { accountOf, isNobody, lookIn, passTo } from './doors.ts';
import { followUps } from './follow-ups.ts';
import { roll } from './roll.ts';
import { iso, showing, type ShownRound } from './shown-round.ts';

export type { ShownRound } from './shown-round.ts';

/** The settings stand beside these two and are read by the core's `checkSettings`. */
export interface NewRound {
  readonly boardId: string;
  readonly optionIds?: readonly string[] | null | undefined;
  readonly [setting: string]: unknown;
}

export interface PreparedRound {
  readonly id: string;
  readonly options: readonly { readonly id: string; readonly text: string }[];
}

type DraftOf = Pick<StoredRound, 'settings' | 'chosen' | 'options'>;

const prepared = (id: string, options: readonly Option[]): PreparedRound => ({
  id,
  options: options.map((option) => ({ id: option.id, text: option.text })),
});

export function rounds(deps: Deps) {
  const { store, live, now } = deps;
  const { tell, waitFor, current, ...ending } = closing(deps, visible);
  const show = showing(deps);

  async function optionsOn(board: StoredBoard, of: RoundSettings['of']): Promise<readonly Option[]> {
    const zones = board.zones.map(({ id }) => id);
    return optionsOf(await live.read(`board/${board.id}`, (doc) => readBoard(doc, zones)), of);
  }

  async function visible(caller: Caller, id: string): Promise<Result<StoredRound>> {
    const round = await current(id);
    if (!round) return refuse(isNobody(caller) ? 'join-needed' : 'not-found');
    const workshop = await lookIn(store, caller, round.workshopId);
    return workshop.ok ? ok(round) : workshop;
  }

  async function led(caller: Caller, id: string): Promise<Result<StoredRound>> {
    const account = accountOf(caller, 'round.lead');
    return account.ok ? visible(caller, id) : account;
  }

  async function shown(caller: Caller, id: string): Promise<Result<ShownRound>> {
    const round = await visible(caller, id);
    return round.ok ? ok(await show(caller, round.value)) : round;
  }

  /** Settings and options of a draft as they stand on the board now. */
  async function readDraft(
    workshopId: string,
    input: NewRound,
    frozen: readonly Option[] | null = null,
  ): Promise<Result<DraftOf>> {
    const settings = checkSettings(input);
    if (!settings.ok) return settings;
    const board = await store.workshops.board(input.boardId);
    // What stands on a table's board is not for every voter to see.
    if (board?.workshopId !== workshopId || board.tableOf) return refuse('not-found');
    const chosen = input.optionIds ?? null;
    const options = pickOptions(frozen ?? (await optionsOn(board, settings.value.of)), chosen);
    if (!options.ok) return options;
    // A round may be prepared before anything is written; whether there is enough to choose from shows at the opening.
    if (options.value.length > OPTIONS_LIMIT) return refuse('too-many-options', { limit: OPTIONS_LIMIT });
    if (chosen !== null) {
      const enough = checkOptions(options.value, settings.value.method.kind);
      if (!enough.ok) return enough;
    }
    return ok({ settings: settings.value, chosen, options: options.value });
  }

  async function prepare(
    workshopId: string,
    input: NewRound,
    follows: { readonly origin: StoredRound['origin']; readonly options: readonly Option[] } | null = null,
  ): Promise<Result<PreparedRound>> {
    const draft = await readDraft(workshopId, input, follows?.options);
    if (!draft.ok) return draft;
    const id = newId();
    await store.rounds.insert({
      ...{
        id,
        workshopId,
        boardId: input.boardId,
        ...draft.value,
        origin: follows?.origin ?? null,
        dueAt: null,
        extensions: 0,
      },
      ...{ status: 'draft', eligible: 0, cast: 0, late: 0, createdAt: now() },
      ...{ openedAt: null, closesAt: null, closedAt: null, result: null },
    });
    return ok(prepared(id, draft.value.options));
  }

  const { decide, ...following } = followUps(deps, { visible, prepare });
  const afterwards = (caller: Caller, id: string, done: Result<null>): Promise<Result<ShownRound>> =>
    done.ok ? shown(caller, id) : Promise.resolve(done);

  return {
    ...ballots(deps, visible),
    ...roll(deps, visible),
    ...desk(deps, visible),
    ...following,

    /** One round as the caller may see it: no figure but the turnout before the close, whoever asks. */
    view: shown,

    /** Every round of a workshop in the order of making; drafts only to those who may lead. */
    async list(caller: Caller, workshopId: string): Promise<Result<readonly ShownRound[]>> {
      const workshop = await lookIn(store, caller, workshopId);
      if (!workshop.ok) return workshop;
      const all: ShownRound[] = [];
      for (const { id, status } of await store.rounds.inWorkshop(workshopId)) {
        if (status === 'draft' && !may(caller, 'round.plan')) continue;
        const round = await current(id);
        if (round) all.push(await show(caller, round));
      }
      return ok(all);
    },

    /** A draft without asking who wants it: for a file that is brought in. Everybody else goes through `create`. */
    prepare,

    async create(caller: Caller, workshopId: string, input: NewRound): Promise<Result<PreparedRound>> {
      const workshop = await passTo(store, caller, workshopId, 'workshop.lead');
      return workshop.ok ? prepare(workshopId, input) : workshop;
    },

    /** Other settings for a draft; what is not given stays. Secrecy may be made stricter, never looser. */
    async change(caller: Caller, id: string, input: Readonly<Record<string, unknown>>): Promise<Result<ShownRound>> {
      const found = await led(caller, id);
      if (!found.ok) return found;
      const { settings, chosen, boardId, workshopId, origin, options } = found.value;
      const wanted = { boardId, optionIds: chosen, ...settings, ...input };
      const draft = await readDraft(workshopId, { ...wanted, boardId }, origin && options);
      if (!draft.ok) return draft;
      const secrecy = mayChangeSecrecy(settings.secret, draft.value.settings.secret);
      if (!secrecy.ok) return secrecy;
      const changed = await store.transaction(async ({ rounds: repository }): Promise<Result<null>> => {
        const round = await repository.lock(id);
        const may = round ? mayEdit(round.status) : refuse('not-found');
        if (!may.ok) return may;
        await repository.changeDraft(id, draft.value);
        return ok(null);
      });
      return afterwards(caller, id, changed);
    },

    /** Drops a round that was never opened; what people voted on stays for ever. */
    async discard(caller: Caller, id: string): Promise<Result<null>> {
      const round = await led(caller, id);
      if (!round.ok) return round;
      const draft = mayEdit(round.value.status);
      if (!draft.ok) return draft;
      await store.rounds.removeDraft(id);
      return ok(null);
    },

    /** Freezes settings, options and roll, and takes ballots from now on; `seconds`: for so long, then it closes by itself. */
    async open(caller: Caller, id: string, seconds: number | null = null): Promise<Result<ShownRound>> {
      const found = await led(caller, id);
      if (!found.ok) return found;
      const workshop = await store.workshops.byId(found.value.workshopId);
      const board = await store.workshops.board(found.value.boardId);
      if (!workshop || !board) return refuse('not-found');
      if (workshop.status === 'closed') return refuse('workshop-closed');
      const due = dueAfter(seconds, now());
      if (!due.ok) return due;
      // What was voted on before stands as it was then, whatever became of it on the board.
      const all = found.value.origin ? found.value.options : await optionsOn(board, found.value.settings.of);
      const opened = await store.transaction(
        async ({ rounds: repository, participants, workshops }): Promise<Result<null>> => {
          const round = await repository.lock(id);
          if (!round) return refuse('not-found');
          const may = mayOpen(round.status);
          if (!may.ok) return may;
          // What was deleted since it was picked is no longer there to be voted on.
          const there = new Set(all.map((option) => option.id));
          const picked = pickOptions(
            all,
            round.chosen === null ? null : round.chosen.filter((option) => there.has(option)),
          );
          const options = picked.ok ? checkOptions(picked.value, round.settings.method.kind) : picked;
          if (!options.ok) return options;
          const struck = await repository.struck(id);
          const here = (await participants.inWorkshop(round.workshopId)).filter((person) => !struck.has(person.id));
          const people = here.map((person) => ({
            participantId: person.id,
            organisationId: person.organisationId,
            crew: person.crew ?? false,
          }));
          const bodies = await workshops.organisations(round.workshopId);
          const seats = electorate(people, bodies, round.settings.crewVotes).map(
            ({ participantId, organisationId }) => ({
              ...{ participantId, organisationId, admittedLate: false },
            }),
          );
          const key = round.settings.secret ? new Uint8Array(randomBytes(32)) : null;
          await repository.open(id, { options: options.value, seats, key, at: now(), dueAt: due.value });
          await repository.record(id, {
            kind: 'opened',
            at: now(),
            accountId: caller.account?.accountId ?? null,
            detail: iso(due.value),
          });
          return ok(null);
        },
      );
      if (!opened.ok) return opened;
      waitFor({ ...found.value, status: 'open', dueAt: due.value });
      await tell(found.value);
      return shown(caller, id);
    },

    /** Ends the voting: at once, or after the grace time that was announced. */
    close: async (caller: Caller, id: string) => afterwards(caller, id, await ending.close(caller, id)),
    /** Moves the end of an open round on; everybody in the room is told. */
    extend: async (caller: Caller, id: string, seconds: number) =>
      afterwards(caller, id, await ending.extend(caller, id, seconds)),
    /** A facilitator's decision among what is tied at the cut, with its reason. */
    decide: async (caller: Caller, id: string, optionIds: readonly string[], reason: string) =>
      afterwards(caller, id, await decide(caller, id, optionIds, reason)),
    resume: ending.resume,
  };
}
