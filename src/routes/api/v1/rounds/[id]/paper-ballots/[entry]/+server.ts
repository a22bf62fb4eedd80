import { answer, readBody } from '../../../../answer.ts';
import { ballot } from '../../../../voting-schemas.ts';
import type { RequestHandler } from './$types';

/** The same ballot again, by a second person: it is counted. */
export const PUT: RequestHandler = async (event) => {
  const body = await readBody(event, ballot);
  if (!body.ok) return answer(event, body);
  const { clientKey, castAt: _later, ...sent } = body.value;
  const { id, entry } = event.params;
  return answer(
    event,
    await event.locals.app.rounds.confirmAtDesk(event.locals.caller, id, entry, { body: sent, clientKey }),
  );
};

export const DELETE: RequestHandler = async (event) =>
  answer(event, await event.locals.app.rounds.withdrawAtDesk(event.locals.caller, event.params.id, event.params.entry));
