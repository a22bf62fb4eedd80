/**
 * What a stage lets participants do. A kind of stage brings its defaults, the facilitator changes single ones, and every
 * door (socket, /yjs, commands, pages) decides from the set alone, never from the kind.
 */
import type { StageKind } from '../room/room.ts';

export const PERMISSIONS = [
  'add',
  'editOwn',
  'editAny',
  'move',
  'group',
  'seeNotes',
  'seeAuthors',
  'seeCursors',
] as const;
export type Permission = (typeof PERMISSIONS)[number];
export type Permissions = Readonly<Record<Permission, boolean>>;

/** The part that is about writing. */
export type BoardMay = Readonly<Record<'add' | 'editOwn' | 'editAny' | 'move' | 'group', boolean>>;

export const MAY_ALL: BoardMay = { add: true, editOwn: true, editAny: true, move: true, group: true };
export const MAY_NOTHING: BoardMay = { add: false, editOwn: false, editAny: false, move: false, group: false };

const SIGHT = { seeNotes: true, seeAuthors: true, seeCursors: true };
const WRITE: Permissions = { ...MAY_ALL, ...SIGHT };
const LOOK: Permissions = { ...MAY_NOTHING, ...SIGHT };

const DEFAULTS: Readonly<Record<StageKind, Permissions>> = {
  welcome: LOOK,
  collect: WRITE,
  reveal: LOOK,
  // Whoever groups works with what was written: nothing new, and nobody's words changed.
  group: { ...WRITE, add: false, editAny: false },
  rate: LOOK,
  pair: { ...WRITE, editAny: false },
  discuss: WRITE,
  vote: LOOK,
  review: LOOK,
  close: LOOK,
};

/** @param changed what the facilitator set otherwise. */
export function permissionsOf(kind: StageKind, changed: Partial<Permissions> | null = null): Permissions {
  return { ...DEFAULTS[kind], ...changed };
}

/** MAY_ALL itself where nothing is missing: then nobody has to look at single notes. */
export function mayOf({ add, editOwn, editAny, move, group }: Permissions): BoardMay {
  return add && editOwn && editAny && move && group ? MAY_ALL : { add, editOwn, editAny, move, group };
}

export function mayWriteAnything(may: BoardMay): boolean {
  return may.add || may.editOwn || may.editAny || may.move || may.group;
}
