/**
 * Verdicts on the actions of the last programme: what the room said, where it disagrees, and what the facilitator confirmed.
 * Choices stand in a round as words of one language; the usual four are known in all three.
 */
import { LANGUAGES, type Language } from '../people/caller.ts';
import { ok, refuse, type Result } from '../result.ts';
import type { Words } from './types.ts';

/** From done to unknown; the last says nothing about the action. */
export const VERDICTS: readonly Words[] = [
  { ky: 'Аткарылды', ru: 'Выполнено', en: 'Done' },
  { ky: 'Жарым-жартылай', ru: 'Частично', en: 'Partly' },
  { ky: 'Аткарылган жок', ru: 'Не выполнено', en: 'Not done' },
  { ky: 'Билбейм', ru: 'Не знаю', en: "Don't know" },
];

/** A usual choice in the reader's language; any other as it was written. */
export function verdictName(choice: string, language: Language): string {
  const usual = VERDICTS.find((words) =>
    LANGUAGES.some((one) => words[one].toLowerCase() === choice.trim().toLowerCase()),
  );
  return usual?.[language] ?? choice;
}

/** Below two thirds of one mind the room disagrees: who was there should talk before it is written down. */
const OF_ONE_MIND = 2 / 3;

export interface Judged {
  /** Ballots by choice, in the order of the choices. */
  readonly counts: readonly { readonly choice: string; readonly count: number }[];
  /** What most said; several where they are even, none where nobody answered. */
  readonly leading: readonly string[];
  readonly disputed: boolean;
}

/** With three choices and more the last is "don't know": it decides nothing and makes no dispute. */
export function judge(distribution: Readonly<Record<string, number>>, choices: readonly string[]): Judged {
  const counts = choices.map((choice) => ({ choice, count: distribution[choice] ?? 0 }));
  const told = counts.length > 2 ? counts.slice(0, -1) : counts;
  const knew = told.reduce((sum, { count }) => sum + count, 0);
  const of = knew > 0 ? told : counts;
  const most = Math.max(0, ...of.map(({ count }) => count));
  return {
    counts,
    leading: most === 0 ? [] : of.filter(({ count }) => count === most).map(({ choice }) => choice),
    disputed: knew > 1 && most < OF_ONE_MIND * knew,
  };
}

const MAX_LINK = 2000;
const MAX_CAUSE = 1000;

/** An address of evidence as it may be kept: http or https, or empty. */
export function checkEvidence(link: string): Result<string> {
  const trimmed = link.trim();
  if (trimmed === '') return ok('');
  if (trimmed.length > MAX_LINK || !/^https?:\/\/[^\s]+$/i.test(trimmed)) return refuse('link-invalid');
  return ok(trimmed);
}

export function checkCause(cause: string): Result<string> {
  const trimmed = cause.trim();
  return trimmed.length > MAX_CAUSE ? refuse('reason-too-long', { limit: MAX_CAUSE }) : ok(trimmed);
}
