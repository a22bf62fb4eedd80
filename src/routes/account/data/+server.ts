/** Everything on record about whoever asks: their account, and each workshop that this browser took part in. */
import { answerRefusal } from '../../api/v1/answer.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const data = await event.locals.app.privacy.ownData(event.locals.caller);
  if (!data.ok) return answerRefusal(event, data.refusal);
  return new Response(`${JSON.stringify(data.value, null, 2)}\n`, {
    headers: {
      'content-type': 'application/json',
      'content-disposition': 'attachment; filename="ashar-my-data.json"',
      'cache-control': 'private, no-store',
    },
  });
};
