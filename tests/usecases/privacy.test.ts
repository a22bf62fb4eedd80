/** Erasing, keeping no longer than was said, giving out what is on record, and the log of who did what. */
import { beforeEach, describe, expect, test } from 'vitest';
import { createNote } from '#core/board/notes.ts';
import { firstBroken } from '#core/people/audit.ts';
import { sha256 } from '#server/auth/secrets.ts';
import { sessionsOn } from '#server/auth/sessions.ts';
import { openSqlite, type Db } from '#server/store/db.ts';
import { storeOn } from '#server/store/open.ts';
import { audit } from '#server/usecases/audit.ts';
import { accounts } from '#server/usecases/accounts.ts';
import { audited } from '#server/usecases/audited.ts';
import { passwordFailures } from '#server/usecases/limits.ts';
import { privacy } from '#server/usecases/privacy.ts';
import { workshops } from '#server/usecases/workshops.ts';
import { accountCaller, depsOn, participantCaller, type TestDeps } from '../fixtures/deps.ts';
import { insertWorkshop, type WorkshopFixture } from '../fixtures/workshop.ts';

const NAME = 'Имя Которое Стирают';
const DAY = 24 * 3600 * 1000;

let db: Db;
let deps: TestDeps;
let use: ReturnType<typeof privacy>;
let room: WorkshopFixture;
const lead = accountCaller('facilitator');

beforeEach(async () => {
  db = await openSqlite(':memory:');
  deps = depsOn(storeOn(db));
  use = privacy(deps);
  room = await insertWorkshop(deps.store, [{ name: 'GAMSUMO' }], [0, 0]);
  return () => db.close();
});

/** Every byte that the store holds, as text. */
const raw = (): string => db.sqlite?.serialize().toString('utf8') ?? '';
const someone = (n = 0): string => room.participantIds[n] ?? '';
const board = (): string => `board/${room.boardId}`;

async function writes(participantId: string, text: string, id: string): Promise<void> {
  await deps.live.edit(board(), (doc) => void createNote(doc, { id, zone: 'strengths', text }, 'test'));
  await deps.store.notes.recordAuthors(room.boardId, [{ noteId: id, personId: participantId, organisationId: null }]);
}
const texts = async (): Promise<string[]> =>
  deps.live.read(board(), (doc) =>
    [...doc.getMap<{ get(key: string): unknown } & object>('notes').values()].map((note) => String(note.get('text'))),
  );

describe('erasing a person', () => {
  test('[R70] takes the name, the devices and the authorship; the notes stay without a name', async () => {
    await deps.store.participants.change(someone(), { name: NAME });
    await writes(someone(), 'Дороги', 'n1');
    expect(raw()).toContain(NAME);
    expect((await use.erasePerson(lead, room.workshopId, someone())).ok).toBe(true);
    expect(raw()).not.toContain(NAME);
    expect(await texts()).toEqual(['Дороги']);
    expect(await deps.store.notes.authorsOf(room.boardId)).toEqual([]);
    // The tombstone stays: the device of this person is nobody's now.
    expect((await deps.store.participants.byId(someone()))?.removedAt).not.toBeNull();
    expect(await deps.store.revocations.since(0)).toMatchObject([{ personId: someone() }]);
  });

  test('[R70] with their notes, where they ask for it; others keep theirs', async () => {
    await writes(someone(0), 'Моё', 'n1');
    await writes(someone(1), 'Чужое', 'n2');
    expect((await use.erasePerson(lead, room.workshopId, someone(0), { notes: true })).ok).toBe(true);
    expect(await texts()).toEqual(['Чужое']);
  });

  test('[R70] is for those who lead, and for people of this workshop', async () => {
    for (const caller of [accountCaller('staff'), participantCaller(room.workshopId, someone(1))])
      expect(await use.erasePerson(caller, room.workshopId, someone())).toMatchObject({
        refusal: { code: 'forbidden' },
      });
    const other = await insertWorkshop(deps.store, [], [null]);
    expect(await use.erasePerson(lead, room.workshopId, other.participantIds[0] ?? '')).toMatchObject({
      refusal: { code: 'not-found' },
    });
  });

  test('[R70] an account loses name, address, password and sessions; the last administrator stays', async () => {
    const own = accounts(deps, sessionsOn(deps.store.accounts, deps.now), passwordFailures());
    const password = 'a long enough password';
    const first = await own.createByOperator({ email: 'first@ashar.test', name: NAME, role: 'admin', password });
    const admin = { ...accountCaller('admin') };
    const id = first.ok ? first.value.id : '';
    expect(await use.eraseAccount(admin, id)).toMatchObject({ refusal: { code: 'last-admin' } });
    await own.createByOperator({ email: 'second@ashar.test', name: 'B', role: 'admin', password });
    await own.signIn('first@ashar.test', password, 'x');
    expect((await use.eraseAccount(admin, id)).ok).toBe(true);
    expect(raw()).not.toContain(NAME);
    expect(raw()).not.toContain('first@ashar.test');
    expect(await deps.store.accounts.sessionsOf(id)).toEqual([]);
  });
});

