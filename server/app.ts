/**
 * The composed App: what pages and API reach as `event.locals.app`. Pages know its type only; the one instance is made by
 * server/main.ts (or server/dev.ts) and handed over through globalThis, because Kit's bundle and these files are two
 * module graphs.
 */
import type { Logger } from 'pino';
import type { Provider } from './auth/provider.ts';
import type { Config } from './config.ts';
import type { Metrics } from './metrics.ts';
import type { accounts } from './usecases/accounts.ts';
import type { audit } from './usecases/audit.ts';
import type { boards } from './usecases/boards.ts';
import type { carrying } from './usecases/carrying.ts';
import type { documents } from './usecases/documents.ts';
import type { drafts } from './usecases/drafts.ts';
import type { exports_ } from './usecases/exports.ts';
import type { following } from './usecases/following.ts';
import type { identify } from './usecases/identify.ts';
import type { joining } from './usecases/joining.ts';
import type { leading } from './usecases/leading.ts';
import type { materials } from './usecases/materials.ts';
import type { grouping } from './usecases/grouping.ts';
import type { pairing } from './usecases/pairing.ts';
import type { practice } from './usecases/practice.ts';
import type { rehearsal } from './usecases/rehearsal.ts';
import type { templates } from './usecases/shapes.ts';
import type { privacy } from './usecases/privacy.ts';
import type { reviewing } from './usecases/reviewing.ts';
import type { revealing } from './usecases/revealing.ts';
import type { rounds } from './usecases/rounds.ts';
import type { snapshots } from './usecases/snapshots.ts';
import type { stages } from './usecases/stages.ts';
import type { strategies } from './usecases/strategies.ts';
import type { tables } from './usecases/tables.ts';
import type { transfer } from './usecases/transfer.ts';
import type { members } from './usecases/members.ts';
import type { remarks } from './usecases/remarks.ts';
import type { sections } from './usecases/sections.ts';
import type { tracing } from './usecases/tracing.ts';
import type { versions } from './usecases/versions.ts';
import type { workshops } from './usecases/workshops.ts';

export interface App {
  readonly config: Config;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** Sign-in by an office's own accounts; null: switched off. */
  readonly provider: Provider | null;
  readonly identify: ReturnType<typeof identify>;
  readonly accounts: ReturnType<typeof accounts>;
  readonly workshops: ReturnType<typeof workshops>;
  readonly joining: ReturnType<typeof joining>;
  readonly stages: ReturnType<typeof stages>;
  readonly leading: ReturnType<typeof leading>;
  readonly following: ReturnType<typeof following>;
  readonly revealing: ReturnType<typeof revealing>;
  readonly carrying: ReturnType<typeof carrying>;
  readonly grouping: ReturnType<typeof grouping>;
  readonly pairing: ReturnType<typeof pairing>;
  readonly reviewing: ReturnType<typeof reviewing>;
  readonly rehearsal: ReturnType<typeof rehearsal>;
  readonly templates: ReturnType<typeof templates>;
  readonly boards: ReturnType<typeof boards>;
  readonly rounds: ReturnType<typeof rounds>;
  readonly snapshots: ReturnType<typeof snapshots>;
  readonly strategies: ReturnType<typeof strategies>;
  readonly drafts: ReturnType<typeof drafts>;
  readonly versions: ReturnType<typeof versions>;
  readonly tracing: ReturnType<typeof tracing>;
  readonly sections: ReturnType<typeof sections>;
  readonly remarks: ReturnType<typeof remarks>;
  readonly members: ReturnType<typeof members>;
  readonly exports: ReturnType<typeof exports_>;
  readonly documents: ReturnType<typeof documents>;
  readonly privacy: ReturnType<typeof privacy>;
  readonly audit: ReturnType<typeof audit>;
  readonly tables: ReturnType<typeof tables>;
  readonly materials: ReturnType<typeof materials>;
  readonly practice: ReturnType<typeof practice>;
  readonly transfer: ReturnType<typeof transfer>;
  /** Whether an error says that the store cannot be reached. */
  isStoreAway(error: unknown): boolean;
  /** Which parts answer; the door behind /readyz. */
  ready(): Promise<{ readonly store: boolean; readonly bus: boolean }>;
}

const KEY = Symbol.for('ashar.app');

/** Hands the App over to the pages' module graph. */
export function publishApp(app: App): void {
  (globalThis as { [KEY]?: App })[KEY] = app;
}
