/** The working group at a draft: who may do what, comments, suggestions, answers to what was collected, sections. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { NOBODY, type Caller } from '#core/people/caller.ts';
import type { Refusal, Result } from '#core/result.ts';
import { appendProse, draftFragment, readDraft } from '#core/strategy/fragment.ts';
import { findPassage, passagesOf, reword, textOf } from '#core/strategy/passages.ts';
import { sessionsOn } from '#server/auth/sessions.ts';
import { openSqlite } from '#server/store/db.ts';
import { storeOn } from '#server/store/open.ts';
import type { Store } from '#server/store/port.ts';
import { drafts as draftsOn } from '#server/usecases/drafts.ts';
import { identify } from '#server/usecases/identify.ts';
import { members as membersOn } from '#server/usecases/members.ts';
import { remarks as remarksOn } from '#server/usecases/remarks.ts';
import { documentRights } from '#server/usecases/rights.ts';
import { sections as sectionsOn } from '#server/usecases/sections.ts';
import { strategies as strategiesOn } from '#server/usecases/strategies.ts';
import { versions as versionsOn } from '#server/usecases/versions.ts';
import { accountCaller, depsOn, participantCaller, type TestDeps } from '../fixtures/deps.ts';

const staff = accountCaller('staff');
const lead = accountCaller('facilitator');
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
const run = (text: string, ...marks: string[]) => ({
  type: 'text',
  text,
  ...(marks.length > 0 && { marks: marks.map((type) => ({ type })) }),
});

async function strategy(): Promise<string> {
  const { id } = value(
    await strategiesOn(deps).create(staff, {
      title: 'Стратегия',
      periodStart: 2020,
      periodEnd: 2025,
      languages: ['ru'],
    }),
  );
  appendProse(draftFragment(deps.live.document(`draft/${id}`)), [
    { type: 'heading', attrs: { level: 1 }, content: [run('Введение')] },
    { type: 'paragraph', content: [run('Союз '), run('защищает', 'bold'), run(' права членов.')] },
    { type: 'heading', attrs: { level: 1 }, content: [run('Мониторинг')] },
    {
      type: 'bulletList',
      content: [{ type: 'listItem', content: [{ type: 'paragraph', content: [run('Раз в год')] }] }],
    },
  ]);
  return id;
}
const doc = (id: string): Y.Doc => deps.live.document(`draft/${id}`);
const keyed = (id: string, text: string): string => passagesOf(doc(id)).find((one) => one.text === text)?.key ?? '';

/** Somebody who followed their link, as the server knows them by their cookie. */
async function guest(
  id: string,
  duty: 'write' | 'suggest' | 'comment',
  organisation = 'ГАМСУМО',
): Promise<Caller & { link: string; memberId: string }> {
  const members = membersOn(deps);
  const invited = value(await members.invite(staff, id, { duty, organisation }));
  const link = invited.path.split('/').at(-1) ?? '';
  value(await members.enter(link, 'Эксперт'));
  const caller = await identify(store, sessionsOn(store.accounts)).byCookies(`ashar_d_${id}=${link}`);
  return { ...caller, link, memberId: invited.id };
}

