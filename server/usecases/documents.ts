/** What people type for documents: the particulars of a workshop's minutes. All else in them is read from the workshop. */
import { NO_FIELDS, type MinutesFields } from '#core/export/minutes.ts';
import { cleanLine } from '#core/export/text.ts';
import type { Caller } from '#core/people/caller.ts';
import { ok, type Result } from '#core/result.ts';
import type { Deps } from './deps.ts';
import { passTo } from './doors.ts';

export function documents({ store }: Pick<Deps, 'store'>) {
  return {
    async minutes(caller: Caller, workshopId: string): Promise<Result<MinutesFields>> {
      const found = await passTo(store, caller, workshopId, 'workshop.export');
      return found.ok ? ok((await store.papers.minutes(workshopId)) ?? NO_FIELDS) : found;
    },
    async keepMinutes(caller: Caller, workshopId: string, typed: MinutesFields): Promise<Result<MinutesFields>> {
      const found = await passTo(store, caller, workshopId, 'workshop.export');
      if (!found.ok) return found;
      const fields = {
        number: cleanLine(typed.number),
        place: cleanLine(typed.place),
        chair: cleanLine(typed.chair),
        secretary: cleanLine(typed.secretary),
      };
      await store.papers.keepMinutes(workshopId, fields);
      return ok(fields);
    },
  };
}
