/** From a closed round to a snapshot, into the draft, and out as a document: the same chain that the room goes through. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { createEach, groupNotes, nameGroup } from '#core/board/edit.ts';
import { readBoard } from '#core/board/read.ts';
import { NOBODY } from '#core/people/caller.ts';
import type { Refusal, Result } from '#core/result.ts';
import { canonicalJson } from '#core/strategy/canonical.ts';
import { draftFragment, readDraft, type Prose } from '#core/strategy/fragment.ts';
import { verifySnapshot, type Snapshot } from '#core/strategy/snapshot.ts';
import { openSqlite } from '#server/store/db.ts';
import { storeOn } from '#server/store/open.ts';
import type { Store } from '#server/store/port.ts';
import { drafts as draftsOn } from '#server/usecases/drafts.ts';
import { exports_ } from '#server/usecases/exports.ts';
import { rounds as roundsOn } from '#server/usecases/rounds.ts';
import { sha256, snapshots as snapshotsOn } from '#server/usecases/snapshots.ts';
import { strategies as strategiesOn } from '#server/usecases/strategies.ts';
import { accountCaller, depsOn, participantCaller, screenCaller, type TestDeps } from '../fixtures/deps.ts';
import { insertWorkshop, type WorkshopFixture } from '../fixtures/workshop.ts';

const home = mkdtempSync(join(tmpdir(), 'ashar-results-'));
const lead = accountCaller('facilitator');
const staff = accountCaller('staff');
let store: Store;
let deps: TestDeps;

beforeAll(async () => {
  store = storeOn(await openSqlite(join(home, 'store.sqlite')));
  deps = depsOn(store);
});
afterAll(async () => {
  await store.close();
  rmSync(home, { recursive: true, force: true });
});

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${result.refusal.code}`);
  return result.value;
}
const code = (result: Result<unknown>): Refusal['code'] | 'ok' => (result.ok ? 'ok' : result.refusal.code);

const KYRGYZ = 'Ишенимдүү өнөктөштүк жана Ңүө тамгалары';

interface Meeting extends WorkshopFixture {
  readonly strategyId: string;
  readonly closedRound: string;
  readonly openRound: string;
}

/** A SWOT of four notes, two of them grouped, one round closed and one still open. */
async function meeting(): Promise<Meeting> {
  const strategy = value(
    await strategiesOn(deps).create(staff, {
      title: 'Стратегия развития',
      periodStart: 2020,
      periodEnd: 2025,
      languages: ['ru', 'ky'],
    }),
  );
  const fixture = await insertWorkshop(
    store,
    [{ name: 'Дирекция', seats: 9 }, { name: 'ГАМСУМО' }],
    [0, 0, 0, 1, 1, 1, null],
    strategy.id,
  );
  const doc = deps.live.document(`board/${fixture.boardId}`);
  createEach(
    doc,
    [
      { id: 'a', zone: 'strengths', text: KYRGYZ },
      { id: 'b', zone: 'strengths', text: 'Опыт <b>защиты</b> & интересов' },
      { id: 'c', zone: 'threats', text: 'Отток кадров' },
      { id: 'd', zone: 'threats', text: 'Низкие\nзарплаты' },
    ],
    'test',
  );
  const group = groupNotes(doc, { noteIds: ['c', 'd'] }, 'test');
  if (group.ok) nameGroup(doc, { id: group.value.id, title: 'Люди уходят' }, 'test');
  const rounds = roundsOn(deps);
  const make = async (title: string) => {
    const settings = { title, of: 'notes', method: { kind: 'dots', budget: 3, perOption: 3 }, secret: true, cut: 1 };
    const { id } = value(await rounds.create(lead, fixture.workshopId, { boardId: fixture.boardId, ...settings }));
    value(await rounds.open(lead, id));
    for (const [n, participantId] of fixture.participantIds.entries())
      value(
        await rounds.cast(participantCaller(fixture.workshopId, participantId), id, {
          body: { dots: { a: 2, b: n % 2 } },
        }),
      );
    return id;
  };
  const closedRound = await make('Приоритеты');
  value(await rounds.close(lead, closedRound));
  const openRound = await make('Ещё открыт');
  return { ...fixture, strategyId: strategy.id, closedRound, openRound };
}

