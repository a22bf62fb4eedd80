/**
 * A ballot that the server does not have yet, kept on the device until it does: a phone may lose the Wi-Fi and be closed
 * between the tap and the answer. Kept by person, so that on a shared device nobody sends what another one meant.
 */
import type { Ballot } from '#core/voting/types.ts';

export interface UnsentBallot {
  readonly ballot: Ballot;
  /** The same command however often it is sent. */
  readonly key: string;
  /** ISO 8601, UTC. */
  readonly castAt: string;
}

const nameOf = (roundId: string, personId: string): string => `ashar.ballot.${roundId}.${personId}`;

/** Storage may be forbidden or full: then the ballot lives as long as the page does. */
function onDevice<T>(act: (storage: Storage) => T): T | null {
  try {
    return act(localStorage);
  } catch {
    return null;
  }
}

export function readUnsent(roundId: string, personId: string | null): UnsentBallot | null {
  if (personId === null) return null;
  const text = onDevice((storage) => storage.getItem(nameOf(roundId, personId)));
  try {
    const kept = JSON.parse(text ?? 'null') as Partial<UnsentBallot> | null;
    if (typeof kept?.key !== 'string' || typeof kept.castAt !== 'string' || typeof kept.ballot?.kind !== 'string')
      return null;
    return { ballot: kept.ballot, key: kept.key, castAt: kept.castAt };
  } catch {
    return null;
  }
}

/**
 * What another tab of this person did: the round's ballot as it is kept now (null: sent, or given up there). Returns the
 * way to stop listening.
 */
export function onOtherTab(
  roundId: string,
  personId: string | null,
  tell: (kept: UnsentBallot | null) => void,
): () => void {
  if (personId === null) return () => undefined;
  const heard = ({ key }: StorageEvent) => {
    if (key === nameOf(roundId, personId)) tell(readUnsent(roundId, personId));
  };
  addEventListener('storage', heard);
  return () => removeEventListener('storage', heard);
}

export function keepUnsent(roundId: string, personId: string | null, unsent: UnsentBallot): void {
  if (personId !== null) onDevice((storage) => storage.setItem(nameOf(roundId, personId), JSON.stringify(unsent)));
}

export function forgetUnsent(roundId: string, personId: string | null): void {
  if (personId !== null) onDevice((storage) => storage.removeItem(nameOf(roundId, personId)));
}

const seenName = (roundId: string, personId: string): string => `ashar.receipt-seen.${roundId}.${personId}`;

/** The receipt is shown once; a reload before it was written down must not cost it. */
export function receiptSeen(roundId: string, personId: string | null): boolean {
  return personId !== null && onDevice((storage) => storage.getItem(seenName(roundId, personId))) === '1';
}

export function markReceiptSeen(roundId: string, personId: string | null): void {
  if (personId !== null) onDevice((storage) => storage.setItem(seenName(roundId, personId), '1'));
}

/** What became of a person's ballot: the server had it before the close, or something came after it. */
export type Fate = 'counted' | 'late';

const fateName = (fate: Fate, roundId: string, personId: string): string => `ashar.${fate}.${roundId}.${personId}`;

/** After the close of a secret round nobody but this device can still tell its owner. */
export function hadFate(fate: Fate, roundId: string, personId: string | null): boolean {
  return personId !== null && onDevice((storage) => storage.getItem(fateName(fate, roundId, personId))) === '1';
}

export function markFate(fate: Fate, roundId: string, personId: string | null): void {
  if (personId !== null) onDevice((storage) => storage.setItem(fateName(fate, roundId, personId), '1'));
}
