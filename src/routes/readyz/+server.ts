import type { RequestHandler } from './$types';

/** 200 when store and bus answer, else 503 naming which does not. */
export const GET: RequestHandler = async ({ locals }) => {
  const parts = await locals.app.ready();
  return Response.json(parts, {
    status: parts.store && parts.bus ? 200 : 503,
    headers: { 'cache-control': 'no-store' },
  });
};
