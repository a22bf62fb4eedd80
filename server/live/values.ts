/**
 * What may stand in which document, judged on the shadow after an update was tried there. A board takes notes and groups
 * of the board's schema; a draft takes an editor's elements, bounded in depth; a room takes nothing from anybody.
 * Costs one check for each note, group or element that the update touched.
 */
import * as Y from 'yjs';
import { groupStep, noteStep, type GroupStep } from '#core/board/audit.ts';
import { checkGroupChange, checkNoteChange, type Writer } from '#core/board/change.ts';
import { checkGroupFreeze, checkNoteFreeze, type Frozen } from '#core/board/freeze.ts';
import { readGroup, readNote } from '#core/board/read.ts';
import { checkGroup, checkNote, isBoardId, MAX_GROUPS, MAX_NOTES } from '#core/board/schema.ts';
import type { RefusalCode } from '#core/result.ts';
import type { ReadUpdate } from './update.ts';

export type DocumentKind = 'board' | 'room' | 'draft';

const NAME = /^(board|room|draft)\/([A-Za-z0-9_-]{1,64})$/;

/** The kind and id behind a document's name; null for a name that no document of ours can have. */
export function parseName(name: string): { kind: DocumentKind; id: string } | null {
  const match = NAME.exec(name);
  return match?.[1] && match[2] ? { kind: match[1] as DocumentKind, id: match[2] } : null;
}

/** Roots, with the type that readers give them. */
export function typeRoots(doc: Y.Doc, kind: DocumentKind): void {
  doc.getMap('meta');
  if (kind === 'draft') doc.getXmlFragment('content');
  if (kind === 'board') for (const root of ['notes', 'groups']) doc.getMap(root);
}

const ROOTS: Readonly<Record<DocumentKind, readonly string[]>> = {
  board: ['notes', 'groups'],
  draft: ['content', 'meta'],
  room: [],
};
const BOARD_CONTENT: readonly unknown[] = [Y.ContentAny, Y.ContentString, Y.ContentType, Y.ContentDeleted];
const DRAFT_CONTENT: readonly unknown[] = [...BOARD_CONTENT, Y.ContentFormat, Y.ContentEmbed];
const BOARD_TYPES: readonly unknown[] = [Y.Map, Y.Text];
const DRAFT_TYPES: readonly unknown[] = [Y.XmlElement, Y.XmlText];

/** Judges by form alone: roots and kinds of content that this kind of document never holds. */
export function checkForm(update: ReadUpdate, kind: DocumentKind): RefusalCode | null {
  const contents = kind === 'board' ? BOARD_CONTENT : DRAFT_CONTENT;
  const types = kind === 'board' ? BOARD_TYPES : DRAFT_TYPES;
  for (const struct of update.structs) {
    if (!(struct instanceof Y.Item)) continue;
    if (typeof struct.parent === 'string' && !ROOTS[kind].includes(struct.parent)) return 'malformed';
    if (!contents.includes(struct.content.constructor)) return 'malformed';
    if (struct.content instanceof Y.ContentType && !types.includes(struct.content.type.constructor)) return 'malformed';
  }
  return null;
}

type Touched = ReadonlyMap<Y.AbstractType<unknown>, ReadonlySet<string | null>>;

/** How much a board holds, kept beside its shadow so that nobody has to count it for every edit. */
export interface BoardCount {
  readonly notes: Set<string>;
  readonly groups: Set<string>;
}

export function countBoard(doc: Y.Doc): BoardCount {
  return { notes: new Set(doc.getMap('notes').keys()), groups: new Set(doc.getMap('groups').keys()) };
}

export interface Judged {
  readonly refusal: RefusalCode | null;
  readonly createdNotes: readonly string[];
  /** What it did to groups, for the trail. */
  readonly steps: readonly GroupStep[];
}

const refused = (refusal: RefusalCode): Judged => ({ refusal, createdNotes: [], steps: [] });

/** What a board is held against: its zones, what open rounds freeze, and the board as it was before. */
export interface BoardRules {
  readonly zones: readonly string[];
  readonly frozen: Frozen;
  /** What the writer may do; null: everything, as those may who lead. */
  readonly writer: Writer | null;
}

interface TouchedIds {
  readonly notes: Set<string>;
  readonly groups: Set<string>;
}

const note = (doc: Y.Doc, id: string) => readNote(id, doc.getMap('notes').get(id));
const group = (doc: Y.Doc, id: string) => readGroup(id, doc.getMap('groups').get(id));

/** Holds what an update touched against what its writer may do. */
function forbiddenChange(before: Y.Doc, after: Y.Doc, ids: TouchedIds, writer: Writer): RefusalCode | null {
  for (const id of ids.notes) {
    const refusal = checkNoteChange(writer, note(before, id), note(after, id));
    if (refusal) return refusal;
  }
  for (const id of ids.groups) {
    const now = group(after, id);
    const isEmptied =
      now === null && [...after.getMap<Y.Map<unknown>>('notes').values()].every((one) => one.get('group') !== id);
    const refusal = checkGroupChange(writer, group(before, id), now, isEmptied);
    if (refusal) return refusal;
  }
  return null;
}

