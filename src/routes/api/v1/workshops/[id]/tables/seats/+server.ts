import { answer, readBody } from '../../../../answer.ts';
import { seat } from '../../../../table-schemas.ts';
import type { RequestHandler } from './$types';

export const PUT: RequestHandler = async (event) => {
  const body = await readBody(event, seat);
  if (!body.ok) return answer(event, body);
  const { participantId, tableId } = body.value;
  const { caller, app } = event.locals;
  return answer(event, await app.tables.move(caller, event.params.id, participantId, tableId));
};