const member = (one: Meeting) => participantCaller(one.workshopId, one.participantIds[0] ?? '');

describe('a snapshot', () => {
  test('[N45] holds boards, groups, closed rounds with their results and who was there as numbers; nothing of an open round', async () => {
    const one = await meeting();
    const snapshots = snapshotsOn(deps);
    const taken = value(await snapshots.take(staff, one.workshopId, { title: 'Итоги дня' }));
    const snapshot = JSON.parse(value(await snapshots.bytes(member(one), taken.id))) as Snapshot;
    expect(snapshot).toMatchObject({ id: taken.id, title: 'Итоги дня', takenAt: taken.takenAt, unaffiliated: 1 });
    expect(snapshot.organisations.map(({ name, people }) => [name, people])).toEqual([
      ['Дирекция', 3],
      ['ГАМСУМО', 3],
    ]);
    expect(snapshot.boards[0]?.notes.map(({ text }) => text)).toContain(KYRGYZ);
    expect(snapshot.boards[0]?.groups.map(({ title }) => title)).toEqual(['Люди уходят']);
    expect(snapshot.rounds.map(({ id }) => id)).toEqual([one.closedRound]);
    expect(snapshot.rounds[0]?.result.options[0]).toMatchObject({ id: 'a', dots: 14, voters: 7 });
    const text = JSON.stringify(snapshot);
    for (const participantId of one.participantIds) expect(text).not.toContain(participantId);
    expect(text).not.toContain('Ещё открыт');
  });

  test('[N46] is the same bytes for every member, and its hash is the SHA-256 of its canonical JSON without the hash', async () => {
    const one = await meeting();
    const snapshots = snapshotsOn(deps);
    const taken = value(await snapshots.take(lead, one.workshopId, { title: 'Итоги' }));
    const before = value(await snapshots.bytes(staff, taken.id));
    createEach(deps.live.document(`board/${one.boardId}`), [{ zone: 'threats', text: 'Позже' }], 'test');
    value(await roundsOn(deps).close(lead, one.openRound));
    for (const caller of [lead, member(one), screenCaller(one.workshopId)])
      expect(value(await snapshots.bytes(caller, taken.id))).toBe(before);
    const { hash, ...rest } = JSON.parse(before) as Snapshot;
    expect(hash).toBe(taken.hash);
    expect(createHash('sha256').update(canonicalJson(rest)).digest('hex')).toBe(hash);
    expect(verifySnapshot(JSON.parse(before), sha256).ok).toBe(true);
  });

  test('[N76] a board comes back as a new board with its origins; the living one and the snapshot stay as they were', async () => {
    const one = await meeting();
    const snapshots = snapshotsOn(deps);
    const taken = value(await snapshots.take(lead, one.workshopId, { title: 'Итоги' }));
    createEach(deps.live.document(`board/${one.boardId}`), [{ zone: 'threats', text: 'Позже' }], 'test');
    expect(code(await snapshots.restore(member(one), taken.id, one.boardId))).toBe('forbidden');
    expect(code(await snapshots.restore(lead, taken.id, 'other'))).toBe('not-found');
    const made = value(await snapshots.restore(lead, taken.id, one.boardId));
    const boards = await store.workshops.boards(one.workshopId);
    expect(boards.map(({ id }) => id)).toEqual([one.boardId, made.id]);
    expect(Object.values(boards[1]?.title ?? {})[0]).toContain('(Итоги)');
    const [living, restored] = [one.boardId, made.id].map((id) => readBoard(deps.live.document(`board/${id}`)));
    expect(living?.notes).toHaveLength(5);
    const shape = (board?: typeof living) =>
      board?.notes.map(({ at, text, group }) => [at, text, board.groups.find(({ id }) => id === group)?.title]);
    expect(shape(restored)).toEqual(shape(living)?.filter(([, text]) => text !== 'Позже'));
    const origins = await store.notes.originsOf(made.id);
    expect(origins.map(({ fromItem }) => fromItem).toSorted()).toEqual(
      [...(living?.notes ?? []), ...(living?.groups ?? [])]
        .filter((item) => !('text' in item && item.text === 'Позже'))
        .map(({ id }) => id)
        .toSorted(),
    );
  });

  test('[N47] is taken by the crew, read by members, unknown to others; a title is needed', async () => {
    const one = await meeting();
    const snapshots = snapshotsOn(deps);
    expect(code(await snapshots.take(member(one), one.workshopId, { title: 'X' }))).toBe('forbidden');
    expect(code(await snapshots.take(NOBODY, one.workshopId, { title: 'X' }))).toBe('sign-in-needed');
    expect(code(await snapshots.take(staff, one.workshopId, { title: ' ' }))).toBe('title-needed');
    expect(code(await snapshots.take(staff, 'nowhere', { title: 'X' }))).toBe('not-found');
    const taken = value(await snapshots.take(staff, one.workshopId, { title: 'X' }));
    expect(code(await snapshots.bytes(participantCaller('other', 'p'), taken.id))).toBe('not-found');
    expect(value(await snapshots.list(member(one), one.workshopId))).toEqual([taken]);
  });
});

