/** The documentation of ashar.workshop/1 says what the code does: every example on the page is read, and goes round. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TEMPLATES } from '#core/templates/index.ts';
import { workshopFile } from '#core/workshop/export.ts';
import { planWorkshop } from '#core/workshop/import.ts';
import { openSqlite } from '#server/store/db.ts';
import { storeOn } from '#server/store/open.ts';
import type { Store } from '#server/store/port.ts';
import { rounds } from '#server/usecases/rounds.ts';
import { strategies } from '#server/usecases/strategies.ts';
import { transfer } from '#server/usecases/transfer.ts';
import { checkWorkshopFile } from '#server/usecases/workshop-format.ts';
import { workshops } from '#server/usecases/workshops.ts';
import { sentence } from '../../src/lib/i18n/refusal.ts';
import { accountCaller, depsOn } from '../fixtures/deps.ts';

const page = readFileSync(new URL('../../docs/workshop-format.md', import.meta.url), 'utf8');
const examples = [...page.matchAll(/```json\n([\s\S]*?)```/g)].map(([, text]) => text ?? '');
const sample = () => JSON.parse(readFileSync('static/samples/union-2020.json', 'utf8')) as Record<string, unknown>;

describe('docs/workshop-format.md', () => {
  test('[N13] has examples', () => expect(examples.length).toBeGreaterThan(4));

  test.each(examples.map((text, index) => [index, text] as const))(
    '[N13] example %i is a workshop, and nothing of it is lost',
    (_, text) => {
      const json: unknown = JSON.parse(text);
      const checked = checkWorkshopFile(json);
      if (!checked.ok) throw new Error(JSON.stringify(checked.refusal));
      const plan = planWorkshop(checked.value);
      if (!plan.ok) throw new Error(JSON.stringify(plan.refusal));
      const again = planWorkshop(JSON.parse(JSON.stringify(workshopFile(plan.value))) as typeof checked.value);
      expect(again).toEqual(plan);
    },
  );

  test('[N13] names every template', () => {
    for (const { id } of TEMPLATES) expect(page).toContain(`\`${id}\``);
  });
});

describe('bringing in and taking out', () => {
  const home = mkdtempSync(join(tmpdir(), 'ashar-transfer-'));
  const staff = accountCaller('staff');
  let store: Store;
  let transfers: ReturnType<typeof transfer>;
  beforeAll(async () => {
    store = storeOn(await openSqlite(join(home, 'store.sqlite')));
    const deps = depsOn(store);
    transfers = transfer(deps, { workshops: workshops(deps), strategies: strategies(deps), rounds: rounds(deps) });
  });
  afterAll(async () => {
    await store.close();
    rmSync(home, { recursive: true, force: true });
  });

  const kept = async () => ({
    workshops: (await store.workshops.list({ search: '', archived: false, after: null, limit: 100 })).length,
    strategies: (await store.strategies.list({ search: '', archived: false, after: null, limit: 100 })).length,
  });

  test('[N13] the sample comes out as it went in', async () => {
    const made = await transfers.bringIn(staff, sample(), 'http://ashar.test');
    if (!made.ok) throw new Error(JSON.stringify(made.refusal));
    const out = await transfers.file(staff, made.value.id, 'ky');
    expect(out.ok && JSON.parse(String(out.value.body))).toEqual(sample());
    expect(out.ok && out.value.disposition).toMatch(/^attachment; filename="[\x20-\x7e]+\.json"/);
  });

  test('[N13] what fails after the start leaves nothing behind: neither workshop nor strategy', async () => {
    const before = await kept();
    for (const [over, path] of [
      [{ timeZone: 'Moon/Base' }, 'timeZone'],
      [{ boards: [{ template: 'swot', notes: [{ zone: 'moon', text: 'x' }] }] }, 'boards.0.notes.0.zone'],
    ] as const) {
      const refused = await transfers.bringIn(staff, { ...sample(), rounds: [], ...over }, 'http://ashar.test');
      expect(refused).toMatchObject({ ok: false, refusal: { code: 'import-malformed', params: { path } } });
    }
    const deps = depsOn(store);
    const broken = { ...deps, live: { ...deps.live, edit: () => Promise.reject(new Error('the store is full')) } };
    const failing = transfer(broken, {
      workshops: workshops(broken),
      strategies: strategies(broken),
      rounds: rounds(broken),
    });
    await expect(failing.bringIn(staff, sample(), '')).rejects.toThrow('the store is full');
    expect(await kept()).toEqual(before);
  });

  test('[L41] the fault is told in three languages, with its place', async () => {
    const refused = await transfers.bringIn(
      staff,
      { ...sample(), boards: [{ template: 'swot', notes: [{ zone: 'threats' }] }] },
      '',
    );
    if (refused.ok) throw new Error('was taken');
    const said = (['ky', 'ru', 'en'] as const).map((language) => sentence(refused.refusal, language));
    expect(new Set(said).size).toBe(3);
    for (const one of said) expect(one).toContain('boards.0.notes.0.text');
    expect(said[2]).toContain('this is missing');
  });
});

describe('the command line', () => {
  const home = mkdtempSync(join(tmpdir(), 'ashar-cli-'));
  afterAll(() => rmSync(home, { recursive: true, force: true }));
  const ashar = (...args: string[]) =>
    promisify(execFile)(process.execPath, ['server/cli/ashar.ts', ...args], {
      env: { ...process.env, DATA_DIR: home, LOG_LEVEL: 'error', DATABASE_URL: '' },
    });

  test('[N14] import, export, import again: equal', async () => {
    const id =
      (await ashar('workshop', 'import', 'static/samples/union-2020.json')).stdout.trim().split('\n').at(-1) ?? '';
    const out = join(home, 'out.json');
    await ashar('workshop', 'export', id, '--format', 'ashar', '--out', out);
    expect(JSON.parse(readFileSync(out, 'utf8'))).toEqual(sample());
    const second = (await ashar('workshop', 'import', out)).stdout.trim().split('\n').at(-1) ?? '';
    expect(second).not.toBe(id);
    await ashar('workshop', 'export', second, '--format', 'ashar', '--out', `${out}.2`);
    expect(readFileSync(`${out}.2`, 'utf8')).toBe(readFileSync(out, 'utf8'));
  });

  test('[N14] a bad file ends with 1 and one sentence that names the place', async () => {
    const bad = join(home, 'bad.json');
    writeFileSync(bad, JSON.stringify({ ...sample(), languages: ['kg'] }));
    const failed = await ashar('workshop', 'import', bad).then(
      () => null,
      (error: { code: number; stderr: string }) => error,
    );
    expect(failed?.code).toBe(1);
    expect(failed?.stderr.trim().split('\n')).toHaveLength(1);
    expect(failed?.stderr).toContain('languages.0');
  });
});
