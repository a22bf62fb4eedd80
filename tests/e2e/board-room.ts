/** A room for the board's browser tests: a workshop in its writing stage, and people who join it in browsers of their own. */
import { expect, type Browser, type BrowserContextOptions, type Locator, type Page } from '@playwright/test';
import { accountClient, type Client, type Json } from './client.ts';
import { startServer, type RunningServer } from './server.ts';

export interface BoardRoom {
  readonly server: RunningServer;
  readonly leader: Client;
  /** A new workshop with four empty areas, in its writing stage. */
  workshop(): Promise<Json>;
  stage(workshop: Json, flags?: Record<string, unknown>): Promise<void>;
  enter(
    browser: Browser,
    workshop: Json,
    name: string,
    options?: BrowserContextOptions & { lang?: string },
  ): Promise<Page>;
  close(): Promise<void>;
}

export const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true } as const;

export async function boardRoom(): Promise<BoardRoom> {
  const server = await startServer();
  const leader = accountClient(server, 'facilitator');
  const stage = async (workshop: Json, flags: Record<string, unknown> = {}): Promise<void> => {
    const collect = workshop.stages.find((one: Json) => one.kind === 'collect');
    const answer = await leader.post(`/workshops/${workshop.id}/stage`, { stageId: collect.id, ...flags });
    expect(answer.status).toBe(200);
  };
  return {
    server,
    leader,
    stage,
    async workshop() {
      const made = await leader.post('/workshops', { title: 'SWOT', template: 'swot', languages: ['ky', 'ru', 'en'] });
      await stage(made.body);
      return made.body;
    },
    async enter(browser, workshop, name, { lang = 'ru', ...options } = {}) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
      await context.addCookies([{ name: 'lang', value: lang, url: server.url }]);
      const joined = await context.request.post(`${server.url}/api/v1/join`, {
        data: { code: workshop.joinCode, name, organisation: 'GAMSUMO', language: lang },
      });
      expect(joined.status()).toBe(201);
      const page = await context.newPage();
      await page.goto(`${server.url}/w/${workshop.id}`);
      await expect(page.locator('.connection[data-state="live"]')).toBeVisible();
      await expect(page.locator('.canvas, .phone')).toBeVisible();
      return page;
    },
    close: async () => void (await server.stop()),
  };
}

export const notes = (page: Page): Locator => page.locator('.place');
export const area = (page: Page, index: number): Locator => page.locator('.area').nth(index);

/** Double click at a point of an area, and type. */
export async function write(page: Page, index: number, at: readonly [number, number], text: string): Promise<void> {
  const before = await notes(page).count();
  await area(page, index).dblclick({ position: { x: at[0], y: at[1] } });
  await expect(notes(page)).toHaveCount(before + 1);
  await page.keyboard.type(text, { delay: 5 });
  await page.keyboard.press('Escape');
}

export function note(page: Page, text: string): Locator {
  return notes(page).filter({ hasText: text });
}

/** With a real mouse, in steps, as a hand does. */
export async function drag(
  page: Page,
  from: Locator,
  to: Locator,
  at: readonly [number, number] = [40, 40],
): Promise<void> {
  const [start, end] = [await from.boundingBox(), await to.boundingBox()];
  if (!start || !end) throw new Error('nothing to drag');
  await page.mouse.move(start.x + 30, start.y + 20);
  await page.mouse.down();
  await page.mouse.move(end.x + at[0], end.y + at[1], { steps: 10 });
  await page.mouse.up();
}
