/** Accounts in use: sessions and their ends, another role, the second factor, and what of it is written down. */
import { TOTP } from 'otpauth';
import { beforeEach, describe, expect, test } from 'vitest';
import { NOBODY, type Caller } from '#core/people/caller.ts';
import { deviceOf } from '#core/people/device.ts';
import { sessionsOn, type Sessions } from '#server/auth/sessions.ts';
import { openSqlite, type Db } from '#server/store/db.ts';
import { storeOn } from '#server/store/open.ts';
import { accounts } from '#server/usecases/accounts.ts';
import { passwordFailures } from '#server/usecases/limits.ts';
import { depsOn, type TestDeps } from '../fixtures/deps.ts';

const PASSWORD = 'a long enough password';
const DAY = 24 * 3600 * 1000;

let db: Db;
let deps: TestDeps;
let sessions: Sessions;
let use: ReturnType<typeof accounts>;
let admin: Caller;

async function made(role: 'admin' | 'facilitator' | 'staff') {
  const result = await use.createByOperator({ email: `${role}@ashar.test`, name: role, role, password: PASSWORD });
  if (!result.ok) throw new Error(result.refusal.code);
  return result.value;
}

async function signedIn(email: string, code?: string, device: string | null = null): Promise<string> {
  const signed = await use.signIn(email, PASSWORD, 'here', { code, device });
  if (!signed.ok) throw new Error(signed.refusal.code);
  return signed.value.session;
}

beforeEach(async () => {
  db = await openSqlite(':memory:');
  deps = depsOn(storeOn(db));
  sessions = sessionsOn(deps.store.accounts, deps.now);
  use = accounts(deps, sessions, passwordFailures());
  const { id } = await made('admin');
  admin = { ...NOBODY, account: { accountId: id, role: 'admin', name: 'admin' } };
  return () => db.close();
});

const raw = (): string =>
  JSON.stringify(
    ['sessions', 'accounts', 'account_codes', 'audit_log'].map((table) =>
      db.sqlite?.prepare(`select * from ${table}`).all(),
    ),
  );

describe('sessions', () => {
  test('[R60] the store has no session id that opens anything, and every sign-in makes a new one', async () => {
    const [one, two] = [await signedIn('admin@ashar.test'), await signedIn('admin@ashar.test')];
    expect(one).not.toBe(two);
    expect(raw()).not.toContain(one);
    expect(await sessions.accountOf(one)).toBe(admin.account?.accountId);
    const [row] = db.sqlite?.prepare('select id_hash from sessions').all() as { id_hash: string }[];
    expect(await sessions.accountOf(row?.id_hash ?? '')).toBeNull();
  });

  test('[R61] a session ends when it is not used for 14 days, and after 90 days however much it is', async () => {
    const idle = await signedIn('admin@ashar.test');
    deps.pass(14 * DAY + 1);
    expect(await sessions.accountOf(idle)).toBeNull();
    const busy = await signedIn('admin@ashar.test');
    // Lucia moves the end on by its own clock; here it is moved by hand, which is what a long use comes to.
    db.sqlite?.prepare('update sessions set expires_at = ?').run(deps.now() + 1000 * DAY);
    deps.pass(89 * DAY);
    expect(await sessions.accountOf(busy)).not.toBeNull();
    deps.pass(2 * DAY);
    expect(await sessions.accountOf(busy)).toBeNull();
  });

  test('[R62] one sees where one is signed in and ends any of it; an administrator does for anybody; nobody else does', async () => {
    const here = await signedIn('admin@ashar.test', undefined, 'Firefox · Linux');
    deps.pass(1000);
    await signedIn('admin@ashar.test', undefined, 'Chrome · Android');
    const list = await use.sessions(admin, here);
    if (!list.ok) throw new Error(list.refusal.code);
    expect(list.value.map(({ device, current }) => [device, current])).toEqual([
      ['Chrome · Android', false],
      ['Firefox · Linux', true],
    ]);
    expect(JSON.stringify(list)).not.toContain(here);
    const before = await deps.store.revocations.end();
    expect((await use.endSession(admin, list.value[0]?.id ?? '')).ok).toBe(true);
    expect(await sessions.of(admin.account?.accountId ?? '')).toHaveLength(1);
    // The sockets of every process hear of it.
    expect((await deps.store.revocations.since(before)).map(({ personId }) => personId)).toEqual([
      admin.account?.accountId,
    ]);
    const staff = await made('staff');
    const caller: Caller = { ...NOBODY, account: { accountId: staff.id, role: 'staff', name: 's' } };
    expect(await use.sessions(caller, null, admin.account?.accountId)).toMatchObject({
      refusal: { code: 'forbidden' },
    });
    expect(await use.endSessionsOf(caller, admin.account?.accountId ?? '')).toMatchObject({
      refusal: { code: 'forbidden' },
    });
    expect((await use.endSessionsOf(admin, staff.id)).ok).toBe(true);
    expect((await use.endSessionsOf(caller, staff.id)).ok).toBe(true);
  });

  test('[R62] a browser is named in two words, and its whole line is not kept', () => {
    expect(
      deviceOf(
        'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36',
      ),
    ).toBe('Chrome · Android');
    expect(deviceOf('Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0')).toBe('Firefox · Linux');
    expect(deviceOf('curl/8')).toBeNull();
    expect(deviceOf(null)).toBeNull();
  });

  test('[R63] another password ends every other session', async () => {
    const other = await signedIn('admin@ashar.test');
    expect(await use.changePassword(admin, { old: 'wrong', next: 'another long password' }, null)).toMatchObject({
      refusal: { code: 'password-wrong' },
    });
    expect(await sessions.accountOf(other)).not.toBeNull();
    const changed = await use.changePassword(admin, { old: PASSWORD, next: 'another long password' }, null);
    expect(await sessions.accountOf(other)).toBeNull();
    expect(changed.ok && (await sessions.accountOf(changed.value.session))).toBe(admin.account?.accountId);
  });
});

