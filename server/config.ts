/**
 * The settings of INTERFACE.md, parsed once from the environment. A wrong value stops the start with one sentence that
 * names it; everything behind this file trusts what it got.
 */
import { isAbsolute, join, resolve } from 'node:path';

export interface Config {
  readonly port: number;
  readonly host: string;
  /** Public address when behind a proxy, without a slash at the end; null: as the request says. */
  readonly origin: string | null;
  readonly dataDir: string;
  /** null: SQLite in dataDir. */
  readonly databaseUrl: string | null;
  /** null: one instance. */
  readonly redisUrl: string | null;
  /** How many proxies stand before us; their X-Forwarded-* are believed. */
  readonly trustProxy: number;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  readonly setupToken: string | null;
  /** Days after which archived workshops are erased; null: never. */
  readonly retentionDays: number | null;
  readonly metricsPort: number | null;
  /** Where the metrics have a port of their own, only this machine reaches it unless HOST says otherwise. */
  readonly metricsHost: string;
  /** Sign-in of staff by OpenID Connect; null: off. */
  readonly provider: ProviderSettings | null;
}

export interface ProviderSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What the button calls it. */
  readonly name: string;
}

/** A setting that cannot be used: its name and what is expected, in one sentence. */
export class SettingError extends Error {}

function wrong(name: string, value: string, expected: string): never {
  throw new SettingError(`The setting ${name} is "${value}"; expected ${expected}.`);
}

function whole(env: NodeJS.ProcessEnv, name: string, least: number, most: number): number | null {
  const value = env[name];
  if (value === undefined || value === '') return null;
  if (!/^\d+$/.test(value) || Number(value) < least || Number(value) > most)
    wrong(name, value, `a whole number from ${least} to ${most}`);
  return Number(value);
}

function address(env: NodeJS.ProcessEnv, name: string, protocols: readonly string[], expected: string): string | null {
  const value = env[name];
  if (value === undefined || value === '') return null;
  const url = URL.canParse(value) ? new URL(value) : null;
  // A database address may carry a password: it is never repeated in the sentence.
  if (!url || !protocols.includes(url.protocol)) wrong(name, '…', expected);
  return value;
}

const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

function readProvider(env: NodeJS.ProcessEnv): ProviderSettings | null {
  const issuer = address(env, 'OIDC_ISSUER', ['http:', 'https:'], 'the address of the provider, https://…');
  if (issuer === null) return null;
  if (new URL(issuer).protocol === 'http:' && !['127.0.0.1', 'localhost', '[::1]'].includes(new URL(issuer).hostname))
    wrong('OIDC_ISSUER', '…', 'an https address (http only on this machine)');
  const clientId = env['OIDC_CLIENT_ID'] ?? '';
  const clientSecret = env['OIDC_CLIENT_SECRET'] ?? '';
  if (clientId === '' || clientSecret === '')
    throw new SettingError('With OIDC_ISSUER set, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET are needed too.');
  return { issuer, clientId, clientSecret, name: env['OIDC_NAME'] || new URL(issuer).hostname };
}

/** Reads the settings. Throws SettingError with one sentence for a person. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const level = env['LOG_LEVEL'] || 'info';
  const logLevel = LEVELS.find((known) => known === level) ?? wrong('LOG_LEVEL', level, `one of ${LEVELS.join(', ')}`);
  const origin = address(env, 'ORIGIN', ['http:', 'https:'], 'an address such as https://ashar.example');
  const dataDir = env['DATA_DIR'] || './data';
  const setupToken = env['SETUP_TOKEN'] || null;
  if (setupToken !== null && !/^[A-Za-z0-9_-]{8,128}$/.test(setupToken))
    throw new SettingError('The setting SETUP_TOKEN must be 8 to 128 letters, digits, "-" or "_".');
  return {
    port: whole(env, 'PORT', 0, 65_535) ?? 3000,
    host: env['HOST'] || '0.0.0.0',
    origin: origin === null ? null : new URL(origin).origin,
    dataDir: isAbsolute(dataDir) ? dataDir : resolve(join(process.cwd(), dataDir)),
    databaseUrl: address(env, 'DATABASE_URL', ['postgres:', 'postgresql:'], 'postgres://user:password@host:port/name'),
    redisUrl: address(env, 'REDIS_URL', ['redis:', 'rediss:'], 'redis://host:port'),
    trustProxy: whole(env, 'TRUST_PROXY', 0, 10) ?? 0,
    logLevel,
    setupToken,
    retentionDays: whole(env, 'RETENTION_DAYS', 1, 36_500),
    metricsPort: whole(env, 'METRICS_PORT', 0, 65_535),
    metricsHost: env['HOST'] || '127.0.0.1',
    provider: readProvider(env),
  };
}
