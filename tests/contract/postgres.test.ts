/** The store port's exam on PostgreSQL, in a cluster of the run's own. */
import { afterAll, describe } from 'vitest';
import { registerDeskContract } from './desk.ts';
import { registerFindingsContract } from './findings.ts';
import { registerLedViewsContract } from './led-views.ts';
import { registerInstancesContract } from './instances.ts';
import { registerLogContract } from './log.ts';
import { registerMaterialsContract } from './materials.ts';
import { registerPracticeContract } from './practice.ts';
import { registerPeopleContract } from './people.ts';
import { registerRoundsContract } from './rounds.ts';
import { registerDocumentsContract } from './documents.ts';
import { registerSnapshotsContract } from './snapshots.ts';
import { registerSplitsContract } from './splits.ts';
import { postgresEngine } from './stores.ts';
import { registerStrategiesContract } from './strategies.ts';
import { registerWorkshopsContract } from './workshops.ts';

const engine = postgresEngine();
afterAll(() => engine.stop());
if (engine.missing) console.warn(engine.missing);

describe.skipIf(engine.missing !== null)(`the store on ${engine.name}`, () => {
  registerPracticeContract(engine.open);
  registerPeopleContract(engine.open);
  registerMaterialsContract(engine.open);
  registerWorkshopsContract(engine.open);
  registerLedViewsContract(engine.open);
  registerLogContract(engine.open, engine.again);
  registerInstancesContract(engine.open, engine.again);
  registerRoundsContract(engine.open, engine.again);
  registerDeskContract(engine.open);
  registerDocumentsContract(engine.open);
  registerFindingsContract(engine.open);
  registerSnapshotsContract(engine.open);
  registerSplitsContract(engine.open);
  registerStrategiesContract(engine.open);
});
