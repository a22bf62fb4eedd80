/** The roll of a round as who leads sees it: who may vote and who came too late to; never who has voted. */
import type { Caller } from '#core/people/caller.ts';
import { doublesOf } from '#core/voting/doubles.ts';
import { ok, refuse, type Result } from '#core/result.ts';
import { mayEdit } from '#core/voting/round.ts';
import type { RoundDeed } from '../store/round-log.ts';
import type { StoredRound } from '../store/rounds.ts';
import type { Deps } from './deps.ts';
import { accountOf } from './doors.ts';

export interface RollEntry {
  readonly participantId: string;
  /** null where the person stayed nameless. */
  readonly name: string | null;
  readonly organisationId: string | null;
  readonly voter: boolean;
  readonly admittedLate: boolean;
  /** Taken off before the opening, as a double. */
  readonly struck: boolean;
  /** Leads as well: votes only where the round says so. */
  readonly crew: boolean;
  /** The number of a group of people who may be one and the same; null: nobody like them. */
  readonly double: number | null;
}

/** A line of a round's log: what somebody did, when, to whom. */
export interface LoggedDeed {
  readonly kind: RoundDeed;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** null: the round's own clock, or somebody whose account is gone. */
  readonly by: string | null;
  readonly whom: string | null;
  readonly detail: string | null;
}

export function roll(
  { store, room, now }: Deps,
  visible: (caller: Caller, id: string) => Promise<Result<StoredRound>>,
) {
  return {
    /** Everybody in the workshop, first joined first; before the opening nobody stands on the roll yet. */
    async roll(caller: Caller, id: string): Promise<Result<readonly RollEntry[]>> {
      const account = accountOf(caller, 'roll.read');
      const round = account.ok ? await visible(caller, id) : account;
      if (!round.ok) return round;
      const seats = new Map((await store.rounds.roll(id)).map((seat) => [seat.participantId, seat]));
      const people = await store.participants.inWorkshop(round.value.workshopId);
      const struck = await store.rounds.struck(id);
      const double = new Map(doublesOf(people).flatMap((group, at) => group.map((person) => [person, at] as const)));
      return ok(
        people.map((person) => {
          const seat = seats.get(person.id);
          return {
            participantId: person.id,
            name: person.name,
            organisationId: seat ? seat.organisationId : person.organisationId,
            voter: seat !== undefined,
            admittedLate: seat?.admittedLate ?? false,
            struck: struck.has(person.id),
            crew: person.crew ?? false,
            double: double.get(person.id) ?? null,
          };
        }),
      );
    },

    /** Puts somebody on the roll who came after the opening: a person's act, and on record. */
    async admit(caller: Caller, id: string, participantId: string): Promise<Result<RollEntry>> {
      const account = accountOf(caller, 'roll.change');
      const found = account.ok ? await visible(caller, id) : account;
      if (!found.ok) return found;
      const person = await store.participants.byId(participantId);
      if (person?.workshopId !== found.value.workshopId || person.removedAt !== null) return refuse('not-found');
      const admitted = await store.transaction(async ({ rounds }): Promise<Result<null>> => {
        const round = await rounds.lock(id);
        if (round?.status !== 'open' && round?.status !== 'closing')
          return refuse(round?.status === 'closed' ? 'round-closed' : 'round-not-open');
        if (person.crew && !round.settings.crewVotes) return refuse('crew-without-vote');
        if (await rounds.admit(id, participantId, person.organisationId))
          await rounds.record(id, {
            kind: 'admitted',
            at: now(),
            accountId: account.ok ? account.value.accountId : null,
            participantId,
          });
        return ok(null);
      });
      if (!admitted.ok) return admitted;
      await room.project(found.value.workshopId);
      const seat = await store.rounds.seat(id, participantId);
      return ok({
        participantId,
        name: person.name,
        organisationId: person.organisationId,
        voter: true,
        admittedLate: seat?.admittedLate ?? true,
        struck: false,
        crew: person.crew ?? false,
        double: null,
      });
    },

    /** Takes a double off the roll before the opening, or puts them back: a person's act, and on record. */
    async strike(caller: Caller, id: string, participantId: string, struck: boolean): Promise<Result<null>> {
      const account = accountOf(caller, 'roll.strike');
      if (!account.ok) return account;
      const found = await visible(caller, id);
      if (!found.ok) return found;
      const person = await store.participants.byId(participantId);
      if (person?.workshopId !== found.value.workshopId) return refuse('not-found');
      return store.transaction(async ({ rounds }): Promise<Result<null>> => {
        const round = await rounds.lock(id);
        const draft = round ? mayEdit(round.status) : refuse('not-found');
        if (!draft.ok) return draft;
        if (await rounds.strike(id, participantId, struck))
          await rounds.record(id, {
            kind: struck ? 'struck' : 'unstruck',
            at: now(),
            accountId: account.value.accountId,
            participantId,
          });
        return ok(null);
      });
    },

    /** What people did with the round, in order; never who has voted. */
    async log(caller: Caller, id: string): Promise<Result<readonly LoggedDeed[]>> {
      const account = accountOf(caller, 'round.log');
      const found = account.ok ? await visible(caller, id) : account;
      if (!found.ok) return found;
      const deeds = await store.rounds.recorded(id);
      return ok(
        await Promise.all(
          deeds.map(async ({ kind, at, accountId, participantId, detail }) => ({
            ...{ kind, at: new Date(at).toISOString(), detail },
            by: accountId === null ? null : ((await store.accounts.byId(accountId))?.name ?? null),
            whom: participantId === null ? null : ((await store.participants.byId(participantId))?.name ?? null),
          })),
        ),
      );
    },
  };
}
