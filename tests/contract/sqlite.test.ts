/** The store port's exam on SQLite. */
import { afterAll, describe } from 'vitest';
import { registerRoundsContract } from './rounds.ts';
import { registerSnapshotsContract } from './snapshots.ts';
import { sqliteEngine } from './stores.ts';
import { registerStrategiesContract } from './strategies.ts';

const engine = sqliteEngine();
afterAll(() => engine.stop());
if (engine.missing) console.warn(engine.missing);

describe.skipIf(engine.missing !== null)(`the store on ${engine.name}`, () => {
  registerRoundsContract(engine.open, engine.again);
  registerSnapshotsContract(engine.open);
  registerStrategiesContract(engine.open);
});
