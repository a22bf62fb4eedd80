/** A snapshot read from its file, with nothing else at hand: whole, or with one byte changed anywhere. */
import { expect, test } from 'vitest';
import { canonicalBytes, canonicalJson } from '#core/strategy/canonical.ts';
import { inspectSnapshot, type Finding } from '#core/strategy/inspect.ts';
import { buildSnapshot } from '#core/strategy/snapshot.ts';
import { tally } from '#core/voting/tally.ts';
import type { CountedBallot } from '#core/voting/types.ts';
import { sha256, sourceOf } from './meeting.ts';

/** The meeting with its round counted from ballots, as a close does it. */
function counted(publish = true) {
  const source = sourceOf();
  const [round] = source.rounds;
  if (!round) throw new Error('the meeting has a round');
  const settings = { ...round.settings, method: { kind: 'dots', budget: 3, perOption: 3 }, publish } as const;
  const ballots = [0, 1, 2, 3, 4].map((n): CountedBallot => {
    const id = round.options[n % round.options.length]?.id ?? '';
    return {
      ballot: { kind: 'dots', dots: { [id]: 1 + (n % 3) } },
      organisationId: null,
      source: 'device',
      receipt: `r${n}`,
    };
  });
  const result = tally({
    settings,
    options: round.options,
    ballots,
    organisations: [],
    eligible: 6,
    receivedAfterClose: 0,
  });
  return buildSnapshot({ ...source, rounds: [{ ...round, settings, result }] }, sha256);
}

const { snapshot, json } = counted();
const inspect = (text: string) => inspectSnapshot(new TextEncoder().encode(text), sha256);
const kinds = (findings: readonly Finding[]): string[] => [...new Set(findings.map(({ kind }) => kind))];

test('[N74] a whole file passes, with a line end or without; what is no snapshot is said to be none', () => {
  expect(inspect(json)).toMatchObject({ snapshot: { hash: snapshot.hash }, findings: [] });
  expect(inspect(`${json}\n`).findings).toEqual([]);
  for (const other of ['{}', '[]', 'null', '"x"', '{"format":"ashar.workshop/1"}'])
    expect(kinds(inspect(other).findings)).toEqual(['not-a-snapshot']);
});

test('[N74] one changed byte is found wherever it is, and its place is named', () => {
  const whole = new TextEncoder().encode(json);
  let named = 0;
  const step = Math.max(1, Math.floor(whole.length / 400));
  for (let at = 0; at < whole.length; at += step)
    for (const flip of [1, 0x80]) {
      const changed = whole.slice();
      changed[at] = (changed[at] ?? 0) ^ flip;
      const { findings } = inspectSnapshot(changed, sha256);
      expect(findings.length, `byte ${at}`).toBeGreaterThan(0);
      const place = findings.find((one) => 'at' in one);
      if (place && 'at' in place && place.kind === 'not-utf8') expect(Math.abs(place.at - at)).toBeLessThanOrEqual(3);
      if (place || findings.some(({ kind }) => kind === 'changed' || kind === 'not-a-snapshot')) named++;
    }
  // What is left is the hash itself, 64 letters of the file: then the finding shows both hashes.
  expect(named / (2 * Math.ceil(whole.length / step))).toBeGreaterThan(0.9);
  const reworded = json.replace('Слабая', 'слабая');
  const [first] = inspect(reworded).findings;
  expect(first).toMatchObject({ kind: 'changed', now: expect.stringContaining('слабая') as string });
  expect(first?.kind === 'changed' && first.path).toMatch(/^boards\[\d+\]\.notes\[\d+\]$|^rounds\[0\]$/);
});

test('[N75] published rounds are counted again from the file alone; a figure that the ballots do not give is named', () => {
  expect(inspect(json).recounts).toEqual([{ round: snapshot.rounds[0], ballots: 5 }]);
  expect(inspect(counted(false).json).recounts[0]?.ballots).toBe(null);
  // A forger who makes seals and hash anew still has to make the ballots fit.
  const { hash: _, ...body } = structuredClone(snapshot) as unknown as {
    hash: string;
    rounds: { result: { options: { dots: number }[] } }[];
  };
  const option = body.rounds[0]?.result.options[0];
  if (option) option.dots += 1;
  const { seals: __, ...unsealed } = body as typeof body & { seals?: unknown };
  const forged = canonicalJson({ ...unsealed, hash: sha256(canonicalBytes(unsealed)) });
  const { findings } = inspect(forged);
  expect(kinds(findings)).toEqual(['result']);
  expect(findings[0]).toMatchObject({ kind: 'result', figure: 'dots' });
});

test('[N74] a file without seals, as they were taken before, is verified by its hash', () => {
  const { seals: _, hash: __, ...body } = snapshot;
  const old = { ...body, hash: sha256(canonicalBytes(body)) };
  expect(inspect(canonicalJson(old)).findings).toEqual([]);
  expect(kinds(inspect(canonicalJson(old).replace('Слабая', 'слабая')).findings)).toEqual(['hash']);
  expect(kinds(inspect(JSON.stringify(old, null, 1)).findings)).toEqual(['not-canonical']);
});
