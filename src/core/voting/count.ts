/**
 * The count of the whole room: what each option received, and which of two stands higher. Whole numbers all through;
 * where a mean decides, two fractions are compared crosswise, so that equal means equal.
 */
import { sum, type Voice } from './voice.ts';
import type { Method } from './types.ts';

export interface Count {
  /** By option, in units (see Voice.gives). */
  readonly given: readonly number[];
  readonly answered: readonly number[];
  readonly supporters: readonly number[];
  /** By option: organisations with at least one supporter. */
  readonly organisations: readonly number[];
}

export function countVoices(voices: readonly Voice[], optionCount: number): Count {
  const given = new Array<number>(optionCount).fill(0);
  const answered = new Array<number>(optionCount).fill(0);
  const supporters = new Array<number>(optionCount).fill(0);
  const organisations = Array.from({ length: optionCount }, () => new Set<string>());
  for (const voice of voices) {
    if (voice.abstains) continue;
    for (let option = 0; option < optionCount; option++) {
      given[option] = (given[option] ?? 0) + (voice.gives[option] ?? 0);
      if (voice.answers[option]) answered[option] = (answered[option] ?? 0) + 1;
      if (!voice.supports[option]) continue;
      supporters[option] = (supporters[option] ?? 0) + 1;
      if (voice.organisationId !== null) organisations[option]?.add(voice.organisationId);
    }
  }
  return { given, answered, supporters, organisations: organisations.map((set) => set.size) };
}

/** Which of two options stands higher; negative where the first does. */
export type Compare = (a: number, b: number) => number;

/** By the total; for scores by the mean of those who scored it, and what nobody scored stands last. */
export function standing(method: Method, count: Count): Compare {
  const given = (option: number): number => count.given[option] ?? 0;
  if (method.kind !== 'score') return (a, b) => given(b) - given(a);
  const answered = (option: number): number => count.answered[option] ?? 0;
  return (a, b) => {
    if (answered(a) === 0 || answered(b) === 0) return Math.sign(answered(b)) - Math.sign(answered(a));
    return given(b) * answered(a) - given(a) * answered(b);
  };
}

/** The room's figures on what single ballots gave: arithmetic mean, middle value, standard deviation (population). */
export function describe(values: readonly number[]): { mean: number; median: number; spread: number } {
  if (values.length === 0) return { mean: 0, median: 0, spread: 0 };
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? 0;
  const median = sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? 0) + upper) / 2;
  const mean = sum(sorted) / sorted.length;
  const spread = Math.sqrt(sum(sorted.map((value) => (value - mean) ** 2)) / sorted.length);
  return { mean, median, spread };
}

/** How often each value occurs; keys in their natural order. */
export function distribution(values: readonly string[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([a], [b]) => Number(a) - Number(b) || (a < b ? -1 : 1)));
}
