/**
 * The store as the use cases see it: one repository a noun, and transactions over all of them. tests/contract is its
 * exam, run on SQLite and on PostgreSQL; whatever passes may stand behind it.
 */
import type { UpdateLog } from '../live/ports.ts';
import type { accountStore } from './accounts.ts';
import type { auditStore } from './audit.ts';
import type { documentStore } from './documents.ts';
import type { findingStore } from './findings.ts';
import type { materialStore } from './materials.ts';
import type { noteStore } from './notes.ts';
import type { participantStore } from './participants.ts';
import type { practiceStore } from './practice.ts';
import type { privacyStore } from './privacy.ts';
import type { revocationStore } from './revocations.ts';
import type { roundStore } from './rounds.ts';
import type { signalStore } from './signals.ts';
import type { StoreSize } from './size.ts';
import type { snapshotStore } from './snapshots.ts';
import type { splitStore } from './splits.ts';
import type { strategyStore } from './strategies.ts';
import type { templateStore } from './templates.ts';
import type { translationStore } from './translations.ts';
import type { workingGroupStore } from './working-group.ts';
import type { workshopStore } from './workshops.ts';

export interface Repositories {
  readonly accounts: ReturnType<typeof accountStore>;
  readonly audit: ReturnType<typeof auditStore>;
  readonly practice: ReturnType<typeof practiceStore>;
  readonly privacy: ReturnType<typeof privacyStore>;
  readonly revocations: ReturnType<typeof revocationStore>;
  readonly workshops: ReturnType<typeof workshopStore>;
  readonly participants: ReturnType<typeof participantStore>;
  readonly materials: ReturnType<typeof materialStore>;
  readonly notes: ReturnType<typeof noteStore>;
  readonly papers: ReturnType<typeof documentStore>;
  readonly findings: ReturnType<typeof findingStore>;
  readonly rounds: ReturnType<typeof roundStore>;
  readonly signals: ReturnType<typeof signalStore>;
  readonly snapshots: ReturnType<typeof snapshotStore>;
  readonly splits: ReturnType<typeof splitStore>;
  readonly strategies: ReturnType<typeof strategyStore>;
  readonly templates: ReturnType<typeof templateStore>;
  readonly translations: ReturnType<typeof translationStore>;
  readonly workingGroup: ReturnType<typeof workingGroupStore>;
}

export interface Store extends Repositories {
  readonly kind: 'sqlite' | 'postgres';
  readonly log: UpdateLog;
  /** All or nothing. On SQLite the write lock is held from the start; on PostgreSQL repositories lock the rows they decide on. */
  transaction<T>(work: (repositories: Repositories) => Promise<T>): Promise<T>;
  /** Names of documents that have anything in the log. */
  documents(): Promise<string[]>;
  size(): Promise<StoreSize>;
  /** What the engine says of its own file; null: nothing wrong. */
  integrity(): string | null;
  /** Rejects when the store does not answer. */
  ready(): Promise<void>;
  /** What the store is called by all instances that share it; random, made with the store. */
  name(): Promise<string>;
  /** Work that one instance does for all: not done, and false, while another one is at it. */
  alone(name: string, work: () => Promise<void>): Promise<boolean>;
  /** Empties SQLite's write-ahead log into the file, so that what was destroyed is not left there; nothing on PostgreSQL. */
  checkpoint(): Promise<void>;
  close(): Promise<void>;
}
