/**
 * The log of who did what: one entry an act of somebody with an account, chained by hashes so that a change, a gap or an
 * entry put in between is found by anybody who counts again. No name stands in it, only ids: a name that is erased
 * elsewhere is gone, and the chain still holds.
 */
import { canonicalJson } from '../strategy/canonical.ts';

export interface AuditEntry {
  /** 1, 2, 3 … without gaps. */
  readonly seq: number;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly actorId: string;
  readonly actorRole: string;
  readonly act: string;
  /** Id of what it was done to; null: nothing that has one. */
  readonly subject: string | null;
  /** Words from a closed list or figures; never a text or a name. */
  readonly detail: string | null;
  readonly previous: string;
  readonly hash: string;
}

export type NewAuditEntry = Pick<AuditEntry, 'at' | 'actorId' | 'actorRole' | 'act' | 'subject' | 'detail'>;

/** Stands before the first entry. */
export const GENESIS = '0'.repeat(64);

/** SHA-256 in lower-case hexadecimal; passed in, for this file runs in browsers too. */
export type Sha256 = (bytes: Uint8Array) => string;

/** The entry as it is stored: its hash is over its own canonical JSON (RFC 8785), the previous hash included. */
export function chained(
  entry: NewAuditEntry,
  last: Pick<AuditEntry, 'seq' | 'hash'> | null,
  sha256: Sha256,
): AuditEntry {
  const { at, actorId, actorRole, act, subject, detail } = entry;
  const body = {
    seq: (last?.seq ?? 0) + 1,
    ...{ at, actorId, actorRole, act, subject, detail },
    previous: last?.hash ?? GENESIS,
  };
  return { ...body, hash: sha256(new TextEncoder().encode(canonicalJson(body))) };
}

/** The first entry that does not follow from the ones before it; null: the chain is whole. */
export function firstBroken(entries: Iterable<AuditEntry>, sha256: Sha256): number | null {
  let last: AuditEntry | null = null;
  for (const entry of entries) {
    const fits = chained(entry, last, sha256);
    if (fits.hash !== entry.hash || fits.previous !== entry.previous || fits.seq !== entry.seq) return fits.seq;
    last = entry;
  }
  return null;
}
