/**
 * Voting rounds from draft to result. The core decides, the store's locks make it true; after every change the room is
 * projected anew and rights on the board are asked again, because what is voted on stands still while a round is open.
 * Ballots themselves are in ballots.ts.
 */
import { randomBytes } from 'node:crypto';
import { readBoard } from '#core/board/read.ts';
import { newId } from '#core/ids.ts';
import { isCrew, mayLead, participantIn, type Caller } from '#core/people/caller.ts';
import { ok, refuse, type Result } from '#core/result.ts';
import { electorate } from '#core/voting/electorate.ts';
import { optionsOf, pickOptions } from '#core/voting/options.ts';
import {
  checkOptions,
  checkSettings,
  graceIsOver,
  mayClose,
  mayEdit,
  mayOpen,
  OPTIONS_LIMIT,
} from '#core/voting/round.ts';
import { seeRound, type SeenRound } from '#core/voting/secrecy.ts';
import { tally } from '#core/voting/tally.ts';
import type { Option, RoundSettings } from '#core/voting/types.ts';
import type { Repositories } from '../store/port.ts';
import { keptRound, type StoredRound } from '../store/rounds.ts';
import type { StoredBoard } from '../store/workshops.ts';
import { ballots } from './ballots.ts';
import type { Deps } from './deps.ts';
import { accountOf, isNobody, leadIn, lookIn } from './doors.ts';
import { roll } from './roll.ts';

/** A round as pages and the API show it: what everybody may see, and whether the caller may vote. */
export interface ShownRound extends SeenRound {
  readonly workshopId: string;
  readonly boardId: string;
  readonly quorum: number | null;
  readonly cut: number | null;
  readonly graceSeconds: number;
  readonly publish: boolean;
  /** Whether the caller stands on the roll. */
  readonly voter: boolean;
  /** ISO 8601, UTC. */
  readonly openedAt: string | null;
  readonly closedAt: string | null;
  /** End of the grace time. */
  readonly closesAt: string | null;
}

/** The settings stand beside these two and are read by the core's `checkSettings`. */
export interface NewRound {
  readonly boardId: string;
  readonly optionIds?: readonly string[] | undefined;
  readonly [setting: string]: unknown;
}

export interface PreparedRound {
  readonly id: string;
  readonly options: readonly { readonly id: string; readonly text: string }[];
}

const iso = (time: number | null): string | null => (time === null ? null : new Date(time).toISOString());

