import { json } from '@sveltejs/kit';
import { describe } from './describe.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals }) =>
  json(describe(locals.app.transfer.schema), { headers: { 'cache-control': 'no-cache' } });
