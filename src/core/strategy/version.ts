/**
 * The states of a strategy on its way to the General Assembly. Sent, submitted and adopted each keep a version; what was
 * adopted is frozen for good, and goes on as a new strategy only.
 */
import { cleanLine, lengthOf } from '../people/names.ts';
import { ok, refuse, type Result } from '../result.ts';

export const DRAFT_STATUSES = ['draft', 'sent', 'submitted', 'adopted'] as const;
export type DraftStatus = (typeof DRAFT_STATUSES)[number];

/** Who adopted it, when, and where that is written down. */
export interface Adoption {
  /** "IX General Assembly of the Union". */
  readonly assembly: string;
  /** YYYY-MM-DD. */
  readonly heldOn: string;
  /** Number of the protocol. */
  readonly protocol: string;
  /** Name of the account that recorded it. */
  readonly recordedBy: string;
}

const LONGEST = 120;

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

/** Assembly, day and protocol number, all of them. */
export function checkAdoption(input: Partial<Omit<Adoption, 'recordedBy'>>, recordedBy: string): Result<Adoption> {
  const assembly = cleanLine(input.assembly ?? '');
  const protocol = cleanLine(input.protocol ?? '');
  const heldOn = cleanLine(input.heldOn ?? '');
  const fits = [assembly, protocol].every((text) => text !== '' && lengthOf(text) <= LONGEST);
  return fits && isDay(heldOn) ? ok({ assembly, heldOn, protocol, recordedBy }) : refuse('adoption-incomplete');
}

/** Forward by any step, back to the draft from what is not adopted; the same again is a further version in that state. */
export function checkStatusStep(from: DraftStatus, to: DraftStatus): Result<null> {
  if (from === 'adopted') return refuse('draft-frozen');
  const isBack = DRAFT_STATUSES.indexOf(to) < DRAFT_STATUSES.indexOf(from);
  return isBack && to !== 'draft' ? refuse('changed-meanwhile') : ok(null);
}