export function rounds(deps: Deps) {
  const { store, live, room, log, now } = deps;
  const timers = new Map<string, NodeJS.Timeout>();

  async function optionsOn(board: StoredBoard, of: RoundSettings['of']): Promise<readonly Option[]> {
    const zones = board.zones.map(({ id }) => id);
    return optionsOf(await live.read(`board/${board.id}`, (doc) => readBoard(doc, zones)), of);
  }

  async function tell(round: Pick<StoredRound, 'workshopId' | 'boardId'>): Promise<void> {
    await room.project(round.workshopId);
    await live.reconsider([`board/${round.boardId}`]);
  }

  /** Counts and ends a round whose row this transaction holds. */
  async function finish(repositories: Repositories, round: StoredRound, closedAt: number): Promise<void> {
    const cast = await repositories.rounds.ballots(round.id);
    const result = tally({
      settings: round.settings,
      options: round.options,
      ballots: cast.map(({ ballot, organisationId, source, receipt }) => ({ ballot, organisationId, source, receipt })),
      organisations: await repositories.workshops.organisations(round.workshopId),
      eligible: round.eligible,
      receivedAfterClose: round.late,
    });
    await repositories.rounds.finish(round.id, { result, cast: cast.length, closedAt, secret: round.settings.secret });
  }

  /** Ends a round whose grace time is over; whoever comes first does it, all others find it done. */
  async function settle(id: string): Promise<void> {
    const done = await store.transaction(async (repositories) => {
      const round = await repositories.rounds.lock(id);
      if (round?.status !== 'closing' || round.closedAt === null) return null;
      if (!graceIsOver(round.closedAt, round.settings.graceSeconds, now())) return null;
      await finish(repositories, round, round.closedAt);
      return round;
    });
    if (!done) return;
    await store.checkpoint();
    await tell(done);
  }

  function settleLater(id: string, closesAt: number): void {
    clearTimeout(timers.get(id));
    const wait = setTimeout(
      () => {
        timers.delete(id);
        settle(id).catch((error: unknown) =>
          log.error({ err: error, round: id }, 'a round could not be ended after its grace time'),
        );
      },
      Math.max(0, closesAt - now()),
    );
    wait.unref();
    timers.set(id, wait);
  }

  /** The round as it is at this moment: one whose grace time ran out is ended first. */
  async function current(id: string): Promise<StoredRound | null> {
    const round = await store.rounds.byId(id);
    if (round?.status !== 'closing' || round.closesAt === null || now() < round.closesAt) return round;
    await settle(id);
    return store.rounds.byId(id);
  }

  async function visible(caller: Caller, id: string): Promise<Result<StoredRound>> {
    const round = await current(id);
    if (!round) return refuse(isNobody(caller) ? 'join-needed' : 'not-found');
    const workshop = await lookIn(store, caller, round.workshopId);
    return workshop.ok ? ok(round) : workshop;
  }

  async function led(caller: Caller, id: string): Promise<Result<StoredRound>> {
    const account = accountOf(caller, mayLead);
    return account.ok ? visible(caller, id) : account;
  }

  async function show(caller: Caller, round: StoredRound): Promise<ShownRound> {
    const person = participantIn(caller, round.workshopId)?.participantId ?? null;
    const { quorum, cut, graceSeconds, publish } = round.settings;
    return {
      ...seeRound(keptRound(round), { voterKey: person }),
      ...{ workshopId: round.workshopId, boardId: round.boardId, quorum, cut, graceSeconds, publish },
      voter: person !== null && (await store.rounds.seat(round.id, person)) !== null,
      openedAt: iso(round.openedAt),
      closedAt: iso(round.closedAt),
      closesAt: round.status === 'closing' ? iso(round.closesAt) : null,
    };
  }

  async function shown(caller: Caller, id: string): Promise<Result<ShownRound>> {
    const round = await visible(caller, id);
    return round.ok ? ok(await show(caller, round.value)) : round;
  }

  async function prepare(workshopId: string, input: NewRound): Promise<Result<PreparedRound>> {
    const settings = checkSettings(input);
    if (!settings.ok) return settings;
    const board = await store.workshops.board(input.boardId);
    if (board?.workshopId !== workshopId) return refuse('not-found');
    const chosen = input.optionIds ?? null;
    const options = pickOptions(await optionsOn(board, settings.value.of), chosen);
    if (!options.ok) return options;
    // A round may be prepared before anything is written; whether there is enough to choose from shows at the opening.
    if (options.value.length > OPTIONS_LIMIT) return refuse('too-many-options', { limit: OPTIONS_LIMIT });
    if (chosen !== null) {
      const enough = checkOptions(options.value, settings.value.method.kind);
      if (!enough.ok) return enough;
    }
    const id = newId();
    await store.rounds.insert({
      ...{ id, workshopId, boardId: board.id, settings: settings.value, chosen, options: options.value },
      ...{ status: 'draft', eligible: 0, cast: 0, late: 0, createdAt: now() },
      ...{ openedAt: null, closesAt: null, closedAt: null, result: null },
    });
    return ok({ id, options: options.value.map(({ id: option, text }) => ({ id: option, text })) });
  }

  return {
    ...ballots(deps, visible),
    ...roll(deps, visible),

    /** One round as the caller may see it: no figure but the turnout before the close, whoever asks. */
    view: shown,

    /** Every round of a workshop in the order of making; drafts only to those who may lead. */
    async list(caller: Caller, workshopId: string): Promise<Result<readonly ShownRound[]>> {
      const workshop = await lookIn(store, caller, workshopId);
      if (!workshop.ok) return workshop;
      const all: ShownRound[] = [];
      for (const { id, status } of await store.rounds.inWorkshop(workshopId)) {
        if (status === 'draft' && !isCrew(caller)) continue;
        const round = await current(id);
        if (round) all.push(await show(caller, round));
      }
      return ok(all);
    },

    /** A draft without asking who wants it: for a file that is brought in. Everybody else goes through `create`. */
    prepare,

    async create(caller: Caller, workshopId: string, input: NewRound): Promise<Result<PreparedRound>> {
      const workshop = await leadIn(store, caller, workshopId);
      if (!workshop.ok) return workshop;
      return workshop.value.status === 'closed' ? refuse('workshop-closed') : prepare(workshopId, input);
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

    /** Freezes settings, options and roll, and takes ballots from now on. */
    async open(caller: Caller, id: string): Promise<Result<ShownRound>> {
      const found = await led(caller, id);
      if (!found.ok) return found;
      const workshop = await store.workshops.byId(found.value.workshopId);
      const board = await store.workshops.board(found.value.boardId);
      if (!workshop || !board) return refuse('not-found');
      if (workshop.status === 'closed') return refuse('workshop-closed');
      const all = await optionsOn(board, found.value.settings.of);
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
          const people = (await participants.inWorkshop(round.workshopId)).map((person) => ({
            participantId: person.id,
            organisationId: person.organisationId,
          }));
          const seats = electorate(people, await workshops.organisations(round.workshopId)).map((seat) => ({
            ...seat,
            admittedLate: false,
          }));
          const key = round.settings.secret ? new Uint8Array(randomBytes(32)) : null;
          await repository.open(id, { options: options.value, seats, key, at: now() });
          return ok(null);
        },
      );
      if (!opened.ok) return opened;
      await tell(found.value);
      return shown(caller, id);
    },

    /** Ends the voting: at once, or after the grace time that was announced. */
    async close(caller: Caller, id: string): Promise<Result<ShownRound>> {
      const found = await led(caller, id);
      if (!found.ok) return found;
      const closed = await store.transaction(async (repositories): Promise<Result<{ closesAt: number | null }>> => {
        const round = await repositories.rounds.lock(id);
        if (!round) return refuse('not-found');
        const to = mayClose(round.status, round.settings);
        if (!to.ok) return to;
        const closedAt = now();
        if (to.value === 'closing') {
          const closesAt = closedAt + round.settings.graceSeconds * 1000;
          await repositories.rounds.startClosing(id, closedAt, closesAt);
          return ok({ closesAt });
        }
        await finish(repositories, round, closedAt);
        return ok({ closesAt: null });
      });
      if (!closed.ok) return closed;
      if (closed.value.closesAt === null) await store.checkpoint();
      else settleLater(id, closed.value.closesAt);
      await tell(found.value);
      return shown(caller, id);
    },

    /** After a start: rounds whose grace time ran out meanwhile are ended, the others when it does. */
    async resume(): Promise<void> {
      for (const { id, closesAt } of await store.rounds.closing()) {
        if (closesAt === null || closesAt <= now()) await settle(id);
        else settleLater(id, closesAt);
      }
    },
  };
}
