/** Every reliability case, in the order of the table in docs/reliability.md. */
import type { Case } from './case.ts';
import { durability } from './durability.ts';
import { instances } from './instances.ts';

export const cases: readonly Case[] = [...durability, ...instances];
