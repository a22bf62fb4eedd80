/**
 * The border of `ashar.workshop/1`: a file comes in as unknown JSON and leaves as a typed one, or as a refusal that says
 * where the first fault stands. Keys that this version does not know are refused too: what would be dropped in silence
 * would be missing in the room. Size (10 MiB) is bounded by whoever reads the file.
 */
import * as v from 'valibot';
import { COLOURS, MAX_NOTE_LENGTH, MAX_NOTES } from '#core/board/schema.ts';
import { LANGUAGES } from '#core/people/caller.ts';
import { MAX_NAME, MAX_TITLE, lengthOf } from '#core/people/names.ts';
import { ok, refuse, type Result } from '#core/result.ts';
import { WORKSHOP_FORMAT, type WorkshopFile } from '#core/workshop/format.ts';

const atMost = (limit: number) =>
  v.pipe(
    v.string(),
    v.check((text) => text.trim() !== '', 'text-needed'),
    v.check((text) => text.length <= limit * 2 && lengthOf(text) <= limit, 'too-long'),
  );
const count = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(most));
const year = v.pipe(v.number(), v.integer(), v.minValue(1900), v.maxValue(2200));

const Language = v.picklist(LANGUAGES);
const translated = (limit: number) =>
  v.pipe(
    v.strictObject({ ky: v.optional(atMost(limit)), ru: v.optional(atMost(limit)), en: v.optional(atMost(limit)) }),
    v.check((text) => Object.keys(text).length > 0, 'no-language'),
  );
// A map is tried where there is an object, so that the fault named is the one inside it.
const local = (limit: number) => v.lazy((input) => (typeof input === 'string' ? atMost(limit) : translated(limit)));

const Title = local(MAX_TITLE);

const Note = v.strictObject({
  zone: v.string(),
  text: atMost(MAX_NOTE_LENGTH),
  language: v.optional(Language),
  organisation: v.optional(count(1000)),
  colour: v.optional(v.picklist(COLOURS)),
  translations: v.optional(translated(MAX_NOTE_LENGTH)),
  group: v.optional(count(MAX_NOTES)),
});

const Board = v.strictObject({
  template: v.string(),
  title: v.optional(Title),
  notes: v.optional(v.pipe(v.array(Note), v.maxLength(MAX_NOTES))),
  groups: v.optional(
    v.pipe(
      v.array(v.strictObject({ zone: v.string(), title: v.pipe(v.string(), v.maxLength(500)) })),
      v.maxLength(MAX_NOTES),
    ),
  ),
  actions: v.optional(
    v.pipe(
      v.array(v.strictObject({ text: atMost(1700), period: v.optional(atMost(100)), owner: v.optional(atMost(180)) })),
      v.maxLength(MAX_NOTES),
    ),
  ),
  options: v.optional(v.pipe(v.array(local(MAX_NOTE_LENGTH)), v.maxLength(MAX_NOTES))),
});

const Method = v.variant('kind', [
  v.strictObject({ kind: v.literal('dots'), budget: count(1000), perOption: count(1000) }),
  v.strictObject({
    kind: v.literal('score'),
    criteria: v.pipe(v.array(v.strictObject({ name: atMost(MAX_NAME), weight: v.number() })), v.maxLength(50)),
    min: v.number(),
    max: v.number(),
  }),
  v.strictObject({ kind: v.literal('ranking') }),
  v.strictObject({ kind: v.literal('consent') }),
  v.strictObject({ kind: v.literal('verdict'), choices: v.pipe(v.array(atMost(MAX_NAME)), v.maxLength(50)) }),
]);

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

const Round = v.strictObject({
  board: v.union([v.string(), count(100)]),
  title: Title,
  of: v.optional(v.picklist(['notes', 'groups'])),
  method: Method,
  secret: v.optional(v.boolean()),
  quorum: v.optional(v.nullable(share)),
  cut: v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1)))),
  graceSeconds: v.optional(count(86_400)),
  publish: v.optional(v.boolean()),
});

/** The schema; the documentation page of the format is written from it. */
export const WorkshopFileSchema = v.strictObject({
  format: v.literal(WORKSHOP_FORMAT),
  about: v.optional(v.pipe(v.string(), v.maxLength(10_000))),
  title: Title,
  strategy: v.optional(v.strictObject({ title: Title, periodStart: year, periodEnd: year })),
  date: v.optional(v.pipe(v.string(), v.isoDate())),
  languages: v.pipe(v.array(Language), v.minLength(1), v.maxLength(LANGUAGES.length)),
  timeZone: v.optional(atMost(64)),
  organisations: v.optional(
    v.pipe(
      v.array(
        v.strictObject({
          name: atMost(MAX_NAME),
          seats: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000))),
        }),
      ),
      v.maxLength(1000),
    ),
  ),
  boards: v.pipe(v.array(Board), v.minLength(1), v.maxLength(50)),
  rounds: v.optional(v.pipe(v.array(Round), v.maxLength(200))),
});

/** What is wrong with a value, as one of the words that `import_problem` of the messages knows. */
function problemOf(issue: v.BaseIssue<unknown>): string {
  if (issue.type === 'check') return issue.message;
  if (issue.expected === 'never') return 'unknown-key';
  if (issue.input === undefined) return 'missing';
  if (['literal', 'picklist', 'variant'].includes(issue.type)) return 'unknown-value';
  if (['min_length', 'max_length'].includes(issue.type)) return 'wrong-length';
  if (['min_value', 'max_value', 'integer'].includes(issue.type)) return 'out-of-range';
  if (issue.type === 'iso_date') return 'date-invalid';
  return 'wrong-type';
}

/** `"ky" | "ru"` and the like: what may stand there, in the words of the format, which no language changes. */
const expectedBy = (issue: v.BaseIssue<unknown>): string =>
  (issue.expected ?? issue.requirement?.toString() ?? '').slice(0, 200);

/** A fault with its place in the file (such as `boards.2.notes.0.zone`) and what is wrong there. */
function fault(path: string, problem: string, expected = ''): ReturnType<typeof refuse> {
  return refuse('import-malformed', { path, problem, expected });
}

/** Parsed JSON as a workshop file; the refusal carries `path`, `problem` and `expected`. */
export function checkWorkshopFile(json: unknown): Result<WorkshopFile> {
  const parsed = v.safeParse(WorkshopFileSchema, json, { abortEarly: true });
  if (parsed.success) return ok(parsed.output as WorkshopFile);
  const issue = parsed.issues[0];
  return fault(v.getDotPath(issue) ?? '/', problemOf(issue), expectedBy(issue));
}

/** The text of a file: JSON first, then its shape. A byte order mark is passed over. */
export function parseWorkshopFile(text: string): Result<WorkshopFile> {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return fault('/', 'no-json');
  }
  return checkWorkshopFile(json);
}
