/** What a stage brings along: judged by its bytes, opened by the members of its workshop only, and one slide on the wall. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { NOBODY } from '#core/people/caller.ts';
import type { Result } from '#core/result.ts';
import { MOST_FILE_BYTES, MOST_FILES, slideOf, typeOfFile } from '#core/stage/files.ts';
import { openSqlite } from '#server/store/db.ts';
import { storeOn } from '#server/store/open.ts';
import type { Store } from '#server/store/port.ts';
import { leading as leadingOn } from '#server/usecases/leading.ts';
import { materials as materialsOn } from '#server/usecases/materials.ts';
import { shapeOf } from '#server/usecases/shapes.ts';
import { accountCaller, depsOn, participantCaller, screenCaller, type TestDeps } from '../fixtures/deps.ts';
import { insertWorkshop, type WorkshopFixture } from '../fixtures/workshop.ts';

let store: Store;
let deps: TestDeps;
let it: WorkshopFixture;
let use: ReturnType<typeof materialsOn>;
const lead = accountCaller('facilitator');
const stageId = () => `${it.workshopId}-c`;

beforeAll(async () => {
  store = storeOn(await openSqlite(':memory:'));
  deps = depsOn(store);
  use = materialsOn(deps);
});
afterAll(() => store.close());
beforeEach(async () => {
  it = await insertWorkshop(store, [], [null]);
  await store.workshops.replaceStages(it.workshopId, [
    { id: stageId(), kind: 'collect', title: { ru: 'Пишем' }, boardId: it.boardId, minutes: 20 },
  ]);
});

const code = (result: Result<unknown>): string => (result.ok ? 'ok' : result.refusal.code);
function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${result.refusal.code}`);
  return result.value;
}
const bytes = (...parts: (string | number)[]) =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'number' ? [part] : [...Buffer.from(part, 'latin1')])));
const PNG = bytes(0x89, 'PNG\r\n', 0x1a, '\n', 'rest');
const JPEG = bytes(0xff, 0xd8, 0xff, 0xe0, 'rest');
const WEBP = bytes('RIFF', 1, 2, 3, 4, 'WEBP');
const PDF = bytes('%PDF-1.7 rest');
const add = (name: string, body: Uint8Array) =>
  use.addFile(lead, it.workshopId, { stageId: stageId(), name, bytes: body });
const told = async () => (await store.workshops.stages(it.workshopId))[0]?.materials ?? [];

test('[S71] a file is what its bytes say, whatever it is called; anything else is refused and nothing kept', async () => {
  expect([PNG, JPEG, WEBP, PDF].map(typeOfFile)).toEqual(['image/png', 'image/jpeg', 'image/webp', 'application/pdf']);
  const hostile = [
    bytes('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">'),
    bytes('<!doctype html><script>1</script>'),
    bytes('GIF89a'),
    bytes('MZ'),
    bytes(' %PDF-1.7'),
    bytes('RIFF1234WAVE'),
    bytes(),
  ];
  for (const body of hostile) expect(code(await add('programme.png', body))).toBe('file-type-unknown');
  expect(code(await add('', PNG))).toBe('title-needed');
  const large = new Uint8Array(MOST_FILE_BYTES + 1);
  large.set(PNG);
  expect(code(await add('large.png', large))).toBe('too-large');
  expect([await told(), await store.materials.count(it.workshopId)]).toEqual([[], 0]);
  const made = value(await add('отчёт.exe', PDF));
  expect(await told()).toEqual([{ title: 'отчёт.exe', url: made.url, type: 'application/pdf' }]);
});

test('[S72] a file is opened by members, crew and projector of its workshop, never as a page; nobody else knows it', async () => {
  const picture = value(await add('слайд.svg', PNG));
  const pdf = value(await add('отчёт.html', PDF));
  const other = await insertWorkshop(store, [], [null]);
  for (const caller of [
    lead,
    participantCaller(it.workshopId, it.participantIds[0] ?? ''),
    screenCaller(it.workshopId),
  ]) {
    const seen = value(await use.file(caller, picture.id));
    expect([Buffer.from(seen.body).equals(PNG), seen.type]).toEqual([true, 'image/png']);
    expect(seen.disposition).toMatch(/^inline; .*\.png$/);
    expect(value(await use.file(caller, pdf.id)).disposition).toMatch(/^attachment; .*\.pdf$/);
  }
  const strangers = [
    participantCaller(other.workshopId, other.participantIds[0] ?? ''),
    screenCaller(other.workshopId),
  ];
  for (const caller of strangers) expect(code(await use.file(caller, picture.id))).toBe('not-found');
  expect(code(await use.file(NOBODY, picture.id))).toBe('join-needed');
  // A copy of the workshop is another workshop: its members could not open the file.
  expect((await shapeOf(store, it.workshopId)).stages[0]?.materials).toEqual([]);
});

test('[S71] only who leads adds and takes away; links lead to the web only; two at once both count; files are bounded', async () => {
  const member = participantCaller(it.workshopId, it.participantIds[0] ?? '');
  const link = (url: string, caller = lead) => use.addLink(caller, it.workshopId, stageId(), { title: '', url });
  expect(code(await use.addFile(member, it.workshopId, { stageId: stageId(), name: 'x', bytes: PNG }))).toBe(
    'forbidden',
  );
  expect(code(await link('https://example.org', member))).toBe('forbidden');
  for (const url of ['javascript:alert(1)', 'data:text/html,x', '/api/v1/workshops', 'ftp://x', '//x'])
    expect(code(await link(url))).toBe('malformed');
  expect((await Promise.all([link('https://a.kg'), link('https://b.kg'), add('c.png', PNG)])).map(code)).toEqual([
    'ok',
    'ok',
    'ok',
  ]);
  expect((await told()).map(({ title }) => title).sort()).toEqual(['c.png', 'https://a.kg', 'https://b.kg']);
  // The agenda may be edited beside: files stay what they are.
  const leading = leadingOn(deps);
  value(await leading.setAgenda(lead, it.workshopId, { stages: [{ id: stageId(), materials: await told() }] }));
  const file = (await told()).find(({ type }) => type !== undefined);
  expect(code(await use.remove(member, it.workshopId, stageId(), file?.url ?? ''))).toBe('forbidden');
  value(await use.remove(lead, it.workshopId, stageId(), file?.url ?? ''));
  expect(await store.materials.count(it.workshopId)).toBe(0);
  for (let n = 0; n < MOST_FILES; n++)
    await store.materials.insert({
      id: `${it.workshopId}-${n}`,
      workshopId: it.workshopId,
      name: 'x',
      type: 'image/png',
      body: PNG,
      uploadedAt: 1,
    });
  expect(code(await add('one more.png', PNG))).toBe('too-many-files');
});

test('[S73] who leads shows a picture of the stage on the wall and steps on; what is no picture, or gone, is not shown', async () => {
  value(await add('1.png', PNG));
  value(await add('report.pdf', PDF));
  const second = value(await add('2.jpg', JPEG));
  const show = (position: number | null, caller = lead) => use.show(caller, it.workshopId, stageId(), position);
  const shown = async () => {
    const stage = (await store.workshops.stages(it.workshopId))[0] ?? null;
    return slideOf(
      stage && { id: stage.id, materials: stage.materials ?? [] },
      await store.materials.slide(it.workshopId),
    )?.title;
  };
  expect(code(await show(0, screenCaller(it.workshopId)))).toBe('forbidden');
  value(await show(0));
  expect(await shown()).toBe('1.png');
  for (const position of [1, 3, 99]) expect(code(await show(position))).toBe('not-found');
  value(await show(2));
  expect(await shown()).toBe('2.jpg');
  expect(slideOf({ id: 'another', materials: await told() }, { stageId: stageId(), position: 2 })).toBeNull();
  value(await use.remove(lead, it.workshopId, stageId(), second.url));
  expect(await shown()).toBeUndefined();
  value(await show(0));
  value(await show(null));
  expect(await shown()).toBeUndefined();
});
