/** The log of actions whole, one JSON object a line, as it is stored: whoever has it can count its chain again. */
import { answerRefusal } from '../../../api/v1/answer.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const lines = await event.locals.app.audit.lines(event.locals.caller);
  if (!lines.ok) return answerRefusal(event, lines.refusal);
  return new Response(lines.value, {
    headers: {
      'content-type': 'application/x-ndjson',
      'content-disposition': 'attachment; filename="ashar-audit.jsonl"',
      'cache-control': 'private, no-store',
    },
  });
};