describe('erasing a board and a workshop', () => {
  test('[R71] a board takes what was written and voted on it; its document is unknown from then on', async () => {
    await deps.store.log.append([
      { document: board(), update: new TextEncoder().encode('Дороги'), personId: null, claims: [], createdNotes: [] },
    ]);
    expect((await use.eraseBoard(lead, room.workshopId, room.boardId)).ok).toBe(true);
    expect(await deps.store.workshops.board(room.boardId)).toBeNull();
    expect(deps.live.forgotten).toContain(board());
    expect(raw()).not.toContain('Дороги');
    expect((await use.eraseBoard(lead, room.workshopId, room.boardId)).ok).toBe(false);
  });

  test('[R71] a workshop takes people, bodies, boards and snapshots, and leaves a tombstone that nobody finds', async () => {
    await deps.store.participants.change(someone(), { name: NAME });
    await deps.store.snapshots.insert({
      ...{ id: 's', workshopId: room.workshopId, title: 'Итог', hash: 'h', takenAt: 1 },
      body: '{"text":"Дороги"}',
    });
    expect((await use.eraseWorkshop(lead, room.workshopId)).ok).toBe(true);
    for (const gone of [NAME, 'Дороги', 'GAMSUMO']) expect(raw()).not.toContain(gone);
    expect(await deps.store.workshops.byId(room.workshopId)).toBeNull();
    const [row] = db.sqlite?.prepare('select deleted_at, erased_at from workshops').all() as object[];
    expect(row).toMatchObject({ deleted_at: deps.now(), erased_at: deps.now() });
  });
});

describe('keeping', () => {
  test('[R72] a workshop put away is erased after its days, or those of the server; not a moment earlier', async () => {
    const other = await insertWorkshop(deps.store);
    for (const id of [room.workshopId, other.workshopId]) await deps.store.workshops.archive(id, deps.now());
    expect(await use.setRetention(lead, room.workshopId, 0)).toMatchObject({ refusal: { code: 'number-invalid' } });
    expect((await use.setRetention(lead, room.workshopId, 30)).ok).toBe(true);
    expect(await use.retention(lead, room.workshopId)).toEqual({ ok: true, value: { days: 30, standard: null } });
    deps.pass(30 * DAY - 1);
    expect(await use.sweep()).toBe(0);
    deps.pass(1);
    expect(await use.sweep()).toBe(1);
    expect(await use.sweep()).toBe(0);
    expect(await deps.store.workshops.byId(room.workshopId)).toBeNull();
    // Without days of its own and without a setting it is kept.
    deps.pass(3650 * DAY);
    expect(await use.sweep()).toBe(0);
    const withSetting = privacy({ ...deps, config: { ...deps.config, retentionDays: 365 } });
    expect(await withSetting.sweep()).toBe(1);
    expect(await deps.store.workshops.byId(other.workshopId)).toBeNull();
  });

  test('[R72] what was deleted is erased after a month; expired sessions, links and tokens go at once', async () => {
    const own = accounts(deps, sessionsOn(deps.store.accounts, deps.now), passwordFailures());
    await own.createByOperator({ email: 'a@ashar.test', name: 'A', role: 'staff', password: 'a long enough password' });
    await own.signIn('a@ashar.test', 'a long enough password', 'x');
    await deps.store.workshops.remove(room.workshopId, deps.now());
    deps.pass(29 * DAY);
    expect(await use.sweep()).toBe(0);
    expect(db.sqlite?.prepare('select count(*) as n from sessions').get()).toEqual({ n: 0 });
    deps.pass(DAY);
    expect(await use.sweep()).toBe(1);
  });
});

