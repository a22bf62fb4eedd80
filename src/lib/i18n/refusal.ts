/** The sentence of a refusal in a language: the same code drives hints on buttons, API errors and banners. */
import type { Language } from '#core/people/caller.ts';
import type { Refusal } from '#core/result.ts';
import { m } from '#messages/messages.js';

type Say = (params: Record<string, string | number>, options?: { locale?: Language }) => string;

/** Only these: a code picks its sentence at run time, and the whole catalogue would come along to every phone. */
const sentences: Record<string, Say> = Object.assign(
  {},
  ...Object.values(import.meta.glob<Record<string, Say>>('/src/messages/messages/refusal_*.js', { eager: true })),
);

/** Without a language: the one that the page is shown in. */
export function sentence(refusal: Refusal, language?: Language): string {
  const key = `refusal_${refusal.code.replaceAll('-', '_')}`;
  const say = sentences[key];
  if (!say) return refusal.code;
  const options = language ? { locale: language } : undefined;
  const params = { ...refusal.params };
  // What is wrong in a file is a word of a closed list; its sentence stands inside the sentence of the refusal.
  if (refusal.code === 'import-malformed')
    params['problem'] = m.import_problem(
      { problem: params['problem'] ?? '', expected: params['expected'] ?? '' },
      options,
    );
  return say(params, options);
}
