/**
 * The shape of a board document, and the checks that keep it. Everything a client can write passes through `checkNote`
 * and `checkGroup` twice: in the server's guard before an update is applied, and in `readBoard` before anything is shown.
 * All checks are total: whatever stands in the document, they answer and never throw, and they never follow nesting.
 *
 * A place is `[zone, x, y]`. Every zone has a plane of its own: x to the right and y down from the zone's top left corner,
 * in board pixels at zoom 1, whole numbers from 0 to 100,000. A note's place is the top left corner of its card.
 */
import * as Y from 'yjs';
import { isId } from '../ids.ts';
import { isLanguage, type Language } from '../people/caller.ts';
import type { Refusal, RefusalCode } from '../result.ts';

export const SCHEMA_VERSION = 1;
export const COLOURS = ['yellow', 'rose', 'blue', 'green', 'violet', 'grey'] as const;
export type Colour = (typeof COLOURS)[number];

/** UTF-16 units, as the `maxlength` of a text field and `Y.Text.length` count them. */
export const MAX_NOTE_LENGTH = 2000;
/** A group's name may be a sentence. UTF-16 units. */
export const MAX_GROUP_TITLE = 500;
export const MAX_NOTES = 5000;
/** Every group has at least one note, so there are never more groups than notes. */
export const MAX_GROUPS = MAX_NOTES;
export const MAX_PLACE = 100_000;

export type At = readonly [zone: string, x: number, y: number];

export interface Note {
  readonly id: string;
  readonly at: At;
  readonly text: string;
  readonly colour: Colour;
  readonly lang?: Language;
  /** Id of the group it lies in. */
  readonly group?: string;
}

export interface Group {
  readonly id: string;
  readonly at: At;
  /** Empty while nobody has named it. */
  readonly title: string;
}

const ROOTS = ['meta', 'notes', 'groups'];
const NOTE_KEYS = ['at', 'text', 'colour', 'lang', 'group'];
const GROUP_KEYS = ['at', 'title'];
const META_KEYS = ['schemaVersion', 'epoch'];

/** An id that may key a note or a group: `__proto__`, `constructor` and their like would reach into objects keyed by it. */
export function isBoardId(value: unknown): value is string {
  return isId(value) && !(value in Object.prototype);
}

export function isColour(value: unknown): value is Colour {
  return COLOURS.some((colour) => colour === value);
}

export function isCoordinate(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= MAX_PLACE;
}

/** @param zones the board's zone ids; null: any well-formed zone id will do (a reader that does not know the template). */
export function checkAt(value: unknown, zones: readonly string[] | null): RefusalCode | null {
  if (!Array.isArray(value) || value.length !== 3) return 'place-invalid';
  const [zone, x, y] = value as unknown[];
  if (!isBoardId(zone) || (zones !== null && !zones.includes(zone))) return 'zone-unknown';
  return isCoordinate(x) && isCoordinate(y) ? null : 'place-invalid';
}

/** A map made by us: not a subclass (Y.XmlHook), and without list content, which no reader would ever show. */
function isPlainMap(value: unknown): value is Y.Map<unknown> {
  return (
    value instanceof Y.Map && value.constructor === Y.Map && !holdsList(value as unknown as Y.AbstractType<unknown>)
  );
}

function holdsList(type: Y.AbstractType<unknown>): boolean {
  for (let item = type._start; item !== null; item = item.right) if (!item.deleted) return true;
  return false;
}

/** Text without formatting, embeds, attributes or nested types. Costs one step per item of the text. */
function isPlainText(value: unknown): value is Y.Text {
  if (!(value instanceof Y.Text) || value.constructor !== Y.Text || value._map.size > 0) return false;
  for (let item = value._start; item !== null; item = item.right)
    if (!item.deleted && !(item.content instanceof Y.ContentString)) return false;
  return true;
}

function knowsOnly(map: Y.Map<unknown>, keys: readonly string[]): boolean {
  for (const [key, item] of map._map) if (!item.deleted && !keys.includes(key)) return false;
  return true;
}

/** What is wrong with a value under `notes`, or null. `value` may be anything, from a shadow document or not. */
export function checkNote(value: unknown, zones: readonly string[] | null): RefusalCode | null {
  if (!isPlainMap(value) || !knowsOnly(value, NOTE_KEYS)) return 'malformed';
  const place = checkAt(value.get('at'), zones);
  if (place) return place;
  const text = value.get('text');
  if (!isPlainText(text)) return 'malformed';
  if (text.length > MAX_NOTE_LENGTH) return 'note-too-long';
  if (!isColour(value.get('colour'))) return 'colour-unknown';
  const lang = value.get('lang');
  // Stock clients take a value away by writing null as often as by deleting the key.
  if (lang != null && !isLanguage(lang)) return 'language-unknown';
  const group = value.get('group');
  return group == null || isBoardId(group) ? null : 'group-unknown';
}

/** What is wrong with a value under `groups`, or null. A title is a plain string; a plain Y.Text is read as well. */
export function checkGroup(value: unknown, zones: readonly string[] | null): RefusalCode | null {
  if (!isPlainMap(value) || !knowsOnly(value, GROUP_KEYS)) return 'malformed';
  const place = checkAt(value.get('at'), zones);
  if (place) return place;
  const title = value.get('title');
  if (title == null) return null;
  if (typeof title !== 'string' && !isPlainText(title)) return 'malformed';
  return title.length > MAX_GROUP_TITLE ? 'title-too-long' : null;
}

/** Only `meta`, `notes` and `groups`, each a map with well-formed keys, within the limits of a board. */
export function checkRoots(doc: Y.Doc): RefusalCode | null {
  for (const name of doc.share.keys()) if (!ROOTS.includes(name)) return 'malformed';
  for (const name of ROOTS) {
    const root = rootMap(doc, name);
    if (root === null || holdsList(root as unknown as Y.AbstractType<unknown>)) return 'malformed';
  }
  for (const name of ['notes', 'groups']) {
    let count = 0;
    for (const [key, item] of rootMap(doc, name)?._map ?? []) {
      if (item.deleted) continue;
      if (!isBoardId(key)) return 'malformed';
      count += 1;
    }
    if (count > (name === 'notes' ? MAX_NOTES : MAX_GROUPS)) return 'board-full';
  }
  return null;
}

/** `meta` as `initialBoardUpdate` wrote it: nobody else ever writes there. */
export function checkMeta(doc: Y.Doc): RefusalCode | null {
  const meta = rootMap(doc, 'meta');
  if (meta === null || !knowsOnly(meta, META_KEYS)) return 'malformed';
  return meta.get('schemaVersion') === SCHEMA_VERSION && isBoardId(meta.get('epoch')) ? null : 'malformed';
}

/** A root as a map; null where somebody defined it as another type. */
export function rootMap(doc: Y.Doc, name: string): Y.Map<unknown> | null {
  try {
    return doc.getMap<unknown>(name);
  } catch {
    return null;
  }
}

/** How many notes the document holds, well-formed or not. Costs one step per id ever used. */
export function countNotes(doc: Y.Doc): number {
  return rootMap(doc, 'notes')?.size ?? 0;
}

/** A refusal with the figure that its sentence names. */
export function boardRefusal(code: RefusalCode): Refusal {
  const limit = LIMITS[code];
  return limit === undefined ? { code } : { code, params: { limit } };
}

const LIMITS: Readonly<Partial<Record<RefusalCode, number>>> = {
  'note-too-long': MAX_NOTE_LENGTH,
  'title-too-long': MAX_GROUP_TITLE,
  'board-full': MAX_NOTES,
  'place-invalid': MAX_PLACE,
};
