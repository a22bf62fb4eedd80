/** A refusal as a form's answer: the sentence in the person's language, beside what they had typed. */
import { fail, type ActionFailure, type RequestEvent } from '@sveltejs/kit';
import { statusOf, type Refusal, type RefusalCode } from '#core/result.ts';
import { sentence } from '$lib/i18n/refusal.ts';

export interface Refused {
  readonly code: RefusalCode;
  readonly message: string;
}

export function failWith<T extends object>(
  event: RequestEvent,
  refusal: Refusal,
  values: T,
): ActionFailure<Refused & T> {
  event.locals.app.metrics.refusedByHttp(refusal.code);
  return fail(statusOf(refusal.code), {
    code: refusal.code,
    message: sentence(refusal, event.locals.language),
    ...values,
  });
}

/** A text field of a form; '' where it is missing or a file. */
export function text(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}
