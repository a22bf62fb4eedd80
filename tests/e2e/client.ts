/** A script's view of the product: the HTTP API with a bearer token, as INTERFACE.md promises it. */
import { execFileSync } from 'node:child_process';
import type { RunningServer } from './server.ts';

/** JSON as it came; a test says what it expects of it. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Json = any;

export interface Answer {
  readonly status: number;
  readonly body: Json;
  readonly headers: Headers;
}

/** Every answer that a client of this process was given, to be held against the description of the API. */
export const given: { readonly method: string; readonly path: string; readonly status: number; readonly body: Json }[] =
  [];

export interface Client {
  readonly token: string | null;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  get(path: string): Promise<Answer>;
  post(path: string, body?: unknown): Promise<Answer>;
  put(path: string, body?: unknown): Promise<Answer>;
}

export function clientOf(url: string, token: string | null = null, language = 'en'): Client {
  async function call(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        'accept-language': language,
        ...(token !== null && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const json = response.headers.get('content-type')?.includes('json') ?? false;
    const answer = { status: response.status, body: json ? JSON.parse(text) : text, headers: response.headers };
    given.push({ method, path: path.split('?')[0] ?? path, ...answer });
    return answer;
  }
  return {
    token,
    call,
    get: (path) => call('GET', path),
    post: (path, body = {}) => call('POST', path, body),
    put: (path, body = {}) => call('PUT', path, body),
  };
}

/** Runs the administration command of the product on the server's own store. */
export function ashar(server: RunningServer, args: readonly string[], input = ''): string {
  return execFileSync(process.execPath, ['server/cli/ashar.ts', ...args], {
    input,
    encoding: 'utf8',
    env: { ...process.env, DATA_DIR: server.dataDir, PORT: String(server.port), LOG_LEVEL: 'error' },
  });
}

export const PASSWORD = 'a long enough password';

/** An account and a client with its token. */
export function accountClient(
  server: RunningServer,
  role: 'admin' | 'facilitator' | 'staff',
): Client & { email: string } {
  const email = `${role}-${Math.floor(performance.now() * 1000)}@ashar.test`;
  ashar(
    server,
    ['account', 'create', '--email', email, '--name', role, '--role', role, '--password-stdin'],
    `${PASSWORD}\n`,
  );
  const token = ashar(server, ['token', 'create', '--email', email]).trim().split('\n').at(-1) ?? '';
  return { ...clientOf(server.url, token), email };
}

/** A participant who came in by the workshop's code. */
export async function join(
  server: RunningServer,
  code: string,
  over: Record<string, unknown> = {},
): Promise<Client & { participantId: string }> {
  const { status, body } = await clientOf(server.url).post('/join', { code, ...over });
  if (status !== 201) throw new Error(`join: ${status} ${JSON.stringify(body)}`);
  return { ...clientOf(server.url, body.token), participantId: body.participantId };
}
