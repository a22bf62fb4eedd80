/** Every operation of the API, and the statuses each may answer with. */
import { LEADING } from './leading.ts';
import type { Method, Operation, Operations } from './operation.ts';
import { CARRYING } from './carrying.ts';
import { DOCUMENTS } from './documents.ts';
import { DRAFTS } from './drafts.ts';
import { MATERIALS } from './materials.ts';
import { TABLES } from './tables.ts';
import { STRATEGIES } from './strategies.ts';
import { VOTING } from './voting.ts';
import { WORKSHOPS } from './workshops.ts';

export const OPERATIONS: Operations = {
  ...WORKSHOPS,
  ...LEADING,
  ...CARRYING,
  ...TABLES,
  ...MATERIALS,
  ...VOTING,
  ...STRATEGIES,
  ...DRAFTS,
  ...DOCUMENTS,
  '/openapi.json': { get: { summary: 'This description', who: 'anyone' } },
};

/** Those of success first. */
export function statusesOf(path: string, method: Method, operation: Operation): readonly number[] {
  const refused = new Set(operation.refused ?? []);
  if (operation.body ?? operation.upload) refused.add(400).add(413);
  if (operation.who !== 'anyone') refused.add(401).add(403);
  if (method !== 'get') refused.add(403);
  if (path.includes('{') && operation.who !== 'anyone') refused.add(404);
  return [...(operation.done ?? [200]), ...[...refused].sort()];
}

/** The described path that a path below /api/v1 belongs to; null where there is none. Names win over parameters. */
export function describedPath(path: string): string | null {
  const fits = Object.keys(OPERATIONS).filter((one) =>
    new RegExp(`^${one.replace(/[.]/g, '\\.').replace(/\{\w+\}/g, '[^/]+')}$`).test(path),
  );
  return fits.sort((a, b) => a.split('{').length - b.split('{').length)[0] ?? null;
}
