/**
 * A snapshot read from its file, with no store at hand: whether a byte was changed and where, and every published round
 * counted again from the ballots that stand in it.
 */
import { tally } from '../voting/tally.ts';
import type { Ballot, CountedBallot, OptionResult, PublishedBallot } from '../voting/types.ts';
import { canonicalBytes, canonicalJson } from './canonical.ts';
import { brokenSeals, sealsOf } from './seal.ts';
import { SNAPSHOT_FORMAT, type Sha256, type Snapshot, type SnapshotRound } from './snapshot.ts';

export type Finding =
  /** `at`: byte of the file, from 0. */
  | { readonly kind: 'not-utf8' | 'not-json'; readonly at: number }
  | { readonly kind: 'not-a-snapshot' }
  | { readonly kind: 'not-canonical'; readonly at: number }
  /** A part of the snapshot that was changed, and what stands there now. */
  | { readonly kind: 'changed'; readonly path: string; readonly now: string }
  | { readonly kind: 'hash'; readonly stated: string; readonly computed: string }
  | {
      readonly kind: 'result';
      readonly round: string;
      readonly option: string;
      readonly figure: string;
      readonly stated: string;
      readonly counted: string;
    };

export interface Recount {
  readonly round: SnapshotRound;
  /** Ballots counted again; null: they were not published, the result stands as it was stated. */
  readonly ballots: number | null;
}

export interface Inspection {
  /** null where the file holds none. */
  readonly snapshot: Snapshot | null;
  readonly findings: readonly Finding[];
  readonly recounts: readonly Recount[];
}

const nothing = (finding: Finding): Inspection => ({ snapshot: null, findings: [finding], recounts: [] });
const FIGURES = [
  'dots',
  'voters',
  'answered',
  'mean',
  'median',
  'distribution',
] as const satisfies (keyof OptionResult)[];

/** @param bytes the file as it is; one line end after it is passed over. Never throws. */
export function inspectSnapshot(bytes: Uint8Array, sha256: Sha256): Inspection {
  const text = readText(bytes);
  if (typeof text !== 'string') return nothing({ kind: 'not-utf8', at: text.at });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return nothing({ kind: 'not-json', at: bytesBefore(text, placeOf(error)) });
  }
  const { hash, seals, ...body } = (typeof value === 'object' && value !== null ? value : {}) as Partial<Snapshot>;
  if (body.format !== SNAPSHOT_FORMAT || typeof hash !== 'string') return nothing({ kind: 'not-a-snapshot' });
  const snapshot = value as Snapshot;
  const findings: Finding[] = [];
  try {
    const at = firstDifference(text, canonicalJson(snapshot));
    if (at !== null) findings.push({ kind: 'not-canonical', at: bytesBefore(text, at) });
    const computed = sha256(canonicalBytes(seals === undefined ? body : { ...body, seals }));
    if (computed !== hash) {
      const paths = seals === undefined ? [] : brokenSeals(seals, sealsOf(body as Snapshot, sha256));
      for (const path of paths) findings.push({ kind: 'changed', path, now: partAt(snapshot, path) });
      findings.push({ kind: 'hash', stated: hash, computed });
    }
    const recounts = snapshot.rounds.map((round) => recount(round, findings));
    return { snapshot, findings, recounts };
  } catch {
    return { snapshot: null, findings: findings.length > 0 ? findings : [{ kind: 'not-a-snapshot' }], recounts: [] };
  }
}

function recount(round: SnapshotRound, findings: Finding[]): Recount {
  const { ballots } = round.result;
  if (!ballots) return { round, ballots: null };
  const counted = tally({
    ...{ settings: round.settings, options: round.options, ballots: ballots.map(countedOf), organisations: [] },
    ...{ eligible: round.result.turnout.eligible, receivedAfterClose: round.result.receivedAfterClose },
  });
  const tell = (option: string, figure: string, stated: unknown, now: unknown): void => {
    const [was, is] = [canonicalJson(stated ?? null), canonicalJson(now ?? null)];
    if (was !== is)
      findings.push({ kind: 'result', round: round.settings.title, option, figure, stated: was, counted: is });
  };
  tell('', 'cast', round.result.turnout.cast, counted.turnout.cast);
  tell('', 'abstained', round.result.turnout.abstained, counted.turnout.abstained);
  const again = new Map(counted.options.map((option) => [option.id, option]));
  for (const option of round.result.options)
    for (const figure of FIGURES) tell(option.text, figure, option[figure], again.get(option.id)?.[figure]);
  return { round, ballots: ballots.length };
}

/** Published without the organisation it speaks for: the figures of the room need none. */
function countedOf({ receipt, dots, scores, ranking, choices }: PublishedBallot): CountedBallot {
  const ballot: Ballot = dots
    ? { kind: 'dots', dots }
    : scores
      ? { kind: 'score', scores }
      : ranking
        ? { kind: 'ranking', ranking }
        : choices
          ? { kind: 'choices', choices, reasons: {} }
          : { kind: 'abstain' };
  return { ballot, organisationId: null, source: 'device', receipt };
}

function readText(bytes: Uint8Array): string | { readonly at: number } {
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  try {
    return strict.decode(bytes).replace(/\r?\n$/, '');
  } catch {
    // As far as it is UTF-8 the loose reading gives the same letters; the first that differs is the broken byte.
    const loose = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
    const again = new TextEncoder().encode(loose);
    return { at: again.findIndex((byte, at) => byte !== bytes[at]) };
  }
}

function firstDifference(a: string, b: string): number | null {
  if (a === b) return null;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
}

const bytesBefore = (text: string, at: number): number => new TextEncoder().encode(text.slice(0, at)).length;

/** Where the parser stopped; engines say it in the sentence only. */
function placeOf(error: unknown): number {
  return Number(/position (\d+)/.exec(String(error))?.[1] ?? 0);
}

const LONGEST = 200;

/** What stands at `boards[0].notes[3]`, shortened. */
function partAt(snapshot: Snapshot, path: string): string {
  let at: unknown = snapshot;
  for (const key of path.match(/[^.[\]]+/g) ?? []) at = (at as Record<string, unknown> | undefined)?.[key];
  const text = typeof at === 'object' && at !== null ? canonicalJson(at) : '';
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
