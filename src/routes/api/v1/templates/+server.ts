import { json } from '@sveltejs/kit';
import { TEMPLATES } from '#core/templates/index.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = () =>
  json(TEMPLATES.map(({ id, name, zones, stages }) => ({ id, name, zones: zones.map((zone) => ({ id: zone.id, name: zone.name })), stages })));
