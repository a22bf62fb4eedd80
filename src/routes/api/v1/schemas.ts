/** What may stand in the bodies of the API (INTERFACE, "HTTP API"). Shapes only: limits and rules are decided in the core. */
import * as v from 'valibot';
import { LANGUAGES } from '#core/people/caller.ts';
import { STAGE_KINDS, STAGE_VIEWS } from '#core/room/room.ts';
import { FILE_TYPES } from '#core/stage/files.ts';
import { PERMISSIONS, type Permission } from '#core/stage/permissions.ts';

export const language = v.picklist(LANGUAGES);
export const id = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/));
const flag = v.optional(v.boolean());

export const newWorkshop = v.object({
  strategyId: v.optional(id),
  title: v.string(),
  template: v.string(),
  /** Further boards of the same day, in their order. */
  moreTemplates: v.optional(v.pipe(v.array(v.string()), v.maxLength(10))),
  languages: v.optional(v.array(language), []),
  timeZone: v.optional(v.string()),
  namesNeeded: flag,
  organisationNeeded: flag,
  organisations: v.optional(
    v.pipe(
      v.array(
        v.object({
          name: v.string(),
          seats: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000))),
        }),
      ),
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

export const session = v.object({
  email: v.string(),
  password: v.string(),
  code: v.optional(v.pipe(v.string(), v.maxLength(40))),
});

export const stage = v.object({
  stageId: id,
  seconds: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(86_400))),
  locked: flag,
  private: flag,
  anonymous: flag,
  revision: v.optional(v.pipe(v.number(), v.integer())),
});

const words = v.object({ ky: v.optional(v.string()), ru: v.optional(v.string()), en: v.optional(v.string()) });
const minutes = v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(600)));
const material = v.object({ title: v.string(), url: v.string(), type: v.optional(v.picklist(FILE_TYPES)) });
/** The agenda as it shall be, in order: known stages by id, new ones by kind; what is left out goes. */
export const agenda = v.object({
  revision: v.optional(v.pipe(v.number(), v.integer())),
  stages: v.pipe(
    v.array(
      v.object({
        id: v.optional(id),
        kind: v.optional(v.picklist(STAGE_KINDS)),
        title: v.optional(words),
        boardId: v.optional(v.nullable(id)),
        minutes: v.optional(minutes),
        instruction: v.optional(v.nullable(words)),
        permissions: v.optional(
          v.nullable(
            v.object(Object.fromEntries(PERMISSIONS.map((name) => [name, flag])) as Record<Permission, typeof flag>),
          ),
        ),
        materials: v.optional(v.nullable(v.array(material))),
        view: v.optional(v.nullable(v.picklist(STAGE_VIEWS))),
        skipped: flag,
        moderated: flag,
      }),
    ),
    v.minLength(1),
    v.maxLength(60),
  ),
});

export const timer = v.object({
  act: v.picklist(['start', 'pause', 'resume', 'add', 'stop']),
  seconds: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(86_400))),
});

/** null calls nobody any more. */
export const focus = v.object({
  boardId: v.nullable(id),
  zone: v.optional(v.nullable(v.string())),
  noteId: v.optional(v.nullable(id)),
});
export const locks = v.object({ zones: v.optional(v.array(v.string())), notes: v.optional(v.array(id)) });
export const signal = v.object({ kind: v.picklist(['ready', 'hand']), on: v.boolean() });

export const reveal = v.object({
  boardId: id,
  zone: v.optional(v.string()),
  noteIds: v.optional(v.array(id)),
  /** So many of them, drawn by lot: 1 shows them one by one. */
  count: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(5000))),
});

export const inbox = v.object({ noteIds: v.pipe(v.array(id), v.minLength(1)), onto: v.optional(id) });
export const aside = v.object({ reason: v.string() });

export const savedTemplate = v.object({ workshopId: id, name: v.string() });

export const newNote = v.object({
  zone: v.string(),
  text: v.string(),
  colour: v.optional(v.string()),
  language: v.optional(language),
  clientKey: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(100))),
  /** Taken only while this is the stage at hand. */
  stageId: v.optional(id),
});

const coordinate = v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100_000)));
export const changedNote = v.object({
  text: v.optional(v.string()),
  zone: v.optional(v.string()),
  x: coordinate,
  y: coordinate,
  colour: v.optional(v.string()),
  groupId: v.optional(v.nullable(id)),
  before: v.optional(id),
  after: v.optional(id),
});

export const newGroup = v.object({
  noteIds: v.pipe(v.array(id), v.minLength(1)),
  title: v.optional(v.string()),
  /** The note at whose place they come together. */
  onto: v.optional(id),
});
export const changedGroup = v.object({
  title: v.optional(v.string()),
  noteIds: v.optional(v.array(id)),
  zone: v.optional(v.string()),
  x: coordinate,
  y: coordinate,
});

/** An `ashar.workshop/1` file: any JSON here, checked behind this door with the place of the first fault. */
export const workshopFile = v.unknown();
export const MOST_IMPORTED = 10 * 1024 * 1024;
