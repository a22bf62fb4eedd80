/** The practice note and the practice vote at the door: one's own, seen by nobody else, gone with the welcome stage. */
import { checkText } from '#core/board/edit.ts';
import { participantIn, type Caller } from '#core/people/caller.ts';
import { ok, refuse, type Result } from '#core/result.ts';
import { PRACTICE_CHOICES } from '#core/stage/practice.ts';
import type { Practice } from '../store/practice.ts';
import { passTo } from './doors.ts';
import type { Deps } from './deps.ts';

export function practice({ store, room }: Pick<Deps, 'store' | 'room'>) {
  return {
    async own(caller: Caller, workshopId: string): Promise<Result<Practice>> {
      const found = await passTo(store, caller, workshopId, 'signal.give');
      const person = participantIn(caller, workshopId);
      if (!found.ok || !person) return found.ok ? refuse('join-needed') : found;
      return ok(await store.practice.of(workshopId, person.participantId));
    },

    /** null takes it back; what is left out stays. */
    async put(
      caller: Caller,
      workshopId: string,
      given: { readonly note?: string | null | undefined; readonly choice?: string | null | undefined },
    ): Promise<Result<Practice>> {
      const found = await passTo(store, caller, workshopId, 'signal.give');
      const person = participantIn(caller, workshopId);
      if (!found.ok || !person) return found.ok ? refuse('join-needed') : found;
      const text = given.note == null ? ok(given.note) : checkText(given.note);
      if (!text.ok) return text;
      const { choice } = given;
      if (choice != null && !PRACTICE_CHOICES.some((one) => one === choice)) return refuse('choice-unknown');
      const kept = await store.practice.put(workshopId, person.participantId, {
        ...(text.value !== undefined && { note: text.value }),
        ...(choice !== undefined && { choice }),
      });
      if (!kept) return refuse('stage-passed');
      room.soon(workshopId);
      return ok(await store.practice.of(workshopId, person.participantId));
    },
  };
}