test('[N78] a link lets in to write, to suggest or to comment, and to nothing else; the guard asks the same table', async () => {
  const [id, other] = [await strategy(), await strategy()];
  const [writer, suggester, commenter] = [
    await guest(id, 'write'),
    await guest(id, 'suggest'),
    await guest(id, 'comment'),
  ];
  const [remarks, drafts] = [remarksOn(deps), draftsOn(deps)];
  const passage = keyed(id, 'Союз защищает права членов.');
  const may = async (caller: Caller) => ({
    see: code(await drafts.content(caller, id)),
    live: (await documentRights(store, caller, `draft/${id}`))?.write ?? null,
    comment: code(await remarks.add(caller, id, { kind: 'comment', passage, body: 'Почему?' })),
    suggest: code(await remarks.add(caller, id, { kind: 'suggestion', passage, wording: 'Иначе.' })),
    section: code(await sectionsOn(deps).change(caller, id, keyed(id, 'Введение'), { status: 'writing' })),
    manage: code(await versionsOn(deps).step(caller, id, { status: 'sent', title: 'x' })),
    version: code(await drafts.saveVersion(caller, id, { title: 'x' })),
    insert: code(await drafts.insert(caller, id, { snapshotId: 'x' })),
    invite: code(await membersOn(deps).invite(caller, id, { duty: 'write', organisation: 'Друзья' })),
  });
  const none = { manage: 'forbidden', version: 'forbidden', insert: 'forbidden', invite: 'forbidden' };
  const ok = { see: 'ok', comment: 'ok' };
  expect(await may(writer)).toEqual({ ...none, ...ok, live: true, suggest: 'ok', section: 'ok' });
  expect(await may(suggester)).toEqual({ ...none, ...ok, live: false, suggest: 'ok', section: 'forbidden' });
  expect(await may(commenter)).toEqual({ ...none, ...ok, live: false, suggest: 'forbidden', section: 'forbidden' });
  expect(await may(lead)).toMatchObject({ ...ok, live: false, suggest: 'forbidden' });
  for (const stranger of [NOBODY, participantCaller('w', 'p')])
    expect(
      new Set(Object.values({ ...(await may(stranger)), live: 'forbidden' })).difference(
        new Set(['forbidden', 'sign-in-needed', 'not-found']),
      ),
    ).toEqual(new Set());
  // A link opens its own draft only, and no workshop, list or account.
  expect(await documentRights(store, writer, `draft/${other}`)).toBe(null);
  expect(code(await drafts.content(writer, other))).not.toBe('ok');
  expect(code(await strategiesOn(deps).list(writer, {}))).not.toBe('ok');
  // Another duty counts at once, and a link that was taken back opens nothing.
  value(await membersOn(deps).change(staff, id, writer.memberId, { duty: 'comment' }));
  const who = identify(store, sessionsOn(store.accounts));
  const again = await who.byCookies(`ashar_d_${id}=${writer.link}`);
  expect((await documentRights(store, again, `draft/${id}`))?.write).toBe(false);
  expect(deps.live.reconsidered).toContain(`draft/${id}`);
  value(await membersOn(deps).revoke(staff, id, writer.memberId));
  expect((await who.byCookies(`ashar_d_${id}=${writer.link}`)).guests).toEqual([]);
  expect(await who.byToken(writer.link)).toBe(null);
  expect(code(await membersOn(deps).door(writer.link))).toBe('link-unknown');
});

test('[N79] a comment is answered, resolved and opened again; its author and those who write may, others may not', async () => {
  const id = await strategy();
  const [one, two] = [await guest(id, 'comment'), await guest(id, 'comment', 'ИПР')];
  const remarks = remarksOn(deps);
  const passage = keyed(id, 'Раз в год');
  const made = value(await remarks.add(one, id, { kind: 'comment', passage, quote: 'в год', body: 'Раз в полгода?' }));
  value(await remarks.reply(two, id, made.id, 'Согласны.'));
  expect(code(await remarks.settle(two, id, made.id, { state: 'resolved' }))).toBe('forbidden');
  value(await remarks.settle(one, id, made.id, { state: 'resolved' }));
  value(await remarks.settle(staff, id, made.id, { state: 'open' }));
  value(await remarks.settle(staff, id, made.id, { state: 'resolved' }));
  const {
    remarks: [seen],
  } = value(await remarks.list(two, id));
  expect(seen).toMatchObject({
    quote: 'в год',
    organisation: 'ГАМСУМО',
    name: 'Эксперт',
    state: 'resolved',
    settledBy: 'A',
    mine: false,
  });
  expect(seen?.replies).toMatchObject([{ body: 'Согласны.', organisation: 'ИПР' }]);
  for (const wrong of [
    { body: ' ' },
    { body: 'x'.repeat(10_001) },
    { body: 'Да', passage: '1-2' },
    { body: 'Да', passage: '__proto__' },
  ])
    expect(code(await remarks.add(one, id, { kind: 'comment', ...wrong }))).not.toBe('ok');
  expect(deps.live.document(`draft/${id}`).getMap('meta').get('remarks')).toBeTypeOf('string');
});

test('[N80] a suggestion is taken in by as few letters as possible, only while the paragraph reads as it did, or turned down', async () => {
  const id = await strategy();
  const [suggester, writer] = [await guest(id, 'suggest'), await guest(id, 'write')];
  const remarks = remarksOn(deps);
  const text = 'Союз защищает права членов.';
  const passage = keyed(id, text);
  const suggest = async (wording: string) => {
    deps.pass(1);
    return value(await remarks.add(suggester, id, { kind: 'suggestion', passage, wording })).id;
  };
  expect(code(await remarks.add(suggester, id, { kind: 'suggestion', passage, wording: text }))).toBe('text-needed');
  const [good, late, bad] = [
    await suggest('Союз защищает права муниципалитетов.'),
    await suggest('Совсем иначе.'),
    await suggest('Никак.'),
  ];
  expect(code(await remarks.settle(suggester, id, good, { state: 'accepted' }))).toBe('forbidden');
  value(await remarks.settle(writer, id, good, { state: 'accepted' }));
  const element = findPassage(doc(id), passage);
  expect(element && textOf(element)).toBe('Союз защищает права муниципалитетов.');
  expect(JSON.stringify(readDraft(doc(id)))).toContain('{"type":"text","text":"защищает","marks":[{"type":"bold"}]}');
  expect(code(await remarks.settle(writer, id, late, { state: 'accepted' }))).toBe('changed-meanwhile');
  expect(value(await remarks.list(writer, id)).remarks.map(({ state }) => state)).toEqual(['accepted', 'open', 'open']);
  value(await remarks.settle(writer, id, bad, { state: 'rejected' }));
  expect(code(await remarks.settle(writer, id, good, { state: 'rejected' }))).toBe('changed-meanwhile');
});

