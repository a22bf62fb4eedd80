/**
 * A text field that several people write in: each input becomes the smallest splice of the shared text, and what others
 * write comes in around the caret. While a word is being composed (every word, on Android) the field is left alone.
 */
import type * as Y from 'yjs';
import { replaceText } from '#core/board/edit.ts';
import type { Refusal } from '#core/result.ts';

export interface TextBinding {
  readonly origin: unknown;
  /** After every change, own or others'. */
  onchange(length: number): void;
  onrefuse(refusal: Refusal): void;
}

/** Where a position comes to lie after a change of the text. */
export function shiftCaret(
  position: number,
  delta: readonly { retain?: number; insert?: unknown; delete?: number }[],
): number {
  let [at, moved] = [0, position];
  for (const step of delta) {
    if (step.retain !== undefined) at += step.retain;
    else if (typeof step.insert === 'string') {
      if (at <= moved) moved += at === moved ? 0 : step.insert.length;
      at += step.insert.length;
    } else if (step.delete !== undefined) {
      if (at < moved) moved -= Math.min(step.delete, moved - at);
    }
  }
  return moved;
}

export function bindText(field: HTMLTextAreaElement, text: Y.Text, binding: TextBinding): () => void {
  // What the person sees: the base of their next change, which may be behind the shared text while a word is composed.
  let shown = String(text);
  let composing = false;
  field.value = shown;
  binding.onchange(shown.length);

  const show = (start: number, end: number) => {
    const now = String(text);
    if (field.value !== now) {
      field.value = now;
      field.setSelectionRange(start, end);
    }
    shown = now;
    binding.onchange(now.length);
  };
  const onInput = () => {
    const said = field.value;
    const done = replaceText(text, said, binding.origin, shown);
    if (!done.ok) binding.onrefuse(done.refusal);
    if (composing) shown = said;
    else show(field.selectionStart, field.selectionEnd);
    binding.onchange(text.length);
  };
  const onText = (event: Y.YTextEvent) => {
    if (event.transaction.origin === binding.origin && event.transaction.local) return;
    if (composing) return;
    show(shiftCaret(field.selectionStart, event.delta), shiftCaret(field.selectionEnd, event.delta));
  };
  const onStart = () => (composing = true);
  const onEnd = () => {
    composing = false;
    onInput();
  };
  text.observe(onText);
  field.addEventListener('input', onInput);
  field.addEventListener('compositionstart', onStart);
  field.addEventListener('compositionend', onEnd);
  return () => {
    text.unobserve(onText);
    field.removeEventListener('input', onInput);
    field.removeEventListener('compositionstart', onStart);
    field.removeEventListener('compositionend', onEnd);
  };
}
