/** What stands in deploy/ names settings that exist; the unit is read by systemd itself where there is one. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const read = (file: string): string => readFileSync(join('deploy', file), 'utf8');
/** Settings of the product, read from where they are parsed. */
const known = new Set(readFileSync('server/config.ts', 'utf8').match(/\b[A-Z][A-Z_]{3,}\b/g));
/** Those of the programs beside it. */
const OTHERS = ['NODE_ENV', 'POSTGRES_USER', 'POSTGRES_DB', 'POSTGRES_PASSWORD', 'ASHAR_DOMAIN'];

describe('deploy/', () => {
  test('[O11] every setting that is named there exists', () => {
    const named = [
      ...(read('compose.yaml').match(/^ {4,6}([A-Z][A-Z_]{3,})(?=:)/gm) ?? []),
      ...(read('kubernetes.yaml').match(/(?<=name: )[A-Z][A-Z_]{3,}|^ {2}[A-Z][A-Z_]{3,}(?=:)/gm) ?? []),
      ...(read('ashar.service').match(/(?<=Environment=)[A-Z_]+/g) ?? []),
      ...(read('Dockerfile').match(/(?<=ENV )[A-Z_]+/g) ?? []),
    ].map((name) => name.trim());
    expect(named.length).toBeGreaterThan(12);
    expect(named.filter((name) => !known.has(name) && !OTHERS.includes(name))).toEqual([]);
  });

  test('[O11] two instances, PostgreSQL, Redis and a proxy with TLS stand in the compose file, and only the proxy is open', () => {
    const compose = read('compose.yaml');
    for (const service of ['app-1', 'app-2', 'database', 'redis', 'proxy'])
      expect(compose).toMatch(new RegExp(`^  ${service}:`, 'm'));
    expect(compose.match(/^ +ports:/gm)).toHaveLength(1);
    expect(read('Caddyfile')).toContain('reverse_proxy app-1:3000 app-2:3000');
  });

  test.skipIf(!existsSync('/usr/bin/systemd-analyze'))('[O11] systemd reads the unit without a word', () => {
    const home = mkdtempSync(join(tmpdir(), 'ashar-unit-'));
    const unit = join(home, 'ashar.service');
    const here = read('ashar.service')
      .replaceAll('/opt/ashar/node_modules/node/bin/node', process.execPath)
      .replaceAll('/opt/ashar', process.cwd());
    writeFileSync(unit, here);
    const verified = spawnSync('/usr/bin/systemd-analyze', ['verify', unit], { encoding: 'utf8' });
    rmSync(home, { recursive: true, force: true });
    expect([verified.status, verified.stderr]).toEqual([0, '']);
  });
});
