/**
 * The copy of a document on the device, in IndexedDB: what was typed survives a reload without network. One copy for each
 * document and person, so that people who share a device one after another never see or send each other's unsent words.
 * Storage may be missing or forbidden (private mode): then everything works, but only while the page is open.
 */
import { IndexeddbPersistence } from 'y-indexeddb';
import type * as Y from 'yjs';

const PREFIX = 'ashar:';
const NAMES = 'ashar-replicas';
/** Milliseconds that a slow device may take to read its copy before the page goes on without. */
const PATIENCE = 2_500;

let probed: Promise<boolean> | undefined;

/** Whether this browser lets us keep anything. Asked once: y-indexeddb itself leaves the rejection unhandled. */
function mayStore(): Promise<boolean> {
  probed ??= new Promise((resolve) => {
    try {
      const request = indexedDB.open('ashar-probe');
      request.onsuccess = () => {
        request.result.close();
        resolve(true);
      };
      request.onerror = () => resolve(false);
      request.onblocked = () => resolve(false);
    } catch {
      resolve(false);
    }
  });
  return probed;
}

export interface Replica {
  /** Keys that were changed here and not acknowledged when the page was last open. */
  readonly unsent: readonly string[];
  keepUnsent(keys: readonly string[]): void;
  close(): Promise<void>;
  /** Deletes the copy. */
  drop(): Promise<void>;
}

/** Reads the copy into `doc` and keeps it up to date; null where nothing can be kept. */
export async function openReplica(document: string, personId: string, doc: Y.Doc): Promise<Replica | null> {
  if (!(await mayStore())) return null;
  const name = `${PREFIX}${document}:${personId}`;
  remember(name);
  const store = new IndexeddbPersistence(name, doc);
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), PATIENCE));
  if (!(await Promise.race([store.whenSynced, late]))) {
    await store.destroy();
    return null;
  }
  const unsent: unknown = await store.get('unsent').catch(() => null);
  return {
    unsent: Array.isArray(unsent) ? unsent.filter((key) => typeof key === 'string') : [],
    keepUnsent: (keys) => void store.set('unsent', [...keys] as unknown as string).catch(() => null),
    close: async () => void (await store.destroy()),
    drop: () => store.clearData(),
  };
}

/** Deletes every copy of a person on this device: they leave, and the next one starts afresh. */
export function dropReplicasOf(personId: string): void {
  const kept: string[] = [];
  for (const name of remembered()) {
    if (name.endsWith(`:${personId}`)) indexedDB.deleteDatabase(name);
    else kept.push(name);
  }
  write(kept);
}

function remembered(): string[] {
  try {
    const names: unknown = JSON.parse(localStorage.getItem(NAMES) ?? '[]');
    return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
  } catch {
    return [];
  }
}

function remember(name: string): void {
  const names = remembered();
  if (!names.includes(name)) write([...names, name]);
}

function write(names: readonly string[]): void {
  try {
    localStorage.setItem(NAMES, JSON.stringify(names));
  } catch {
    // Storage is full or forbidden; the names only serve the clearing on leaving.
  }
}
