/** A strategy on its way to the General Assembly: states, kept versions, the freeze, public pages, and going on anew. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NOBODY } from '#core/people/caller.ts';
import type { Refusal, Result } from '#core/result.ts';
import { canonicalJson } from '#core/strategy/canonical.ts';
import { appendProse, draftFragment, readDraft } from '#core/strategy/fragment.ts';
import { openSqlite } from '#server/store/db.ts';
import { storeOn } from '#server/store/open.ts';
import type { Store } from '#server/store/port.ts';
import { drafts as draftsOn } from '#server/usecases/drafts.ts';
import { documentRights } from '#server/usecases/rights.ts';
import { strategies as strategiesOn } from '#server/usecases/strategies.ts';
import { versions as versionsOn } from '#server/usecases/versions.ts';
import { accountCaller, depsOn, participantCaller, type TestDeps } from '../fixtures/deps.ts';

const staff = accountCaller('staff');
const lead = accountCaller('facilitator');
const adoption = { assembly: 'Общее собрание Союза', heldOn: '2020-06-12', protocol: '№ 4' };
let store: Store;
let deps: TestDeps;

beforeAll(async () => {
  store = storeOn(await openSqlite(':memory:'));
  deps = depsOn(store);
});
afterAll(() => store.close());

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${result.refusal.code}`);
  return result.value;
}
const code = (result: Result<unknown>): Refusal['code'] | 'ok' => (result.ok ? 'ok' : result.refusal.code);

async function strategy(text: string): Promise<string> {
  const { id } = value(
    await strategiesOn(deps).create(staff, {
      title: 'Стратегия',
      periodStart: 2020,
      periodEnd: 2025,
      languages: ['ru'],
    }),
  );
  write(id, text);
  return id;
}
function write(id: string, text: string): void {
  const doc = deps.live.document(`draft/${id}`);
  appendProse(draftFragment(doc), [{ type: 'paragraph', content: [{ type: 'text', text }] }]);
}

test('[N70] each step forward keeps a version with its hash; steps are not skipped back, and staff alone take them', async () => {
  const id = await strategy('Өнүгүү багыттары.');
  const versions = versionsOn(deps);
  expect(code(await versions.step(lead, id, { status: 'sent', title: 'Членам' }))).toBe('forbidden');
  expect(code(await versions.step(participantCaller('w', 'p'), id, { status: 'sent', title: 'x' }))).toBe('forbidden');
  expect(code(await versions.step(NOBODY, id, { status: 'sent', title: 'x' }))).toBe('sign-in-needed');
  expect(code(await versions.step(staff, id, { status: 'sent', title: ' ' }))).toBe('title-needed');
  const sent = value(await versions.step(staff, id, { status: 'sent', title: 'На замечания' }));
  expect(sent.version).toMatchObject({ title: 'На замечания', status: 'sent', adoption: null, publicPath: null });
  const text = value(await draftsOn(deps).content(lead, id, sent.version?.id ?? ''));
  expect(sent.version?.hash).toBe(createHash('sha256').update(canonicalJson(text)).digest('hex'));
  value(await versions.step(staff, id, { status: 'submitted', title: 'На собрание' }));
  expect(code(await versions.step(staff, id, { status: 'sent', title: 'Назад' }))).toBe('changed-meanwhile');
  expect(value(await versions.step(staff, id, { status: 'draft' })).version).toBe(null);
  expect(value(await strategiesOn(deps).view(staff, id)).status).toBe('draft');
  expect(
    value(await draftsOn(deps).versions(lead, id))
      .map(({ status }) => status)
      .toSorted(),
  ).toEqual(['sent', 'submitted']);
});

test('[N71] adopted needs the assembly, the day and the protocol, and freezes the text: in the guard and for every command', async () => {
  const id = await strategy('Принятый текст.');
  const [versions, drafts] = [versionsOn(deps), draftsOn(deps)];
  for (const missing of [{ assembly: '' }, { heldOn: '2020-02-31' }, { protocol: ' ' }, { heldOn: 'завтра' }])
    expect(code(await versions.step(staff, id, { status: 'adopted', title: 'П', ...adoption, ...missing }))).toBe(
      'adoption-incomplete',
    );
  expect((await documentRights(store, staff, `draft/${id}`))?.write).toBe(true);
  const { version } = value(await versions.step(staff, id, { status: 'adopted', title: 'Принята', ...adoption }));
  expect(version?.adoption).toEqual({ ...adoption, recordedBy: 'A' });
  expect(deps.live.reconsidered).toContain(`draft/${id}`);
  expect(await documentRights(store, staff, `draft/${id}`)).toMatchObject({ write: false, whyNot: 'draft-frozen' });
  expect(code(await drafts.saveVersion(staff, id, { title: 'Ещё' }))).toBe('draft-frozen');
  expect(code(await drafts.insert(staff, id, { snapshotId: 'x' }))).toBe('draft-frozen');
  for (const status of ['draft', 'sent', 'adopted'] as const)
    expect(code(await versions.step(staff, id, { status, title: 'x', ...adoption }))).toBe('draft-frozen');
  // It is read, compared and published as before.
  expect(code(await drafts.diff(lead, id, version?.id ?? '', 'current'))).toBe('ok');
});

test('[N72] a version is restored as a new strategy with its text; the old one stays as it is', async () => {
  const id = await strategy('Первый.');
  const kept = value(await draftsOn(deps).saveVersion(staff, id, { title: 'К собранию' }));
  write(id, 'Второй.');
  const before = await deps.live.read(`draft/${id}`, readDraft);
  expect(code(await versionsOn(deps).restore(lead, id, kept.id))).toBe('forbidden');
  const copy = value(await versionsOn(deps).restore(staff, id, kept.id));
  expect(copy.id).not.toBe(id);
  const text = JSON.stringify(await deps.live.read(copy.draftDocument, readDraft));
  expect([text.includes('Первый.'), text.includes('Второй.')]).toEqual([true, false]);
  expect(await deps.live.read(`draft/${id}`, readDraft)).toEqual(before);
  expect(value(await strategiesOn(deps).view(staff, copy.id))).toMatchObject({
    ...{ title: 'Стратегия (К собранию)', status: 'draft', mayEdit: true },
  });
});

test('[N73] a version is public only where staff publish it; taken away it is gone, and its next address is another', async () => {
  const id = await strategy('Открытый текст.');
  const [versions, drafts] = [versionsOn(deps), draftsOn(deps)];
  const kept = value(await drafts.saveVersion(staff, id, { title: 'Открытая' }));
  expect(code(await versions.publish(lead, id, kept.id, true))).toBe('forbidden');
  const path = value(await versions.publish(staff, id, kept.id, true)).publicPath ?? '';
  const key = path.split('/').at(-1) ?? '';
  const page = value(await versions.publicPage(key));
  expect(page).toMatchObject({ version: { title: 'Открытая', status: 'draft' }, adoption: null });
  expect(JSON.stringify(page)).toContain('Открытый текст.');
  expect(JSON.stringify(page)).not.toContain('account-staff');
  expect(value(await versions.publish(staff, id, kept.id, true)).publicPath).toBe(path);
  value(await versions.publish(staff, id, kept.id, false));
  expect(code(await versions.publicPage(key))).toBe('link-unknown');
  expect(value(await versions.publish(staff, id, kept.id, true)).publicPath).not.toBe(path);
  value(await strategiesOn(deps).remove(staff, id));
  expect(code(await drafts.versions(staff, id))).toBe('not-found');
  for (const wrong of ['', 'x', '../../etc', key]) expect(code(await versions.publicPage(wrong))).toBe('link-unknown');
});
