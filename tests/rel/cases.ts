/** Every reliability case, in the order of the table in docs/reliability.md. */
import { access } from './access.ts';
import type { Case } from './case.ts';
import { crowds } from './crowd.ts';
import { durability } from './durability.ts';
import { input } from './input.ts';
import { instances } from './instances.ts';
import { upkeep } from './upkeep.ts';
import { secrecy } from './secrecy.ts';
import { votes } from './votes.ts';
import { web } from './web.ts';

export const cases: readonly Case[] = [
  ...durability,
  ...instances,
  ...upkeep,
  ...crowds,
  ...input,
  ...votes,
  ...secrecy,
  ...access,
  ...web,
];