/** Every node of a draft, the outer before the inner. */
const nodes = (node: Prose): Prose[] => [node, ...(node.content ?? []).flatMap(nodes)];
const textOf = (node: Prose): string =>
  nodes(node)
    .map(({ text = '' }) => text)
    .join('');

describe('the draft', () => {
  test('[N48] takes a snapshot in: heading, SWOT as a table, priorities in their order, each passage bound to what it rests on', async () => {
    const one = await meeting();
    const taken = value(await snapshotsOn(deps).take(staff, one.workshopId, { title: 'Итоги' }));
    const drafts = draftsOn(deps);
    expect(value(await drafts.insert(staff, one.strategyId, { snapshotId: taken.id }))).toEqual({
      snapshotId: taken.id,
      alreadyInserted: false,
    });
    const draft = value(await drafts.content(staff, one.strategyId));
    const all = nodes(draft);
    const tables = all.filter(({ type }) => type === 'table');
    expect(tables).toHaveLength(2);
    const [swot, priorities] = tables as [Prose, Prose];
    expect(swot.content?.map((row) => row.content?.length)).toEqual([2, 2, 2, 2]);
    for (const text of [KYRGYZ, 'Опыт <b>защиты</b> & интересов', 'Люди уходят', 'Отток кадров'])
      expect(textOf(swot)).toContain(text);
    expect(priorities.content?.slice(1).map((row) => row.content?.slice(0, 4).map(textOf))).toEqual([
      ['1', KYRGYZ, '14', '7'],
      ['2', 'Опыт <b>защиты</b> & интересов', '3', '3'],
      ['3=', 'Отток кадров', '0', '0'],
      ['3=', 'Низкиезарплаты', '0', '0'],
    ]);
    for (const block of draft.content ?? []) expect(block.attrs?.['snapshotId']).toBe(taken.id);
    const first = priorities.content?.[1]?.content?.[1]?.content?.[0];
    expect(first?.attrs?.['trace']).toMatchObject({
      snapshotId: taken.id,
      roundId: one.closedRound,
      optionIds: ['a'],
      noteIds: ['a'],
    });
  });

  test('[N49] takes the same snapshot in once; what was taken out again may be put back', async () => {
    const one = await meeting();
    const taken = value(await snapshotsOn(deps).take(staff, one.workshopId, { title: 'Итоги' }));
    const drafts = draftsOn(deps);
    const insert = () => drafts.insert(staff, one.strategyId, { snapshotId: taken.id });
    const both = await Promise.all([insert(), insert()]);
    expect(both.map((each) => value(each).alreadyInserted).sort()).toEqual([false, true]);
    const doc = deps.live.document(`draft/${one.strategyId}`);
    const length = draftFragment(doc).length;
    expect(value(await insert()).alreadyInserted).toBe(true);
    expect(draftFragment(doc).length).toBe(length);
    draftFragment(doc).delete(0, length);
    expect(value(await insert()).alreadyInserted).toBe(false);
    expect((await store.strategies.inserts(one.strategyId)).map(({ snapshotId }) => snapshotId)).toEqual([taken.id]);
  });

  test('[N50] leaves what people wrote as it was, and staff alone insert', async () => {
    const one = await meeting();
    const taken = value(await snapshotsOn(deps).take(staff, one.workshopId, { title: 'Итоги' }));
    const doc = deps.live.document(`draft/${one.strategyId}`);
    const written = new Y.XmlElement('paragraph');
    written.insert(0, [new Y.XmlText('Введение, написанное раньше')]);
    draftFragment(doc).push([written]);
    const drafts = draftsOn(deps);
    expect(code(await drafts.insert(lead, one.strategyId, { snapshotId: taken.id }))).toBe('forbidden');
    expect(code(await drafts.insert(staff, one.strategyId, { snapshotId: 'nowhere' }))).toBe('not-found');
    value(await drafts.insert(staff, one.strategyId, { snapshotId: taken.id, language: 'ky' }));
    expect(textOf(readDraft(doc).content?.[0] ?? { type: 'x' })).toBe('Введение, написанное раньше');
  });

  test('[N51] keeps named versions and says what changed, by paragraph and by word', async () => {
    const one = await meeting();
    const drafts = draftsOn(deps);
    const doc = deps.live.document(`draft/${one.strategyId}`);
    const add = (text: string) => {
      const element = new Y.XmlElement('paragraph');
      element.insert(0, [new Y.XmlText(text)]);
      draftFragment(doc).push([element]);
      return element;
    };
    add('Первый абзац остаётся.');
    const second = add('Союз создаёт две рабочие группы.');
    const first = value(await drafts.saveVersion(staff, one.strategyId, { title: 'До обсуждения' }));
    (second.get(0) as Y.XmlText).delete(0, 4);
    (second.get(0) as Y.XmlText).insert(0, 'Дирекция');
    add('Новый абзац.');
    const diff = value(await drafts.diff(lead, one.strategyId, first.id, 'current'));
    expect(diff.same).toBe(false);
    expect(diff.blocks).toEqual([
      { kind: 'same', block: 'paragraph', text: 'Первый абзац остаётся.' },
      {
        kind: 'changed',
        block: 'paragraph',
        before: 'Союз создаёт две рабочие группы.',
        after: 'Дирекция создаёт две рабочие группы.',
        words: [
          { kind: 'removed', text: 'Союз' },
          { kind: 'added', text: 'Дирекция' },
          { kind: 'same', text: ' создаёт две рабочие группы.' },
        ],
      },
      { kind: 'added', block: 'paragraph', text: 'Новый абзац.' },
    ]);
    expect(code(await drafts.saveVersion(lead, one.strategyId, { title: 'X' }))).toBe('forbidden');
    expect(value(await drafts.versions(lead, one.strategyId)).map(({ title }) => title)).toEqual(['До обсуждения']);
    expect(code(await drafts.diff(lead, one.strategyId, 'nowhere', 'current'))).toBe('not-found');
  });
});

