/** Bodies of what goes from one stage to the next: tables, seeds, verdicts, options and their factors, findings. */
import * as v from 'valibot';
import { id, language } from './schemas.ts';

const column = v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100)));
/** A pasted table; `columns` in place of the guess. */
export const actionTable = v.object({
  text: v.string(),
  /** Whether the first line is a heading; guessed where it is left out. */
  heading: v.optional(v.boolean()),
  columns: v.optional(v.object({ text: column, period: column, owner: column })),
});
export const seeding = v.object({
  fromBoardId: id,
  zones: v.record(v.string(), v.string()),
  alone: v.optional(v.boolean()),
});
export const carried = v.object({
  boardId: id,
  zone: v.string(),
  choices: v.pipe(v.array(v.string()), v.minLength(1)),
});
const chosen = v.pipe(v.array(v.object({ boardId: id, noteId: id })), v.maxLength(20));
export const factors = v.object({ factors: chosen });
/** An option with the factors it rests on, of two quadrants. */
export const newOption = v.object({
  text: v.string(),
  factors: chosen,
  language: v.optional(language),
  clientKey: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(100))),
});
/** What is left out stays; a verdict of null takes the confirmation back. */
export const finding = v.object({
  evidence: v.optional(v.string()),
  cause: v.optional(v.string()),
  verdict: v.optional(v.nullable(v.string())),
});
/** Notes that are not alike, though they were suggested. */
export const unlike = v.object({ noteIds: v.pipe(v.array(id), v.minLength(1), v.maxLength(100)) });