test('[R73] people are given what is on record about them: their own, or by those who lead; a secret ballot is nobody’s', async () => {
  await deps.store.participants.change(someone(), { name: NAME });
  await writes(someone(), 'Дороги', 'n1');
  const own = participantCaller(room.workshopId, someone());
  const given = await use.personData(own, room.workshopId, someone());
  expect(given).toMatchObject({
    ok: true,
    value: { participant: { name: NAME }, notes: [{ text: 'Дороги' }], ballots: [] },
  });
  expect(await use.ownData(own)).toMatchObject({ ok: true, value: { account: null, workshops: [{ notes: [{}] }] } });
  expect((await use.personData(lead, room.workshopId, someone())).ok).toBe(true);
  const stranger = participantCaller(room.workshopId, someone(1));
  expect(await use.personData(stranger, room.workshopId, someone())).toMatchObject({ refusal: { code: 'forbidden' } });
});

describe('the audit log', () => {
  const entry = (act: string) => ({ at: 1, actorId: 'a', actorRole: 'admin', act, subject: null, detail: null });

  test('[R74] the engine refuses to change or delete an entry; whoever goes round it is found by counting again', async () => {
    for (const act of ['one', 'two', 'three']) await deps.store.audit.append(entry(act));
    expect(() => db.sqlite?.exec(`update audit_log set act = 'x'`)).toThrow('append-only');
    expect(() => db.sqlite?.exec('delete from audit_log')).toThrow('append-only');
    expect(await deps.store.audit.broken()).toBeNull();
    db.sqlite?.exec('drop trigger audit_log_no_update');
    db.sqlite?.exec(`update audit_log set act = 'x' where seq = 2`);
    expect(await deps.store.audit.broken()).toBe(2);
    db.sqlite?.exec(`update audit_log set act = 'two' where seq = 2`);
    expect(await deps.store.audit.broken()).toBeNull();
    // An entry cut off at the end is missed as well.
    db.sqlite?.exec('drop trigger audit_log_no_delete');
    db.sqlite?.exec('delete from audit_log where seq = 3');
    expect(await deps.store.audit.broken()).toBe(3);
  });

  test('[R74] entries that come at the same moment make one chain, and what is taken out can be counted by anybody', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, n) => deps.store.audit.append(entry(`act ${n}`))));
    const out = await audit(deps).lines(accountCaller('admin'));
    const lines = out.ok
      ? out.value
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as never)
      : [];
    expect(lines).toHaveLength(20);
    expect(firstBroken(lines, sha256)).toBeNull();
    expect(firstBroken(lines.toSpliced(7, 1), sha256)).toBe(8);
    expect(await audit(deps).page(accountCaller('staff'))).toMatchObject({ refusal: { code: 'forbidden' } });
  });

  test('[R75] what an account does is written down by whichever door, once it is done: who, what, to what; no text, no name', async () => {
    const app = audited({ workshops: workshops(deps), privacy: use }, deps);
    const made = await app.workshops.create(
      lead,
      { title: 'Название которого нет в журнале', template: 'swot', languages: ['ru'] } as never,
      'http://x',
    );
    const id = made.ok ? made.value.id : '';
    await app.workshops.change(lead, id, { doorOpen: false });
    await app.workshops.change(accountCaller('admin'), id, { title: '' });
    await app.workshops.remove(participantCaller(id, 'p'), id);
    await app.privacy.erasePerson(lead, room.workshopId, someone());
    const page = await audit(deps).page(accountCaller('admin'));
    const items = page.ok ? page.value.items : [];
    expect(items.map(({ act, subject, detail, actorId }) => [act, subject, detail, actorId]).reverse()).toEqual([
      ['workshops.create', id, null, 'account-facilitator'],
      ['workshops.change', id, 'doorOpen=false', 'account-facilitator'],
      ['privacy.erasePerson', room.workshopId, someone(), 'account-facilitator'],
    ]);
    expect(JSON.stringify(items)).not.toContain('Название');
  });
});