describe('a strategy', () => {
  test('[N52] is made by staff with a period that is one, seen by the crew, gone after its deletion', async () => {
    const strategies = strategiesOn(deps);
    const input = { title: 'Өнүгүү', periodStart: 2020, periodEnd: 2025, languages: [] as const };
    expect(code(await strategies.create(lead, input))).toBe('forbidden');
    expect(code(await strategies.create(NOBODY, input))).toBe('sign-in-needed');
    expect(code(await strategies.create(staff, { ...input, periodEnd: 2019 }))).toBe('period-invalid');
    expect(code(await strategies.create(staff, { ...input, periodStart: 20.5 }))).toBe('period-invalid');
    const made = value(await strategies.create(staff, input));
    expect(made.draftDocument).toBe(`draft/${made.id}`);
    expect(value(await strategies.view(lead, made.id))).toMatchObject({
      title: 'Өнүгүү',
      mayEdit: false,
      inserts: [],
      versions: [],
    });
    expect(value(await strategies.list(lead, { q: 'онугуу' })).items.map(({ id }) => id)).toContain(made.id);
    expect(code(await strategies.remove(lead, made.id))).toBe('forbidden');
    value(await strategies.remove(staff, made.id));
    expect(code(await strategies.view(staff, made.id))).toBe('not-found');
    expect(deps.live.forgotten).toContain(made.draftDocument);
  });

  test('[N53] is duplicated with its text, and changed without losing it', async () => {
    const one = await meeting();
    const taken = value(await snapshotsOn(deps).take(staff, one.workshopId, { title: 'Итоги' }));
    const [strategies, drafts] = [strategiesOn(deps), draftsOn(deps)];
    value(await drafts.insert(staff, one.strategyId, { snapshotId: taken.id }));
    const copy = value(await strategies.duplicate(staff, one.strategyId));
    expect(value(await drafts.content(staff, copy.id))).toEqual(value(await drafts.content(staff, one.strategyId)));
    value(await strategies.change(staff, copy.id, { title: 'Копия' }));
    expect(value(await strategies.view(staff, copy.id))).toMatchObject({ title: 'Копия', periodStart: 2020 });
    expect(value(await strategies.view(staff, one.strategyId))).toMatchObject({
      snapshots: [{ id: taken.id }],
      inserts: [{ snapshotId: taken.id, title: 'Итоги' }],
    });
  });
});

