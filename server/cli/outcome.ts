/** How a command ends other than well: wrongly called (exit 2), or refused with a sentence (exit 1). */
import type { Refusal, Result } from '#core/result.ts';
import { m } from '#messages/messages.js';

export class Usage extends Error {}
export class Refused extends Error {}

type Say = (params: Record<string, string | number>, options: { locale: 'en' }) => string;

/** A refusal as an English sentence: the command line speaks to operators. */
export function sentenceOf({ code, params }: Refusal): string {
  const say = (m as unknown as Record<string, Say | undefined>)[`refusal_${code.replaceAll('-', '_')}`];
  if (!say) return code;
  const problem =
    code === 'import-malformed'
      ? m.import_problem({ problem: params?.['problem'] ?? '', expected: params?.['expected'] ?? '' }, { locale: 'en' })
      : '';
  return say({ ...params, problem }, { locale: 'en' });
}

/** The value, or the end of the command with the refusal's sentence. */
export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Refused(sentenceOf(result.refusal));
  return result.value;
}

/** An option that the command cannot do without. */
export function needed(value: string | undefined, name: string): string {
  if (value === undefined || value === '') throw new Usage(`${name} is missing.`);
  return value;
}