test('[N81] while a version is out for comment, comments are collected with it and answered one by one by staff', async () => {
  const id = await strategy();
  const partner = await guest(id, 'comment', 'Хельветас');
  const remarks = remarksOn(deps);
  const before = value(await remarks.add(partner, id, { kind: 'comment', body: 'Раньше' })).id;
  deps.pass(1);
  const { version } = value(await versionsOn(deps).step(staff, id, { status: 'sent', title: 'На замечания' }));
  const asked = value(await remarks.add(partner, id, { kind: 'comment', body: 'Добавьте сроки' })).id;
  const list = value(await remarks.list(staff, id));
  expect(list.collecting).toBe(version?.id);
  expect(list.remarks.map(({ versionId }) => versionId)).toEqual([null, version?.id]);
  expect(code(await remarks.settle(staff, id, asked, { state: 'resolved' }))).toBe('malformed');
  expect(code(await remarks.settle(staff, id, asked, { state: 'partly' }))).toBe('text-needed');
  expect(code(await remarks.settle(await guest(id, 'write'), id, asked, { state: 'partly', answer: 'x' }))).toBe(
    'forbidden',
  );
  expect(code(await remarks.settle(partner, id, asked, { state: 'accepted', answer: 'x' }))).toBe('forbidden');
  value(await remarks.settle(staff, id, asked, { state: 'partly', answer: 'Сроки даны по годам.' }));
  expect(value(await remarks.list(partner, id)).remarks.find((one) => one.id === asked)).toMatchObject({
    ...{ state: 'partly', answer: 'Сроки даны по годам.', settledBy: 'A' },
  });
  value(await remarks.settle(staff, id, before, { state: 'resolved' }));
  value(
    await versionsOn(deps).step(staff, id, {
      status: 'adopted',
      title: 'П',
      assembly: 'Собрание',
      heldOn: '2020-06-12',
      protocol: '1',
    }),
  );
  for (const kind of ['comment', 'suggestion'] as const)
    expect(code(await remarks.add(staff, id, { kind, body: 'Поздно' }))).toBe('draft-frozen');
  expect(value(await remarks.list(partner, id)).remarks).toHaveLength(2);
});

test('[N82] a section has a state and an owner, kept by its heading wherever that goes and however it is called', async () => {
  const id = await strategy();
  const sections = sectionsOn(deps);
  const heading = keyed(id, 'Введение');
  value(await sections.change(staff, id, heading, { status: 'review', owner: ' Дирекция ' }));
  value(await sections.change(staff, id, heading, { status: 'ready' }));
  const element = findPassage(doc(id), heading);
  if (element) reword(element, 'Введение и цели');
  expect(value(await sections.list(lead, id))).toEqual([
    { section: heading, title: 'Введение и цели', status: 'ready', owner: 'Дирекция' },
    { section: keyed(id, 'Мониторинг'), title: 'Мониторинг', status: 'planned', owner: '' },
  ]);
  expect(code(await sections.change(staff, id, keyed(id, 'Раз в год'), { status: 'ready' }))).toBe('not-found');
  expect(code(await sections.change(lead, id, heading, { status: 'ready' }))).toBe('forbidden');
});

test('[N83] a paragraph keeps its key through edits around it, a reload and a compaction; what is gone has none', async () => {
  const id = await strategy();
  const passage = keyed(id, 'Раз в год');
  draftFragment(doc(id)).insert(0, [new Y.XmlElement('paragraph')]);
  const copy = new Y.Doc();
  Y.applyUpdateV2(copy, Y.encodeStateAsUpdateV2(doc(id)));
  const element = findPassage(copy, passage);
  expect(element && textOf(element)).toBe('Раз в год');
  expect(passagesOf(copy).find(({ key }) => key === passage)).toMatchObject({ inside: ['listItem', 'bulletList'] });
  const root = draftFragment(copy);
  root.delete(root.length - 1, 1);
  for (const key of [passage, '0-0', '1', 'x-y', '4294967295-999999999999', ''])
    expect(findPassage(copy, key), key).toBe(null);
});
