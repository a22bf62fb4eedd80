/** What may stand in the bodies that are about what a stage brings along. */
import * as v from 'valibot';
import { id } from './schemas.ts';

export const link = v.object({ stageId: id, title: v.optional(v.string(), ''), url: v.string() });
/** `position`: place among the stage's materials, from 0; null: the wall shows none. */
export const slide = v.object({ stageId: id, position: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0))) });
export const removedMaterial = v.object({ stageId: id, url: v.string() });
/** null takes it back; what is left out stays. */
export const practice = v.object({
  note: v.optional(v.nullable(v.string())),
  choice: v.optional(v.nullable(v.string())),
});
