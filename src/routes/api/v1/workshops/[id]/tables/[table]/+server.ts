import { answer, readBody } from '../../../../answer.ts';
import { renamedTable } from '../../../../table-schemas.ts';
import type { RequestHandler } from './$types';

export const PATCH: RequestHandler = async (event) => {
  const body = await readBody(event, renamedTable);
  if (!body.ok) return answer(event, body);
  const { caller, app } = event.locals;
  return answer(event, await app.tables.rename(caller, event.params.id, event.params.table, body.value.name));
};
