import { answer, readBody } from '../answer.ts';
import { savedTemplate } from '../schemas.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const all = await event.locals.app.templates.list(event.locals.caller);
  if (!all.ok) return answer(event, all);
  const value = all.value.map(({ id, name, zones, stages }) => ({
    id,
    name,
    zones: zones.map((zone) => ({ id: zone.id, name: zone.name })),
    stages,
  }));
  return answer(event, { ok: true, value });
};

/** A workshop's boards and agenda, saved under a name. */
export const POST: RequestHandler = async (event) => {
  const body = await readBody(event, savedTemplate);
  if (!body.ok) return answer(event, body);
  return answer(
    event,
    await event.locals.app.templates.save(event.locals.caller, body.value.workshopId, body.value.name),
    201,
  );
};
