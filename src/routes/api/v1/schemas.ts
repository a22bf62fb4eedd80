/** What may stand in the bodies of the API (INTERFACE, "HTTP API"). Shapes only: limits and rules are decided in the core. */
import * as v from 'valibot';
import { LANGUAGES } from '#core/people/caller.ts';

export const language = v.picklist(LANGUAGES);
export const id = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/));
const flag = v.optional(v.boolean());

export const newWorkshop = v.object({
  strategyId: v.optional(id),
  title: v.string(),
  template: v.string(),
  languages: v.optional(v.array(language), []),
  timeZone: v.optional(v.string()),
  namesNeeded: flag,
  organisationNeeded: flag,
  organisations: v.optional(
    v.pipe(
      v.array(v.object({ name: v.string(), seats: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000))) })),
      v.maxLength(500),
    ),
  ),
});

export const changedWorkshop = v.object({
  title: v.optional(v.string()),
  timeZone: v.optional(v.string()),
  doorOpen: flag,
  namesNeeded: flag,
  organisationNeeded: flag,
  strategyId: v.optional(v.nullable(id)),
  status: v.optional(v.picklist(['open', 'closed'])),
});

export const join = v.object({
  code: v.string(),
  name: v.optional(v.string()),
  organisation: v.optional(v.string()),
  language: v.optional(language),
  recovery: v.optional(v.string()),
});

export const session = v.object({ email: v.string(), password: v.string() });

export const stage = v.object({
  stageId: id,
  seconds: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(86_400))),
  locked: flag,
  private: flag,
  anonymous: flag,
  revision: v.optional(v.pipe(v.number(), v.integer())),
});

export const reveal = v.object({ boardId: id, zone: v.optional(v.string()), noteIds: v.optional(v.array(id)) });

export const newNote = v.object({
  zone: v.string(),
  text: v.string(),
  colour: v.optional(v.string()),
  language: v.optional(language),
  clientKey: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(100))),
});

const coordinate = v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100_000)));
export const changedNote = v.object({
  text: v.optional(v.string()),
  zone: v.optional(v.string()),
  x: coordinate,
  y: coordinate,
  colour: v.optional(v.string()),
  groupId: v.optional(v.nullable(id)),
});

export const newGroup = v.object({ noteIds: v.pipe(v.array(id), v.minLength(1)), title: v.optional(v.string()) });
export const changedGroup = v.object({ title: v.optional(v.string()), noteIds: v.optional(v.array(id)) });

/** An `ashar.workshop/1` file: any JSON here, checked behind this door with the place of the first fault. */
export const workshopFile = v.unknown();
export const MOST_IMPORTED = 10 * 1024 * 1024;