describe('a download', { timeout: 120_000 }, () => {
  // One press, as in a server: its thread starts once.
  let exported: ReturnType<typeof exports_>;
  beforeAll(() => {
    exported = exports_(deps);
  });
  const word = (bytes: Uint8Array | string): string =>
    strFromU8(unzipSync(bytes as Uint8Array)['word/document.xml'] ?? new Uint8Array());

  test('[A45] of a workshop shows what the screen shows: a round that is open is named, its figures are nowhere', async () => {
    const one = await meeting();
    const get = (format: string, kind = 'results') =>
      exported.workshop(staff, one.workshopId, { format, kind, language: 'ru' });
    for (const format of ['docx', 'md', 'csv', 'json']) {
      const file = value(await get(format));
      expect(file.fileName).toMatch(new RegExp(`\\.${format}$`));
      expect(file.disposition).toContain(`filename*=UTF-8''`);
      const text = format === 'docx' ? word(file.body) : String(file.body);
      expect(text).toContain(KYRGYZ);
      for (const participantId of one.participantIds) expect(text).not.toContain(participantId);
    }
    const data = (
      JSON.parse(String(value(await get('json')).body)) as { data: { rounds: { id: string; result: unknown }[] } }
    ).data;
    expect(data.rounds.map(({ id, result }) => [id, result === null])).toEqual([
      [one.closedRound, false],
      [one.openRound, true],
    ]);
    expect(code(await get('xlsx', 'minutes'))).toBe('format-not-available');
    expect(code(await get('docx', 'anything'))).toBe('format-not-available');
    expect(code(await get('__proto__'))).toBe('format-not-available');
    expect(
      code(await exported.workshop(member(one), one.workshopId, { format: 'md', kind: 'results', language: 'ru' })),
    ).toBe('forbidden');
  });

  test('[N54] of a strategy carries its inserted tables and the source of each result', async () => {
    const one = await meeting();
    const taken = value(await snapshotsOn(deps).take(staff, one.workshopId, { title: 'Итоги' }));
    value(await draftsOn(deps).insert(staff, one.strategyId, { snapshotId: taken.id }));
    const file = value(await exported.strategy(staff, one.strategyId, { format: 'docx', language: 'ru' }));
    const text = word(file.body);
    expect(text).toContain(KYRGYZ);
    expect(text).toContain('Опыт &lt;b&gt;защиты&lt;/b&gt; &amp; интересов');
    expect(text).toContain(taken.hash.slice(0, 12));
    const markdown = String(
      value(await exported.strategy(staff, one.strategyId, { format: 'md', language: 'ru' })).body,
    );
    expect(markdown).toContain('Люди уходят');
  });
});
