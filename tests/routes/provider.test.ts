/** Sign-in by a provider of OpenID Connect, against a small one on this machine that signs what a test tells it to. */
import { createHash, generateKeyPairSync, randomUUID, sign, type KeyObject } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { providerOf, type Provider } from '#server/auth/provider.ts';
import { readConfig, SettingError } from '#server/config.ts';

const BACK = 'http://localhost/signin/back';
const CLIENT = 'ashar';
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

let server: Server;
let issuer: string;
let provider: Provider;
/** What the next token says beside what it must; and who signs it. */
let claims: Record<string, unknown> = {};
let signer: KeyObject = privateKey;
const codes = new Map<string, { nonce: string; challenge: string }>();

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function token(nonce: string): string {
  const now = Math.floor(Date.now() / 1000);
  const body = { iss: issuer, aud: CLIENT, sub: '17', iat: now, exp: now + 60, nonce, ...claims };
  const signed = `${part({ alg: 'RS256', kid: 'k' })}.${part(body)}`;
  return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), signer).toString('base64url')}`;
}

beforeAll(async () => {
  server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', issuer);
    const answer = (body: unknown, status = 200): void =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (pathname === '/.well-known/openid-configuration')
      return answer({
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
        response_types_supported: ['code'],
        id_token_signing_alg_values_supported: ['RS256'],
        token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
      });
    if (pathname === '/keys')
      return answer({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k', alg: 'RS256', use: 'sig' }] });
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const form = new URLSearchParams(body);
      const known = codes.get(form.get('code') ?? '');
      codes.delete(form.get('code') ?? '');
      const challenge = createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url');
      if (known?.challenge !== challenge) return answer({ error: 'invalid_grant' }, 400);
      return answer({ access_token: 'a', token_type: 'Bearer', id_token: token(known.nonce) });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  provider = providerOf({ issuer, clientId: CLIENT, clientSecret: 'secret', name: 'Office' });
});
afterAll(() => server.close());

/** What the person's browser does at the provider: it is sent back with a code. */
async function there(): Promise<{ address: URL; pending: Awaited<ReturnType<Provider['begin']>>['pending'] }> {
  const { url, pending } = await provider.begin(BACK);
  const asked = new URL(url).searchParams;
  expect(asked.get('redirect_uri')).toBe(BACK);
  expect(asked.get('code_challenge_method')).toBe('S256');
  const code = randomUUID();
  codes.set(code, { nonce: asked.get('nonce') ?? '', challenge: asked.get('code_challenge') ?? '' });
  const address = new URL(BACK);
  address.search = String(new URLSearchParams({ code, state: asked.get('state') ?? '' }));
  return { address, pending };
}

test('[R82] who comes back with the right answer is vouched for, by issuer and subject', async () => {
  claims = { email: 'office@ashar.test', email_verified: true };
  const { address, pending } = await there();
  expect(await provider.finish(address, BACK, pending)).toEqual({
    subject: `${issuer} 17`,
    email: 'office@ashar.test',
    verified: true,
  });
  // The code was used up.
  expect(await provider.finish(address, BACK, pending)).toBeNull();
});

test('[R82] an address that the provider did not verify is not taken for one', async () => {
  for (const email_verified of [undefined, false, 'true', 1]) {
    claims = { email: 'office@ashar.test', email_verified };
    const { address, pending } = await there();
    expect(await provider.finish(address, BACK, pending)).toMatchObject({ verified: false });
  }
});

test('[R82] another state, nonce, verifier, audience, issuer, key, or a token that is over: nobody is vouched for', async () => {
  const over = Math.floor(Date.now() / 1000) - 3600;
  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  for (const wrong of [{ aud: 'another' }, { iss: 'https://evil.example' }, { exp: over }, { nonce: 'another' }]) {
    claims = wrong;
    const { address, pending } = await there();
    expect(await provider.finish(address, BACK, pending), JSON.stringify(wrong)).toBeNull();
  }
  claims = {};
  for (const change of [{ state: 'another' }, { nonce: 'another' }, { verifier: 'x'.repeat(43) }]) {
    const { address, pending } = await there();
    expect(await provider.finish(address, BACK, { ...pending, ...change }), JSON.stringify(change)).toBeNull();
  }
  signer = stranger;
  const { address, pending } = await there();
  expect(await provider.finish(address, BACK, pending), 'another key').toBeNull();
  signer = privateKey;
});

test('[R82] it is off unless it is set, and set whole; http only on this machine', () => {
  const env = { OIDC_ISSUER: 'https://id.example', OIDC_CLIENT_ID: 'a', OIDC_CLIENT_SECRET: 'b' };
  expect(readConfig({}).provider).toBeNull();
  expect(readConfig(env).provider).toEqual({
    issuer: 'https://id.example',
    clientId: 'a',
    clientSecret: 'b',
    name: 'id.example',
  });
  expect(() => readConfig({ OIDC_ISSUER: 'https://id.example' })).toThrow(SettingError);
  expect(() => readConfig({ ...env, OIDC_ISSUER: 'http://id.example' })).toThrow('OIDC_ISSUER');
});