describe('another role', () => {
  test('[R64] takes effect at once, ends the sessions, and leaves an administrator', async () => {
    const staff = await made('staff');
    const session = await signedIn('staff@ashar.test');
    expect((await use.changeRole(admin, staff.id, 'facilitator')).ok).toBe(true);
    expect(await sessions.accountOf(session)).toBeNull();
    expect((await deps.store.accounts.byId(staff.id))?.role).toBe('facilitator');
    expect(await use.changeRole(admin, admin.account?.accountId ?? '', 'staff')).toMatchObject({
      refusal: { code: 'last-admin' },
    });
    expect(await use.roleByOperator('nobody@ashar.test', 'staff')).toMatchObject({ refusal: { code: 'not-found' } });
    expect((await use.roleByOperator('STAFF@ashar.test', 'admin')).ok).toBe(true);
    expect((await use.changeRole(admin, admin.account?.accountId ?? '', 'staff')).ok).toBe(true);
  });
});

describe('the second factor', () => {
  async function switchedOn(): Promise<{ totp: TOTP; codes: string[] }> {
    const proposed = await use.proposeSecondFactor(admin);
    if (!proposed.ok) throw new Error(proposed.refusal.code);
    expect(proposed.value.uri).toContain('otpauth://totp/Ashar');
    const totp = new TOTP({ secret: proposed.value.secret });
    expect(await use.confirmSecondFactor(admin, proposed.value.secret, '000')).toMatchObject({
      refusal: { code: 'second-factor-wrong' },
    });
    const code = totp.generate({ timestamp: deps.now() });
    const on = await use.confirmSecondFactor(admin, proposed.value.secret, code);
    if (!on.ok) throw new Error(on.refusal.code);
    return { totp, codes: on.value.codes };
  }

  test('[R65] with it a password alone signs nobody in, a code works once, and guessing is limited', async () => {
    const { totp, codes } = await switchedOn();
    const code = totp.generate({ timestamp: deps.now() });
    expect(await use.signIn('admin@ashar.test', PASSWORD, 'a')).toMatchObject({
      refusal: { code: 'second-factor-needed' },
    });
    // The code that switched it on is used up.
    expect(await use.signIn('admin@ashar.test', PASSWORD, 'a', { code })).toMatchObject({
      refusal: { code: 'second-factor-wrong' },
    });
    deps.pass(30_000);
    const next = totp.generate({ timestamp: deps.now() });
    const tries = await Promise.all([1, 2, 3].map(() => use.signIn('admin@ashar.test', PASSWORD, 'b', { code: next })));
    expect(tries.filter(({ ok }) => ok)).toHaveLength(1);
    expect((await use.signIn('admin@ashar.test', PASSWORD, 'c', { code: codes[0] ?? '' })).ok).toBe(true);
    expect((await use.signIn('admin@ashar.test', PASSWORD, 'c', { code: codes[0] ?? '' })).ok).toBe(false);
    for (let n = 0; n < 11; n += 1) await use.signIn('admin@ashar.test', PASSWORD, 'd', { code: '000000' });
    expect(await use.signIn('admin@ashar.test', PASSWORD, 'd', { code: codes[1] ?? '' })).toMatchObject({
      refusal: { code: 'too-many-requests' },
    });
  });

  test('[R65] it is switched off with a code, or by an administrator; recovery codes are stored as hashes', async () => {
    const { codes } = await switchedOn();
    expect(codes).toHaveLength(10);
    for (const code of codes) expect(raw()).not.toContain(code);
    expect((await use.removeSecondFactor(admin, '123456')).ok).toBe(false);
    expect((await use.removeSecondFactor(admin, codes[3] ?? '')).ok).toBe(true);
    await signedIn('admin@ashar.test');
    await switchedOn();
    expect((await use.dropSecondFactor(admin, admin.account?.accountId ?? '')).ok).toBe(true);
    await signedIn('admin@ashar.test');
  });

  test('[R66] who a provider vouches for is the account bound to them, or the one with the address it verified', async () => {
    const who = { subject: 'https://issuer 1', email: 'admin@ashar.test', verified: false };
    expect(await use.byProvider(who, null)).toMatchObject({ refusal: { code: 'account-unknown' } });
    expect((await use.byProvider({ ...who, verified: true }, null)).ok).toBe(true);
    // Bound from then on, whatever address it tells.
    expect((await use.byProvider({ ...who, email: null }, null)).ok).toBe(true);
    expect(
      await use.byProvider({ subject: 'https://issuer 2', email: 'x@ashar.test', verified: true }, null),
    ).toMatchObject({ refusal: { code: 'account-unknown' } });
  });
});
