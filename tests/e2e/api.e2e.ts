/** The HTTP API from outside: the way from a workshop to its result, and wrong input through every door. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import * as v from 'valibot';
import { failure } from '../../src/routes/api/v1/openapi.json/answers.ts';
import { describedPath, OPERATIONS, statusesOf } from '../../src/routes/api/v1/openapi.json/operations.ts';
import type { Method } from '../../src/routes/api/v1/openapi.json/operation.ts';
import { accountClient, clientOf, given, join, type Client, type Json } from './client.ts';
import { startServer, type RunningServer } from './server.ts';

let server: RunningServer;
let admin: Client;
let facilitator: Client;
let staff: Client;

test.beforeAll(async () => {
  server = await startServer();
  admin = accountClient(server, 'admin');
  facilitator = accountClient(server, 'facilitator');
  staff = accountClient(server, 'staff');
});
test.afterAll(async () => {
  expect(await server.stop()).toBe(0);
});

async function swot(over: Record<string, unknown> = {}): Promise<Json> {
  const made = await facilitator.post('/workshops', {
    title: 'SWOT',
    template: 'swot',
    languages: ['ky', 'ru'],
    ...over,
  });
  expect(made.status).toBe(201);
  return made.body;
}

async function collecting(workshop: Json, flags: Record<string, unknown> = {}): Promise<Json> {
  const stage = workshop.stages.find((one: Json) => one.kind === 'collect');
  expect((await facilitator.post(`/workshops/${workshop.id}/stage`, { stageId: stage.id, ...flags })).status).toBe(200);
  return stage;
}

test('[R50] templates are open to anyone; SWOT has its four areas and a stage to collect in', async () => {
  const { status, body } = await clientOf(server.url).get('/templates');
  expect(status).toBe(200);
  const ids = body.map((template: Json) => template.id);
  for (const id of ['swot', 'tows', 'situation', 'programme-review', 'pestle', 'priorities', 'blank'])
    expect(ids).toContain(id);
  const template = body.find((one: Json) => one.id === 'swot');
  expect(template.zones.map((zone: Json) => zone.id)).toEqual(['strengths', 'weaknesses', 'opportunities', 'threats']);
});

test('[R51] a workshop is made, joined by code and by link, and seen by its members only', async () => {
  const workshop = await swot({ organisations: [{ name: 'ГАМСУМО', seats: 2 }] });
  expect(workshop.joinCode).toMatch(/^\d{9}$/);
  expect(workshop.roomDocument).toBe(`room/${workshop.id}`);
  expect(workshop.boards[0].document).toBe(`board/${workshop.boards[0].id}`);
  const person = await join(server, workshop.joinCode, { name: 'Ө', organisation: 'гамсумо', language: 'ky' });
  const seen = await person.get(`/workshops/${workshop.id}`);
  expect(seen.status).toBe(200);
  expect(seen.body.joinCode).toBeUndefined();
  expect(seen.body.organisations).toHaveLength(1);
  await join(server, workshop.joinUrl.split('/').at(-1) ?? '');
  // Without any identity: who are you? The same for a workshop that does not exist.
  for (const id of [workshop.id, 'none']) expect((await clientOf(server.url).get(`/workshops/${id}`)).status).toBe(401);
  expect((await clientOf(server.url, 'nobody-knows-this-token').get(`/workshops/${workshop.id}`)).status).toBe(401);
  const other = await swot();
  expect((await person.get(`/workshops/${other.id}`)).status).toBe(404);
});

test('[B50] notes by command: members in a collect stage, once for one key, seen by everybody', async () => {
  const workshop = await swot();
  const [board] = workshop.boards;
  const person = await join(server, workshop.joinCode, { name: 'А' });
  const note = { zone: 'strengths', text: 'Өз журналы жана маалымат каналдары бар', clientKey: 'one' };
  expect((await person.post(`/boards/${board.id}/notes`, note)).body.error.code).toBe('stage-forbids');
  await collecting(workshop);
  const made = await person.post(`/boards/${board.id}/notes`, note);
  expect(made.status).toBe(201);
  const again = await person.post(`/boards/${board.id}/notes`, note);
  expect([again.status, again.body.id]).toEqual([200, made.body.id]);
  const other = await join(server, workshop.joinCode);
  const board1 = (await other.get(`/boards/${board.id}`)).body;
  expect(board1.notes).toHaveLength(1);
  expect(board1.notes[0]).toMatchObject({
    id: made.body.id,
    zone: 'strengths',
    text: note.text,
    authorId: person.participantId,
  });
  const second = await other.post(`/boards/${board.id}/notes`, { zone: 'threats', text: 'б' });
  const group = await other.post(`/boards/${board.id}/groups`, {
    noteIds: [made.body.id, second.body.id],
    title: 'Топ',
  });
  expect(group.status).toBe(201);
  expect((await person.get(`/boards/${board.id}`)).body.groups[0]).toMatchObject({
    title: 'Топ',
    noteIds: [made.body.id, second.body.id],
  });
  expect(
    (await person.call('PATCH', `/boards/${board.id}/notes/${second.body.id}`, { text: 'в', colour: 'blue' })).status,
  ).toBe(200);
  expect((await person.call('DELETE', `/boards/${board.id}/groups/${group.body.id}`)).status).toBe(200);
  expect((await person.call('DELETE', `/boards/${board.id}/notes/${second.body.id}`)).status).toBe(200);
  expect((await other.get(`/boards/${board.id}`)).body.notes).toHaveLength(1);
});

test("[S50] in private writing a note is its author's alone until the reveal", async () => {
  const workshop = await swot();
  const [board] = workshop.boards;
  await collecting(workshop, { private: true });
  const [one, two] = [await join(server, workshop.joinCode), await join(server, workshop.joinCode)];
  const note = await one.post(`/boards/${board.id}/notes`, { zone: 'strengths', text: 'купуя' });
  expect((await one.get(`/boards/${board.id}`)).body.notes).toHaveLength(1);
  for (const other of [two, facilitator, staff])
    expect((await other.get(`/boards/${board.id}`)).body.notes).toEqual([]);
  const loosened = await facilitator.post(`/workshops/${workshop.id}/stage`, {
    stageId: workshop.stages.find((s: Json) => s.kind === 'collect').id,
    private: false,
  });
  expect(loosened.body.error?.code).toBe('anonymity-only-tightens');
  expect((await facilitator.post(`/workshops/${workshop.id}/reveal`, { boardId: board.id })).body).toEqual({
    revealed: 1,
  });
  expect((await two.get(`/boards/${board.id}`)).body.notes[0]).toMatchObject({ id: note.body.id, text: 'купуя' });
});

test('[V50] a dots round from opening to the published ballots, nothing told while it is open', async () => {
  const workshop = await swot({ organisations: [{ name: 'А' }, { name: 'Б' }] });
  const [board] = workshop.boards;
  await collecting(workshop);
  const people = await Promise.all(
    ['А', 'А', 'А', 'Б', 'Б', 'Б'].map((organisation) => join(server, workshop.joinCode, { organisation })),
  );
  for (const text of ['бир', 'эки', 'үч'])
    await people[0]?.post(`/boards/${board.id}/notes`, { zone: 'strengths', text });
  const settings = {
    boardId: board.id,
    title: 'Тандоо',
    of: 'notes',
    method: { kind: 'dots', budget: 3, perOption: 2 },
    secret: true,
    quorum: 0.5,
  };
  expect((await people[0]?.post(`/workshops/${workshop.id}/rounds`, settings))?.status).toBe(403);
  const round = await facilitator.post(`/workshops/${workshop.id}/rounds`, settings);
  expect(round.status).toBe(201);
  const [a, b, c] = round.body.options.map((option: Json) => option.id);
  const path = `/rounds/${round.body.id}`;
  expect((await people[0]?.put(`${path}/ballot`, { dots: { [a]: 1 } }))?.body.error.code).toBe('round-not-open');
  expect((await facilitator.post(`${path}/open`)).status).toBe(200);

  const bad: [Record<string, unknown> | string, number, string][] = [
    [{ dots: { [a]: 2, [b]: 2 } }, 422, 'budget-exceeded'],
    [{ dots: { [a]: 3 } }, 422, 'cap-exceeded'],
    [{ dots: { nowhere: 1 } }, 422, 'option-unknown'],
    [{ dots: { [a]: -1 } }, 422, 'number-invalid'],
    [{ dots: { [a]: 0.5 } }, 422, 'number-invalid'],
    [{ ranking: [a] }, 422, 'ballot-kind-mismatch'],
    ['{"dots":', 400, 'malformed'],
  ];
  for (const [ballot, status, code] of bad) {
    const refused = await people[0]?.put(`${path}/ballot`, ballot);
    expect([refused?.status, refused?.body.error.code]).toEqual([status, code]);
  }
  const receipts: string[] = [];
  for (const person of people.slice(0, 5)) {
    const cast = await person.put(`${path}/ballot`, { dots: { [a]: 2, [b]: 1 }, clientKey: 'k' });
    expect(cast.status).toBe(200);
    expect(cast.body.remaining).toBe(0);
    receipts.push(cast.body.receipt);
  }
  expect((await people[5]?.put(`${path}/ballot`, { abstain: true }))?.status).toBe(200);
  for (const viewer of [people[0], facilitator, staff, admin]) {
    const open = (await viewer?.get(path))?.body;
    expect(open.turnout).toEqual({ eligible: 6, cast: 6 });
    expect(open.result).toBeNull();
  }
  expect((await people[0]?.get(`${path}/ballot`))?.body.dots).toEqual({ [a]: 2, [b]: 1 });
  expect((await facilitator.put(`${path}/ballot`, { dots: { [c]: 1 } })).status).toBe(403);
  const late = await join(server, workshop.joinCode);
  expect((await late.put(`${path}/ballot`, { dots: { [c]: 1 } })).body.error.code).toBe('not-on-the-roll');

  expect((await facilitator.post(`${path}/close`)).status).toBe(200);
  const { result } = (await people[0]?.get(path))?.body ?? {};
  expect(result.options.map((option: Json) => [option.id, option.dots, option.voters])).toEqual([
    [a, 10, 5],
    [b, 5, 5],
    [c, 0, 0],
  ]);
  expect(result.ballots).toHaveLength(6);
  expect((await people[1]?.get(`${path}/ballots/${receipts[1]}`))?.body.dots).toEqual({ [a]: 2, [b]: 1 });
  expect((await people[1]?.get(`${path}/ballots/AAAAAAAAAA`))?.status).toBe(404);
  expect((await people[0]?.get(`${path}/ballot`))?.status).toBe(409);
  expect((await people[0]?.put(`${path}/ballot`, { dots: { [c]: 1 } }))?.body.error.code).toBe('round-closed');
});

test('[N59] snapshot, insert, versions and Word, from room to draft', async () => {
  const strategy = await staff.post('/strategies', {
    title: 'Стратегия',
    periodStart: 2026,
    periodEnd: 2030,
    languages: ['ky', 'ru'],
  });
  expect(strategy.status).toBe(201);
  expect(strategy.body.draftDocument).toBe(`draft/${strategy.body.id}`);
  const workshop = await swot({ strategyId: strategy.body.id });
  await collecting(workshop);
  const person = await join(server, workshop.joinCode);
  await person.post(`/boards/${workshop.boards[0].id}/notes`, { zone: 'strengths', text: 'Ң ө ү' });
  expect((await person.post(`/workshops/${workshop.id}/snapshots`, { title: 'x' })).status).toBe(403);
  const snapshot = await facilitator.post(`/workshops/${workshop.id}/snapshots`, { title: 'Итоги' });
  expect(snapshot.status).toBe(201);
  expect(snapshot.body.hash).toMatch(/^[0-9a-f]{64}$/);
  const [one, two] = [
    await person.get(`/snapshots/${snapshot.body.id}`),
    await staff.get(`/snapshots/${snapshot.body.id}`),
  ];
  expect(one.body).toEqual(two.body);
  expect(JSON.stringify(one.body)).toContain('Ң ө ү');
  expect((await person.post(`/strategies/${strategy.body.id}/insert`, { snapshotId: snapshot.body.id })).status).toBe(
    403,
  );
  expect((await staff.post(`/strategies/${strategy.body.id}/insert`, { snapshotId: snapshot.body.id })).status).toBe(
    200,
  );
  const version = await staff.post(`/strategies/${strategy.body.id}/versions`, { title: '1' });
  expect(version.status).toBe(201);
  expect((await staff.get(`/strategies/${strategy.body.id}/versions`)).status).toBe(200);
  for (const path of [
    `/workshops/${workshop.id}/export?format=docx&language=ky`,
    `/strategies/${strategy.body.id}/export?format=docx`,
  ]) {
    const word = await fetch(`${server.url}/api/v1${path}`, { headers: { authorization: `Bearer ${staff.token}` } });
    expect(word.status).toBe(200);
    expect(word.headers.get('content-type')).toContain('wordprocessingml');
    expect(
      Buffer.from(await word.arrayBuffer())
        .subarray(0, 2)
        .toString(),
    ).toBe('PK');
  }
});

test('[R52] wrong input has the right status and a sentence in the language of the request', async () => {
  const workshop = await swot();
  const [board] = workshop.boards;
  await collecting(workshop);
  const person = await join(server, workshop.joinCode);
  const cases: [Promise<{ status: number; body: Json }>, number, string][] = [
    [clientOf(server.url, null, 'ky').post('/join', { code: '000000000' }), 404, 'code-unknown'],
    [
      clientOf(server.url, null, 'ky').post('/join', { code: workshop.joinCode, name: 'a'.repeat(10_000) }),
      422,
      'name-too-long',
    ],
    [clientOf(server.url, null, 'ky').post('/join', { name: 'a' }), 400, 'malformed'],
    [
      clientOf(server.url, null, 'ky').post('/session', { email: 'x@y.kg', password: 'wrong' }),
      401,
      'wrong-credentials',
    ],
    [clientOf(server.url, null, 'ky').post('/workshops', { title: 'x', template: 'swot' }), 401, 'sign-in-needed'],
    [person.post('/workshops', { title: 'x', template: 'swot' }), 403, 'forbidden'],
    [facilitator.post('/workshops', { title: 'x', template: 'nothing' }), 422, 'template-unknown'],
    [facilitator.post('/workshops', { title: 'x', template: 'swot', timeZone: 'Moon/Base' }), 422, 'time-zone-unknown'],
    [person.post(`/boards/${board.id}/notes`, { zone: 'strengths', text: 'a'.repeat(2001) }), 422, 'note-too-long'],
    [person.post(`/boards/${board.id}/notes`, { zone: 'nowhere', text: 'a' }), 422, 'zone-unknown'],
    [person.post(`/boards/${board.id}/notes`, { zone: 'strengths', text: '  ' }), 422, 'text-needed'],
    [person.post(`/boards/${board.id}/notes`, 'a'.repeat(2 * 1024 * 1024)), 413, 'too-large'],
    [person.get('/boards/unknown'), 404, 'not-found'],
    [person.get('/rounds/unknown'), 404, 'not-found'],
    [facilitator.post(`/workshops/${workshop.id}/stage`, { stageId: 'unknown' }), 404, 'not-found'],
  ];
  for (const [call, status, code] of cases) {
    const { status: got, body } = await call;
    expect([got, body.error?.code]).toEqual([status, code]);
    expect(body.error.message.length).toBeGreaterThan(5);
    expect(body.error.message).not.toBe(code);
  }
  const ky = await clientOf(server.url, null, 'ky').post('/join', { code: '000000000' });
  const ru = await clientOf(server.url, null, 'ru').post('/join', { code: '000000000' });
  expect(ky.body.error.message).not.toBe(ru.body.error.message);
});

test('[R53] a closed door, a closed workshop and a deleted one let nobody in', async () => {
  const workshop = await swot();
  await facilitator.call('PATCH', `/workshops/${workshop.id}`, { doorOpen: false });
  expect((await clientOf(server.url).post('/join', { code: workshop.joinCode })).body.error.code).toBe('door-closed');
  await facilitator.call('PATCH', `/workshops/${workshop.id}`, { doorOpen: true, status: 'closed' });
  expect((await clientOf(server.url).post('/join', { code: workshop.joinCode })).body.error.code).toBe(
    'workshop-closed',
  );
  expect((await facilitator.call('DELETE', `/workshops/${workshop.id}`)).status).toBe(200);
  expect((await clientOf(server.url).post('/join', { code: workshop.joinCode })).body.error.code).toBe('code-unknown');
  expect((await facilitator.get(`/workshops/${workshop.id}`)).status).toBe(404);
});

test('[R54] the same device is the same person; a second one becomes it by the recovery code', async () => {
  const workshop = await swot();
  const first = await fetch(`${server.url}/api/v1/join`, {
    method: 'POST',
    body: JSON.stringify({ code: workshop.joinCode, name: 'А' }),
  });
  const one = (await first.json()) as Json;
  const cookie = first.headers.get('set-cookie')?.split(';')[0] ?? '';
  const back = await fetch(`${server.url}/api/v1/join`, {
    method: 'POST',
    headers: { cookie, origin: server.url },
    body: JSON.stringify({ code: workshop.joinCode }),
  });
  expect(((await back.json()) as Json).participantId).toBe(one.participantId);
  const code = await clientOf(server.url, one.token).post(`/workshops/${workshop.id}/recovery`);
  expect(code.body.code).toMatch(/^\d{12}$/);
  const second = await clientOf(server.url).post('/join', { code: workshop.joinCode, recovery: code.body.code });
  expect(second.body.participantId).toBe(one.participantId);
  expect(second.body.token).not.toBe(one.token);
  expect((await clientOf(server.url).post('/join', { code: workshop.joinCode, recovery: '000000000000' })).status).toBe(
    404,
  );
});

test("[R55] a page of another site can do nothing with somebody's cookie", async () => {
  const session = await fetch(`${server.url}/api/v1/session`, {
    method: 'POST',
    body: JSON.stringify({ email: (facilitator as Json).email, password: 'a long enough password' }),
  });
  expect(session.status).toBe(200);
  const cookie = session.headers.get('set-cookie')?.split(';')[0] ?? '';
  const make = (headers: Record<string, string>) =>
    fetch(`${server.url}/api/v1/workshops`, {
      method: 'POST',
      headers: { cookie, ...headers },
      body: JSON.stringify({ title: 'x', template: 'blank' }),
    });
  for (const headers of [
    {},
    { origin: 'null' },
    { origin: 'https://evil.example' },
    { origin: `${server.url}.evil.example` },
  ])
    expect((await make(headers as Record<string, string>)).status).toBe(403);
  expect((await make({ origin: server.url })).status).toBe(201);
  await fetch(`${server.url}/api/v1/session`, { method: 'DELETE', headers: { cookie, origin: server.url } });
  expect((await make({ origin: server.url })).status).toBe(401);
});

test('[R56] workshops are listed, searched, duplicated, archived and deleted', async () => {
  const workshop = await swot({ title: 'Өнүгүү стратегиясы', organisations: [{ name: 'А' }] });
  const listed = async (query: string) =>
    (await facilitator.get(`/workshops?${query}`)).body.items.map((item: Json) => item.id);
  expect(await listed(`q=${encodeURIComponent('онугуу')}`)).toContain(workshop.id);
  const copy = await facilitator.post(`/workshops/${workshop.id}/duplicate`);
  expect(copy.status).toBe(201);
  expect(copy.body.joinCode).not.toBe(workshop.joinCode);
  expect(copy.body.organisations.map((one: Json) => one.name)).toEqual(['А']);
  expect((await facilitator.post(`/workshops/${workshop.id}/archive`)).status).toBe(200);
  expect(await listed('')).not.toContain(workshop.id);
  expect(await listed('archived=true')).toContain(workshop.id);
  expect((await clientOf(server.url).get('/workshops')).status).toBe(401);
});

test('[R57] a workshop comes in from a file and goes out as one; a bad file is refused by its place and changes nothing', async () => {
  const sample = readFileSync('static/samples/union-2020.json', 'utf8');
  const made = await staff.post('/workshops/import', sample);
  expect(made.status).toBe(201);
  expect(made.body.joinCode).toMatch(/^\d{9}$/);
  expect(made.body.boards).toHaveLength(4);
  const out = await facilitator.get(`/workshops/${made.body.id}/export?format=ashar`);
  expect(out.headers.get('content-disposition')).toMatch(/^attachment/);
  expect(out.body).toEqual(JSON.parse(sample));

  const count = async () => [
    (await staff.get('/workshops')).body.items.length,
    (await staff.get('/strategies')).body.items.length,
  ];
  const before = await count();
  const bad = (change: (file: Json) => void): string => {
    const file = JSON.parse(sample);
    change(file);
    return JSON.stringify(file);
  };
  const cases: [string, string][] = [
    [bad((file) => delete file.title), 'title'],
    [bad((file) => delete file.boards[2].notes[3].zone), 'boards.2.notes.3.zone'],
    [bad((file) => (file.boards[2].notes[3].text = 7)), 'boards.2.notes.3.text'],
    [bad((file) => (file.boards[1].notes[0].zone = 'moon')), 'boards.1.notes.0.zone'],
    [bad((file) => (file.rounds[0].method.kind = 'shout')), 'rounds.0.method.kind'],
    [bad((file) => (file.secretary = 'x')), 'secretary'],
    ['{"format":', '/'],
  ];
  const token = staff.token;
  for (const [file, place] of cases) {
    const said: string[] = [];
    for (const language of ['ky', 'ru', 'en']) {
      const { status, body } = await clientOf(server.url, token, language).post('/workshops/import', file);
      expect([status, body.error.code]).toEqual([400, 'import-malformed']);
      expect(body.error.message).toContain(place);
      said.push(body.error.message);
    }
    expect(new Set(said).size).toBe(3);
  }
  const huge = await staff.post(
    '/workshops/import',
    bad((file) => (file.about = 'a'.repeat(50 * 1024 * 1024))),
  );
  expect([huge.status, huge.body.error.code]).toEqual([413, 'too-large']);
  const person = await join(server, made.body.joinCode, { organisation: 'ГАМСУМО' });
  expect((await person.post('/workshops/import', sample)).status).toBe(403);
  expect((await person.get(`/workshops/${made.body.id}/export?format=ashar`)).status).toBe(403);
  expect((await clientOf(server.url).post('/workshops/import', sample)).status).toBe(401);
  expect(await count()).toEqual(before);
});

test('[R59] every answer above is one that the description of the API knows, in status and shape', async () => {
  const served = await clientOf(server.url).get('/openapi.json');
  expect([served.status, served.body.openapi]).toEqual([200, '3.1.0']);
  expect(served.body.components.schemas.WorkshopFile.properties.format.const).toBe('ashar.workshop/1');
  for (const { method, path, status, body } of given) {
    const described = describedPath(path);
    const operation = described === null ? undefined : OPERATIONS[described]?.[method.toLowerCase() as Method];
    if (!described || !operation) throw new Error(`${method} ${path} is not described`);
    expect(statusesOf(described, method.toLowerCase() as Method, operation), `${method} ${described}`).toContain(
      status,
    );
    const schema = status >= 400 ? failure : operation.answer;
    const read = schema && v.safeParse(schema, body);
    if (read && !read.success)
      throw new Error(`${method} ${described} ${status}: ${JSON.stringify(v.flatten(read.issues))}`);
  }
});
