/**
 * Who is here now: named cursors, who types where, what others are carrying. All of it is awareness, nothing is stored;
 * names are stamped by the server and cannot be chosen by a client. Each person is an object of their own, so that a
 * moving cursor draws one cursor and nothing else.
 */
import type { Awareness } from 'y-protocols/awareness';
import type { At } from '#core/board/schema.ts';

/** A note or group that somebody holds in the air, and where. */
export interface Carried {
  readonly id: string;
  readonly at: At;
}

/** What this page tells of itself, in the shape that the server lets pass; `user` is the server's to say. */
interface Told {
  cursor?: { zone: string; x: number; y: number } | null;
  /** The note that is open for writing. */
  editing?: string | null;
  /** Letters came in the last seconds. */
  typing?: boolean;
  drag?: { noteId: string; at: At } | null;
}

/** Hues that stay apart on light and dark; which one is nobody's choice. */
export const HUES = 8;

export class Peer {
  readonly clientId: number;
  /** The same for all tabs of a person who gave a name; names are the server's, ids of people never travel. */
  readonly key: string;
  readonly hue: number;
  name = $state<string | null>(null);
  organisation = $state<string | null>(null);
  cursor = $state.raw<At | null>(null);
  editing = $state<string | null>(null);
  typing = $state(false);
  carried = $state.raw<Carried | null>(null);

  constructor(clientId: number, key: string) {
    this.clientId = clientId;
    this.key = key;
    let sum = 0;
    for (const letter of key) sum = (sum * 31 + letter.charCodeAt(0)) >>> 0;
    this.hue = sum % HUES;
  }
}

/** Milliseconds between two messages about the cursor. */
const CURSOR_PACE = 100;

export class Presence {
  /** Everybody else on this document, as they came. */
  peers = $state.raw<readonly Peer[]>([]);
  #awareness: Awareness | null = null;
  #listeners = new Set<() => void>();
  #cursor: At | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sent = 0;

  /** One person a row, whatever number of tabs. */
  readonly people = $derived.by(() => {
    const people = new Map<string, Peer>();
    for (const peer of this.peers) if (!people.has(peer.key)) people.set(peer.key, peer);
    return [...people.values()];
  });

  /** Follows an awareness; returns how to stop. */
  bind(awareness: Awareness): () => void {
    this.#awareness = awareness;
    const change = ({ added, updated, removed }: Record<'added' | 'updated' | 'removed', number[]>) =>
      this.#apply(awareness, [...added, ...updated], removed);
    awareness.on('change', change);
    this.#apply(awareness, [...awareness.getStates().keys()], []);
    return () => {
      awareness.off('change', change);
      clearTimeout(this.#timer);
      this.#awareness = null;
      this.peers = [];
      this.#tell();
    };
  }

  /** Told when somebody begins, goes on or ends carrying or typing. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }

  #apply(awareness: Awareness, changed: readonly number[], removed: readonly number[]): void {
    const known = new Map(this.peers.map((peer) => [peer.clientId, peer]));
    let listed = false;
    for (const id of removed) listed = known.delete(id) || listed;
    for (const id of changed) {
      const state = awareness.getStates().get(id);
      if (id === awareness.clientID || !state) continue;
      const user = (state['user'] ?? {}) as Record<string, unknown>;
      const name = typeof user['name'] === 'string' ? user['name'] : null;
      const organisation = typeof user['organisation'] === 'string' ? user['organisation'] : null;
      const key = name === null ? String(id) : `${name}\n${organisation ?? ''}`;
      let peer = known.get(id);
      if (!peer || peer.key !== key) {
        peer = new Peer(id, key);
        known.set(id, peer);
        listed = true;
      }
      peer.name = name;
      peer.organisation = organisation;
      peer.cursor = cursorOf(state['cursor']);
      peer.editing = typeof state['editing'] === 'string' ? state['editing'] : null;
      peer.typing = state['typing'] === true;
      peer.carried = carriedOf(state['drag']);
    }
    if (listed) this.peers = [...known.values()];
    this.#tell();
  }

  #say(told: Told): void {
    const awareness = this.#awareness;
    if (!awareness) return;
    awareness.setLocalState({ ...awareness.getLocalState(), ...told });
  }

  /** At most ten times a second; the last place always arrives. */
  moveCursor(at: At | null): void {
    this.#cursor = at;
    if (this.#timer !== undefined) return;
    const wait = Math.max(0, CURSOR_PACE - (Date.now() - this.#sent));
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#sent = Date.now();
      const at = this.#cursor;
      this.#say({ cursor: at && { zone: at[0], x: Math.round(at[1]), y: Math.round(at[2]) } });
    }, wait);
  }

  /** Which note is open here, and whether letters are coming. */
  write(noteId: string | null, typing: boolean): void {
    const now = this.#awareness?.getLocalState();
    if ((now?.['editing'] ?? null) === noteId && (now?.['typing'] ?? false) === typing) return;
    this.#say({ editing: noteId, typing });
  }

  /** The provider sends at most one message per 40 ms, whatever is said in between. */
  carry(carried: Carried | null): void {
    this.#say({ drag: carried && { noteId: carried.id, at: carried.at } });
  }
}

/** Awareness comes from clients: only what has the right shape is shown. */
function cursorOf(value: unknown): At | null {
  if (typeof value !== 'object' || value === null) return null;
  const { zone, x, y } = value as Record<string, unknown>;
  return placeOf([zone, x, y]);
}

function placeOf(value: unknown): At | null {
  if (!Array.isArray(value) || value.length !== 3) return null;
  const [zone, x, y] = value as unknown[];
  return typeof zone === 'string' && Number.isFinite(x) && Number.isFinite(y) ? [zone, x as number, y as number] : null;
}

function carriedOf(value: unknown): Carried | null {
  if (typeof value !== 'object' || value === null) return null;
  const { noteId, at } = value as Record<string, unknown>;
  const place = placeOf(at);
  return typeof noteId === 'string' && place ? { id: noteId, at: place } : null;
}
