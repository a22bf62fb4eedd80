/** What may stand in the bodies of the API about who leads, what is followed and what the wall speaks. */
import * as v from 'valibot';
import { id, language } from './schemas.ts';

export const leader = v.object({ accountId: v.optional(id) });

const place = v.pipe(v.number(), v.integer(), v.minValue(-1_000_000), v.maxValue(1_000_000));
/** `view` null ends it; `call` names the following that is moved on, left out a new one begins. */
export const follow = v.object({
  view: v.nullable(
    v.object({
      boardId: id,
      zone: v.nullable(v.pipe(v.string(), v.maxLength(64))),
      rect: v.nullable(v.object({ left: place, top: place, width: place, height: place })),
    }),
  ),
  call: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
});

export const wall = v.object({ languages: v.pipe(v.array(language), v.minLength(1), v.maxLength(2)) });
