/** What is on record about one participant, as a file: for themselves, and for whoever answers their request. */
import { answerRefusal } from '../../../../api/v1/answer.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { workshop, person } = event.params;
  const data = await event.locals.app.privacy.personData(event.locals.caller, workshop, person);
  if (!data.ok) return answerRefusal(event, data.refusal);
  return new Response(`${JSON.stringify(data.value, null, 2)}\n`, {
    headers: {
      'content-type': 'application/json',
      'content-disposition': 'attachment; filename="ashar-person.json"',
      'cache-control': 'private, no-store',
    },
  });
};