function frozenRefusal(before: Y.Doc, after: Y.Doc, ids: TouchedIds, frozen: Frozen): RefusalCode | null {
  if (frozen.notes.size + frozen.groups.size === 0) return null;
  for (const id of ids.notes) {
    const refusal = checkNoteFreeze(frozen, note(before, id), note(after, id));
    if (refusal) return refusal;
  }
  for (const id of ids.groups) {
    const refusal = checkGroupFreeze(frozen, group(before, id), group(after, id));
    if (refusal) return refusal;
  }
  return null;
}

/** Judges a board after an update was tried on it; `count` follows. `before` is the board that everybody sees. */
export function checkBoard(
  doc: Y.Doc,
  touched: Touched,
  { zones, frozen, writer }: BoardRules,
  count: BoardCount,
  before: Y.Doc,
): Judged {
  const notes = doc.getMap<unknown>('notes');
  const groups = doc.getMap<unknown>('groups');
  const ids = { notes: new Set<string>(), groups: new Set<string>() };
  for (const [type, keys] of touched) {
    const root = type === notes ? ids.notes : type === groups ? ids.groups : null;
    if (root) {
      for (const key of keys) {
        if (!isBoardId(key)) return refused('malformed');
        root.add(key);
      }
      continue;
    }
    // A note or group itself, or a text in it: two steps below the root at most.
    const owner = type.parent === notes || type.parent === groups ? type : type.parent;
    const key = owner?._item?.parentSub;
    if (!key || (owner.parent !== notes && owner.parent !== groups)) return refused('malformed');
    (owner.parent === notes ? ids.notes : ids.groups).add(key);
  }
  const createdNotes: string[] = [];
  for (const id of ids.notes) {
    const value = notes.get(id);
    const wrong = value === undefined ? null : checkNote(value, zones);
    if (wrong) return refused(wrong);
    if (value !== undefined && !count.notes.has(id)) createdNotes.push(id);
    if (value === undefined) count.notes.delete(id);
    else count.notes.add(id);
  }
  for (const id of ids.groups) {
    const value = groups.get(id);
    const wrong = value === undefined ? null : checkGroup(value, zones);
    if (wrong) return refused(wrong);
    if (value === undefined) count.groups.delete(id);
    else count.groups.add(id);
  }
  const frozenBy = frozenRefusal(before, doc, ids, frozen);
  if (frozenBy) return refused(frozenBy);
  const forbidden = writer && forbiddenChange(before, doc, ids, writer);
  if (forbidden) return refused(forbidden);
  const grew = createdNotes.length > 0 || ids.groups.size > 0;
  if (grew && (count.notes.size > MAX_NOTES || count.groups.size > MAX_GROUPS)) return refused('board-full');
  const steps = [
    ...[...ids.notes].flatMap((id) => noteStep(note(before, id), note(doc, id))),
    ...[...ids.groups].flatMap((id) => groupStep(group(before, id), group(doc, id))),
  ];
  return { refusal: null, createdNotes, steps };
}

const MAX_DEPTH = 32;
/** A trace names every note behind a passage: a board of a thousand notes needs some 20 KiB. */
const MAX_ATTRIBUTE = 32 * 1024;
const MAX_ELEMENT_NAME = 64;

/** Judges a draft after an update was tried on it. */
export function checkDraft(doc: Y.Doc, touched: Touched, update: ReadUpdate): RefusalCode | null {
  const meta = doc.getMap<unknown>('meta');
  const content = doc.getXmlFragment('content') as unknown as Y.AbstractType<unknown>;
  for (const [type, keys] of touched) {
    if (type === meta) {
      for (const key of keys) if (key === null || !isSmall(meta.get(key))) return 'malformed';
    } else if (type === content) {
      if ([...keys].some((key) => key !== null)) return 'malformed';
    } else if (!isElement(type)) return 'malformed';
  }
  for (const struct of update.structs) {
    if (!(struct instanceof Y.Item)) continue;
    const item = Y.getItem(doc.store, struct.id);
    if (!(item instanceof Y.Item) || item.deleted) continue;
    // An element's children are elements and texts, its values are attributes; letters stand in texts only.
    const parent = item.parent as Y.AbstractType<unknown>;
    const inText = parent instanceof Y.XmlText;
    const isChild = item.parentSub === null;
    if (item.content instanceof Y.ContentType) {
      if (!isChild || inText || !isElement(item.content.type) || depthOf(item) > MAX_DEPTH) return 'malformed';
    } else if (isChild && !inText) return 'malformed';
    else if (!isChild && !isSmall(item.content.getContent().at(-1))) return 'too-large';
  }
  return null;
}

function isElement(type: unknown): boolean {
  if (type instanceof Y.XmlText) return true;
  return type instanceof Y.XmlElement && type.nodeName.length <= MAX_ELEMENT_NAME;
}

/** Steps from the item up to its root; stops counting where it is too deep anyway. */
function depthOf(item: Y.Item): number {
  let depth = 0;
  for (let at: Y.Item | null = item; at !== null && depth <= MAX_DEPTH; depth += 1)
    at = (at.parent as Y.AbstractType<unknown>)._item;
  return depth;
}

/** A plain value of at most 4 KiB; nesting is bounded by what JSON can write. */
function isSmall(value: unknown): boolean {
  if (value === null || value === undefined || typeof value === 'number' || typeof value === 'boolean') return true;
  if (typeof value === 'string') return value.length <= MAX_ATTRIBUTE;
  if (value instanceof Y.AbstractType || value instanceof Uint8Array) return false;
  try {
    return (JSON.stringify(value) ?? '').length <= MAX_ATTRIBUTE;
  } catch {
    return false;
  }
}
