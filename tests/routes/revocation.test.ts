/** What was taken from somebody is gone on what they have open, too: kicked, signed out, given another role; within two seconds. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { newId } from '#core/ids.ts';
import { NOBODY } from '#core/people/caller.ts';
import { composeOffline } from '#server/compose.ts';
import { Raw } from '../live/raw.ts';
import { addNote, until, type Room } from '../live/room.ts';
import { must, run, type Running, type World } from './world.ts';

let server: Running;
let world: World;
beforeAll(async () => {
  server = await run();
  world = await server.world();
}, 60_000);
afterAll(() => server.close());

const room = (): Room => ({ url: (path: string) => `ws://127.0.0.1:${server.port}${path}` }) as Room;
const board = (): string => `board/${world.boardId}`;

/** A note as an update upon what this client has. */
function note(raw: Raw): { update: Uint8Array; id: string } {
  const before = Y.encodeStateVector(raw.doc);
  const id = newId();
  addNote(raw.doc, id, id);
  raw.doc.getMap<Y.Map<unknown>>('notes').get(id)?.set('at', ['strengths', 1, 1]);
  return { update: Y.encodeStateAsUpdate(raw.doc, before), id };
}
const has = (id: string): Promise<boolean> => server.live.read(board(), (doc) => doc.getMap('notes').has(id));

test('[A73] who is put out is out at once, with what was on its way, and does not come back', async () => {
  for (let round = 0; round < 5; round += 1) {
    const fresh = must(
      await server.app.joining.join(
        { code: must(await server.app.workshops.view(server.admin, world.workshopId, 'http://x')).joinCode ?? '' },
        'here',
      ),
    );
    const raw = await Raw.join(room(), fresh.token, board());
    const sent = Array.from({ length: 20 }, () => note(raw));
    const started = Date.now();
    const out = server.app.joining.remove(server.admin, world.workshopId, fresh.participantId);
    must(await out);
    for (const { update } of sent) if (raw.ws.readyState === raw.ws.OPEN) raw.sync(2, update);
    await until('out', () => raw.closeCode !== null, 2_000);
    expect(Date.now() - started).toBeLessThan(1_000);
    for (const { id } of sent) expect(await has(id)).toBe(false);
    const again = await Raw.join(room(), fresh.token, board());
    expect(again.denied ?? again.closeCode).not.toBeNull();
  }
}, 30_000);

test('[A74] who signs out, or is signed out elsewhere, loses the sockets of that session, and keeps those of others', async () => {
  const signIn = async () =>
    must(await server.app.accounts.signIn('facilitator@ashar.test', 'a long enough password', 'here')).session;
  const [one, two] = [await signIn(), await signIn()];
  const open = async (session: string): Promise<Raw> => {
    const headers = { cookie: `ashar_session=${session}`, origin: `http://127.0.0.1:${server.port}` };
    const raw = new Raw(room(), board(), { headers });
    await raw.opened();
    raw.auth('');
    await until('let in', () => raw.scope !== null);
    return raw;
  };
  const [first, second] = [await open(one), await open(two)];
  await server.app.accounts.signOut(one);
  await until('the socket of the session that ended', () => first.closeCode !== null, 2_000);
  expect(second.closeCode).toBeNull();
  const caller = await server.app.identify.byCookies(`ashar_session=${two}`);
  const [shown] = must(await server.app.accounts.sessions(caller, two)).filter(({ current }) => current);
  must(await server.app.accounts.endSession(caller, shown?.id ?? ''));
  await until('the socket of the session that was ended from a list', () => second.closeCode !== null, 2_000);
}, 30_000);

test('[A75] another role holds on open sockets, also when another process gave it; what was refused does not come back', async () => {
  must(await server.app.stages.set(server.admin, world.workshopId, { stageId: world.stages['vote'] ?? '' }));
  const { token } = world.shown.facilitator;
  const raw = await Raw.join(room(), token, board());
  const mayFirst = note(raw);
  expect(await raw.write(mayFirst.update)).toBe(1);

  // The command line, on the same store.
  const other = await composeOffline(server.app.config);
  must(await other.app.accounts.roleByOperator('facilitator@ashar.test', 'staff'));
  await until('told that only reading is left', () => raw.scope === 'readonly', 2_500);
  const refused = note(raw);
  expect(await raw.write(refused.update)).toBe(0);
  expect(await has(refused.id)).toBe(false);

  must(await other.app.accounts.roleByOperator('facilitator@ashar.test', 'facilitator'));
  await other.close();
  await until('told that writing is allowed again', () => raw.scope === 'read-write', 2_500);
  // The replica that was refused stays refused, whatever it says now; a fresh one writes.
  raw.sync(2, refused.update);
  raw.sync(1, Y.encodeStateAsUpdate(raw.doc));
  const fresh = await Raw.join(room(), token, board());
  const after = note(fresh);
  expect(await fresh.write(after.update)).toBe(1);
  expect(await has(refused.id)).toBe(false);
  expect(await has(after.id)).toBe(true);
  expect(await server.live.read(board(), (doc) => doc.store.pendingStructs)).toBeNull();
}, 30_000);

test('[R64] an account that was switched off loses its sockets and its tokens', async () => {
  const made = must(
    await server.app.accounts.createByOperator({
      email: 'gone@ashar.test',
      name: 'G',
      role: 'staff',
      password: 'a long enough password',
    }),
  );
  const { token } = must(await server.app.accounts.tokenByOperator('gone@ashar.test'));
  const raw = await Raw.join(room(), token, board());
  expect(raw.scope).not.toBeNull();
  must(await server.app.accounts.deactivate(server.admin, made.id));
  await until('out', () => raw.closeCode !== null, 2_000);
  expect(await server.app.identify.byToken(token)).toBeNull();
  expect((await server.app.identify.byCookies('ashar_session=gone-for-good')).account).toBe(NOBODY.account);
}, 30_000);
