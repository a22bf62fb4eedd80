/** For whoever watches the server: figures without a text, a name or a choice, and still not for everybody. */
import { refuse } from '#core/result.ts';
import { answerRefusal } from '../api/v1/answer.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { account } = event.locals.caller;
  if (account?.role !== 'admin') {
    const isSomebody = account !== null || event.locals.caller.participants.length > 0;
    return answerRefusal(event, refuse(isSomebody ? 'forbidden' : 'sign-in-needed').refusal);
  }
  const { metrics } = event.locals.app;
  return new Response(await metrics.text(), {
    headers: { 'content-type': metrics.contentType, 'cache-control': 'no-store' },
  });
};
