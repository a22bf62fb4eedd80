/**
 * One socket for all documents of a page, and what people are told about it: live, reconnecting, offline, and how many
 * of their changes are not sent yet. Sixty phones that lose the Wi-Fi together come back one after another: the waits
 * grow, and chance spreads them.
 */
import { HocuspocusProviderWebsocket, WebSocketStatus } from '@hocuspocus/provider';
import { SvelteSet } from 'svelte/reactivity';

export type ConnectionState = 'live' | 'reconnecting' | 'offline';

/** What a document tells its connection; see document.svelte.ts. */
export interface Unsent {
  readonly unsent: number;
}

/** Milliseconds without a connection after which it is called offline rather than reconnecting. */
const PATIENCE = 8_000;
/** Milliseconds that a change may stay unsent before it is said, while the connection lives. */
const NOTICEABLE = 1_500;
/** Milliseconds without any frame from the server after which the socket is taken for dead (it says something every four seconds). */
const SILENCE = 9_000;

export class Connection {
  state = $state<ConnectionState>('reconnecting');
  readonly socket: HocuspocusProviderWebsocket;
  readonly #documents = new SvelteSet<Unsent>();
  readonly unsent = $derived.by(() => [...this.#documents].reduce((sum, document) => sum + document.unsent, 0));
  /** What people are told: an edit that is answered within a moment is not worth a word. */
  shownUnsent = $state(0);
  #patience: ReturnType<typeof setTimeout> | undefined;
  readonly #stop: () => void;
  readonly #unwatch: () => void;

  constructor(url: string) {
    this.socket = new HocuspocusProviderWebsocket({
      url,
      delay: 1_000,
      minDelay: 500,
      maxDelay: 15_000,
      factor: 1.7,
      jitter: true,
      messageReconnectTimeout: SILENCE,
      onStatus: ({ status }) => this.#saw(status),
    });
    const online = () => this.#retry();
    const offline = () => this.#lose();
    // A phone that wakes up or finds its network again does not wait for the next try.
    const visible = () => document.visibilityState === 'visible' && this.#retry();
    addEventListener('online', online);
    addEventListener('offline', offline);
    document.addEventListener('visibilitychange', visible);
    this.#stop = () => {
      removeEventListener('online', online);
      removeEventListener('offline', offline);
      document.removeEventListener('visibilitychange', visible);
    };
    this.#wait();
    this.#unwatch = $effect.root(() => {
      $effect(() => {
        const { unsent, state } = this;
        const wait = unsent === 0 || state !== 'live' ? 0 : NOTICEABLE;
        const timer = setTimeout(() => (this.shownUnsent = unsent), wait);
        return () => clearTimeout(timer);
      });
    });
  }

  carry(document: Unsent): () => void {
    this.#documents.add(document);
    return () => this.#documents.delete(document);
  }

  #saw(status: WebSocketStatus): void {
    if (status === WebSocketStatus.Connected) {
      clearTimeout(this.#patience);
      this.state = 'live';
    } else if (this.state === 'live') {
      this.state = navigator.onLine ? 'reconnecting' : 'offline';
      this.#wait();
    }
  }

  #wait(): void {
    clearTimeout(this.#patience);
    this.#patience = setTimeout(() => {
      if (this.state === 'reconnecting') this.state = 'offline';
    }, PATIENCE);
  }

  /** The device says that it has no network: do not wait for the socket to find out. */
  #lose(): void {
    this.state = 'offline';
    clearTimeout(this.#patience);
    // The provider closes it in its own time; a socket closed from here is noticed at once.
    this.socket.webSocket?.close();
  }

  #retry(): void {
    if (this.state === 'live' || !this.socket.shouldConnect) return;
    this.state = 'reconnecting';
    this.#wait();
    void this.socket.connect();
  }

  destroy(): void {
    clearTimeout(this.#patience);
    this.#stop();
    this.#unwatch();
    this.socket.destroy();
  }
}

/** The live path of the host that served the page. */
export function liveUrl(): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/live`;
}
