/**
 * The people of the day: simulated members over the stock provider and the API, and browsers for those who sit at a screen.
 * Every answer is checked where it is given.
 */
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider';
import { expect, type Browser, type BrowserContextOptions, type Page } from '@playwright/test';
import WebSocket from 'ws';
import * as Y from 'yjs';
import { readBoard, type Board } from '#core/board/read.ts';
import { readRoom, type Room } from '#core/room/room.ts';
import { m } from '#messages/messages.js';
import { join, PASSWORD, type Answer, type Client, type Json } from './client.ts';
import type { RunningServer } from './server.ts';

export interface Member extends Client {
  readonly participantId: string;
  readonly documents: ReadonlyMap<string, Y.Doc>;
}

export async function must(answer: Promise<Answer>, status = 200): Promise<Json> {
  const { status: got, body } = await answer;
  expect(got, JSON.stringify(body)).toBe(status);
  return body;
}

/** So many at a time: a room's phones do not all press in one millisecond, and the test's own process must breathe. */
export async function inTurns<T>(items: readonly T[], work: (item: T, n: number) => Promise<unknown>): Promise<void> {
  const at = 15;
  for (let start = 0; start < items.length; start += at)
    await Promise.all(items.slice(start, start + at).map((item, n) => work(item, start + n)));
}

export class DayRoom {
  readonly server: RunningServer;
  readonly workshop: Json;
  readonly members: Member[] = [];
  readonly #open: { destroy(): void }[] = [];

  constructor(server: RunningServer, workshop: Json) {
    this.server = server;
    this.workshop = workshop;
  }

  /** Members through the door, by code; each listens to the room and the situation, the first few to every board. */
  async arrive(count: number, organisations: readonly string[]): Promise<void> {
    const { roomDocument, boards, joinCode } = this.workshop;
    const names = [roomDocument, ...boards.map(({ document }: Json) => document)];
    await inTurns(Array.from({ length: count }), async (_, n) => {
      const organisation = organisations[n % organisations.length];
      const member = await join(this.server, joinCode, { name: `Участник ${n}`, organisation });
      const documents = this.#listen(member.token ?? '', n < 3 ? names : [roomDocument, names[2]]);
      this.members.push({ ...member, documents });
    });
  }

  #listen(token: string, names: readonly string[]): Map<string, Y.Doc> {
    const websocketProvider = new HocuspocusProviderWebsocket({
      url: `ws://127.0.0.1:${this.server.port}/live`,
      WebSocketPolyfill: WebSocket,
      maxDelay: 500,
    });
    this.#open.push(websocketProvider);
    return new Map(
      names.map((name) => {
        const provider = new HocuspocusProvider({ websocketProvider, name, token, document: new Y.Doc() });
        provider.attach();
        this.#open.push(provider);
        return [name, provider.document];
      }),
    );
  }

  member(n: number): Member {
    const found = this.members[n % this.members.length];
    if (!found) throw new Error('nobody is here');
    return found;
  }
  /** A document as one of the first members has it. */
  copy(board: Json, n = 0): Y.Doc {
    const doc = this.member(n).documents.get(board.document);
    if (!doc) throw new Error(`member ${n} does not listen to ${board.document}`);
    return doc;
  }
  board(board: Json, n = 0): Board {
    return readBoard(this.copy(board, n));
  }
  room(): Room {
    return readRoom(this.copy({ document: this.workshop.roomDocument }));
  }
  stage(board: Json, kind: string): Json {
    return this.workshop.stages.find((stage: Json) => stage.boardId === board.id && stage.kind === kind);
  }
  /** Everybody votes the same way or by their number. */
  async vote(roundId: string, ballot: (n: number) => object): Promise<void> {
    await inTurns(this.members, (member, n) => must(member.put(`/rounds/${roundId}/ballot`, ballot(n))));
  }

  async page(browser: Browser, lang: string, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      baseURL: this.server.url,
      ...options,
    });
    await context.addCookies([{ name: 'lang', value: lang, url: this.server.url }]);
    return context.newPage();
  }
  async signedIn(browser: Browser, email: string, path: string): Promise<Page> {
    const page = await this.page(browser, 'ru');
    const signed = await page.context().request.post('/api/v1/session', {
      data: { email, password: PASSWORD },
      headers: { origin: this.server.url },
    });
    expect(signed.status()).toBe(200);
    await page.goto(path);
    return page;
  }
  /** Through the door as a person does: the link of the QR code, a name, an organisation. */
  async guest(browser: Browser, lang: 'ky' | 'ru', name: string, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await this.page(browser, lang, options);
    await page.goto(this.workshop.joinUrl);
    await page.getByLabel(m.join_name({}, { locale: lang })).fill(name);
    await page.getByRole('button', { name: m.join_go({}, { locale: lang }) }).click();
    await page.waitForURL(`**/w/${this.workshop.id}`, { waitUntil: 'commit' });
    await expect(page.locator('.connection[data-state="live"]')).toBeVisible({ timeout: 30_000 });
    return page;
  }

  leave(): void {
    for (const one of this.#open) one.destroy();
  }
}

/** Presses a button and, in the dialog that asks, its like. */
export async function pressAndConfirm(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).first().click();
  await page.getByRole('dialog').or(page.getByRole('alertdialog')).getByRole('button', { name, exact: true }).click();
}
