/** The work on a section: how far it is and who answers for it. */
import { cleanLine, lengthOf, MAX_NAME } from '../people/names.ts';
import { ok, refuse, type Result } from '../result.ts';

export const SECTION_STATES = ['planned', 'writing', 'review', 'ready'] as const;
export type SectionState = (typeof SECTION_STATES)[number];

/** A name, or none. */
export function checkOwner(text: string): Result<string> {
  const clean = cleanLine(text);
  return lengthOf(clean) > MAX_NAME ? refuse('name-too-long', { limit: MAX_NAME }) : ok(clean);
}
