/** The roll of a round as who leads sees it: who may vote and who came too late to; never who has voted. */
import { isCrew, isStaff, mayLead, type Caller } from '#core/people/caller.ts';
import { ok, refuse, type Result } from '#core/result.ts';
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
}

export function roll({ store, room }: Deps, visible: (caller: Caller, id: string) => Promise<Result<StoredRound>>) {
  return {
    /** Everybody in the workshop, first joined first; before the opening nobody stands on the roll yet. */
    async roll(caller: Caller, id: string): Promise<Result<readonly RollEntry[]>> {
      const account = accountOf(caller, isCrew);
      const round = account.ok ? await visible(caller, id) : account;
      if (!round.ok) return round;
      const seats = new Map((await store.rounds.roll(id)).map((seat) => [seat.participantId, seat]));
      const people = await store.participants.inWorkshop(round.value.workshopId);
      return ok(
        people.map((person) => {
          const seat = seats.get(person.id);
          return {
            participantId: person.id,
            name: person.name,
            organisationId: seat ? seat.organisationId : person.organisationId,
            voter: seat !== undefined,
            admittedLate: seat?.admittedLate ?? false,
          };
        }),
      );
    },

    /** Puts somebody on the roll who came after the opening: a person's act, and on record. */
    async admit(caller: Caller, id: string, participantId: string): Promise<Result<RollEntry>> {
      const account = accountOf(caller, (one) => mayLead(one) || isStaff(one));
      const found = account.ok ? await visible(caller, id) : account;
      if (!found.ok) return found;
      const person = await store.participants.byId(participantId);
      if (person?.workshopId !== found.value.workshopId || person.removedAt !== null) return refuse('not-found');
      const admitted = await store.transaction(async ({ rounds }): Promise<Result<null>> => {
        const round = await rounds.lock(id);
        if (round?.status !== 'open' && round?.status !== 'closing')
          return refuse(round?.status === 'closed' ? 'round-closed' : 'round-not-open');
        await rounds.admit(id, participantId, person.organisationId);
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
      });
    },
  };
}
