import type { RequestHandler } from './$types';

/** 200 while the process lives. */
export const GET: RequestHandler = () => new Response('ok', { headers: { 'cache-control': 'no-store' } });
