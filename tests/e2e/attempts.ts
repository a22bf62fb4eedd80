/**
 * The doors to a board, each with its own way of trying a change: a stock Hocuspocus client, a stock y-websocket client and
 * a script at the API. Each attempt is a replica of its own, because a client that was refused stays refused.
 */
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider';
import WebSocket from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { createNote, groupNotes, moveNote, replaceText, textOf } from '#core/board/edit.ts';
import type { Client } from './client.ts';

export interface Target {
  readonly port: number;
  readonly boardId: string;
  readonly mine: string;
  readonly theirs: string;
  readonly zones: readonly string[];
}

/** One change that a permission is about. */
export type Writing = 'add' | 'editOwn' | 'editAny' | 'move' | 'group';

let turn = 0;

/** Never the same twice: a change that changes nothing is no test. */
function change(doc: Y.Doc, what: Writing, { mine, theirs, zones }: Target): void {
  turn += 1;
  const reword = (id: string) => {
    const text = textOf(doc, id);
    if (text) replaceText(text, `${String(text).split(' №')[0]} №${turn}`);
  };
  if (what === 'add') createNote(doc, { zone: zones[0] ?? '', text: `жаңы №${turn}` }, 'attempt');
  if (what === 'editOwn') reword(mine);
  if (what === 'editAny') reword(theirs);
  if (what === 'move') moveNote(doc, { id: theirs, zone: zones[turn % 2] ?? '', x: 40 + turn, y: 400 }, 'attempt');
  if (what === 'group') groupNotes(doc, { noteIds: [mine, theirs] }, 'attempt');
}

async function until(isSo: () => boolean | Promise<boolean>, ms = 15_000): Promise<boolean> {
  for (const end = Date.now() + ms; Date.now() < end;) {
    if (await isSo()) return true;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return false;
}

function provider(
  target: Pick<Target, 'port'> & Partial<Target>,
  token: string,
  statuses: number[] = [],
  name = `board/${target.boardId}`,
) {
  const socket = new HocuspocusProviderWebsocket({
    url: `ws://127.0.0.1:${target.port}/live`,
    WebSocketPolyfill: WebSocket,
  });
  const one = new HocuspocusProvider({
    websocketProvider: socket,
    name,
    token,
    document: new Y.Doc(),
    onMessage: ({ message }) => {
      message.readVarString();
      if (message.readVarUint() === 8) statuses.push(message.readVarUint());
    },
  });
  one.attach();
  const end = () => {
    one.destroy();
    socket.destroy();
  };
  return { one, end };
}

function yjs(target: Target, token: string): WebsocketProvider {
  return new WebsocketProvider(`ws://127.0.0.1:${target.port}/yjs`, `board/${target.boardId}`, new Y.Doc(), {
    params: { token },
    WebSocketPolyfill: WebSocket as never,
    disableBc: true,
  });
}

/** Whether a change was taken, by door. */
export const ATTEMPTS = {
  async live(target: Target, member: Client, what: Writing): Promise<boolean> {
    const statuses: number[] = [];
    const { one, end } = provider(target, member.token ?? '', statuses);
    // The first answer is to what a client brings when it joins.
    await until(() => one.isSynced && statuses.length > 0);
    const before = statuses.length;
    one.document.transact(() => change(one.document, what, target));
    await until(() => statuses.length > before);
    end();
    return statuses.at(-1) === 1;
  },

  async yjs(target: Target, member: Client, what: Writing): Promise<boolean> {
    const one = yjs(target, member.token ?? '');
    let closed = 0;
    one.on('connection-close', (event) => (closed = event?.code ?? closed));
    await until(() => one.synced);
    one.doc.transact(() => change(one.doc, what, target));
    const said = JSON.stringify(one.doc.getMap('notes').toJSON());
    const seen = provider(target, member.token ?? '');
    await until(() => closed >= 4400 || JSON.stringify(seen.one.document.getMap('notes').toJSON()) === said);
    seen.end();
    one.destroy();
    return closed < 4400;
  },

  async api({ boardId, mine, theirs, zones }: Target, member: Client, what: Writing): Promise<boolean> {
    turn += 1;
    const path = `/boards/${boardId}`;
    const done =
      what === 'add'
        ? member.post(`${path}/notes`, { zone: zones[0], text: `жаңы №${turn}` })
        : what === 'group'
          ? member.post(`${path}/groups`, { noteIds: [mine, theirs] })
          : member.call(
              'PATCH',
              `${path}/notes/${what === 'editOwn' ? mine : theirs}`,
              what === 'move' ? { zone: zones[turn % 2], x: 40 + turn, y: 400 } : { text: `сөз №${turn}` },
            );
    return (await done).status < 300;
  },
} as const;

/** What a member is shown of somebody else, by door; null: that door never shows it. */
export interface Shown {
  readonly seeNotes: boolean;
  readonly seeAuthors: boolean;
  readonly seeCursors: boolean | null;
}

/** @param name how the other is called. @param text a note that the other has just written. */
export async function shownBy(
  door: 'live' | 'yjs' | 'api',
  target: Target,
  member: Client,
  name: string,
  text: string,
): Promise<Shown> {
  if (door === 'api') {
    const { notes } = (await member.get(`/boards/${target.boardId}`)).body as {
      notes: { text: string; authorId?: string; own?: boolean }[];
    };
    const note = notes.find((one) => one.text === text);
    const seeAuthors = notes.some(({ authorId, own }) => authorId !== undefined && !own);
    return { seeNotes: note !== undefined, seeAuthors, seeCursors: null };
  }
  const live = door === 'live' ? provider(target, member.token ?? '') : null;
  const other = door === 'yjs' ? yjs(target, member.token ?? '') : null;
  const [doc, awareness] = [live?.one.document ?? other?.doc, live?.one.awareness ?? other?.awareness];
  await until(() => live?.one.isSynced ?? other?.synced ?? false);
  const peer = () =>
    [...(awareness?.getStates().values() ?? [])].find((state) => (state['user'] as { name?: string })?.name === name);
  const notes = () => JSON.stringify(doc?.getMap('notes').toJSON() ?? {});
  // Either what is permitted arrives, or it does not within a time in which it always would have.
  await until(() => notes().includes(text) && peer()?.['cursor'] !== undefined, 1_500);
  const shown = {
    seeNotes: notes().includes(text),
    seeAuthors: peer() !== undefined,
    seeCursors: peer()?.['cursor'] !== undefined,
  };
  live?.end();
  other?.destroy();
  return shown;
}

/** A document as a member's socket has it, until `end`. */
export function listening(port: number, name: string, member: Client): { readonly doc: Y.Doc; end(): void } {
  const { one, end } = provider({ port }, member.token ?? '', [], name);
  return { doc: one.document, end };
}

/** Somebody else at the board, who points somewhere until `end`. */
export function pointing(target: Target, member: Client): { end(): void } {
  const { one, end } = provider(target, member.token ?? '');
  const point = () => one.setAwarenessField('cursor', { zone: target.zones[0], x: 100 + (turn += 1), y: 100 });
  const timer = setInterval(point, 200);
  return {
    end: () => {
      clearInterval(timer);
      end();
    },
  };
}
