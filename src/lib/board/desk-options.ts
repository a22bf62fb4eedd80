/** What a desk asks of the page it stands on: the document, what is permitted, the language. */
import type { Locks } from '#core/board/change.ts';
import type { RefusalCode } from '#core/result.ts';
import type { BoardMay } from '#core/stage/permissions.ts';
import type { MenuItem } from '$lib/ui/menu.ts';
import type { BoardCommands } from './commands.ts';
import type { BoardSource } from './source.ts';
import type { ZoneInfo } from './zone.svelte.ts';

export interface DeskOptions {
  readonly zones: readonly ZoneInfo[];
  readonly source: () => BoardSource | null;
  /** Why nobody can write into the document now, or null. */
  readonly refusal: () => RefusalCode | null;
  /** Why a single kind of change is not permitted now, to these notes; null: it is. Left out: everything is. */
  readonly forbids?: (what: keyof BoardMay, ids: readonly string[], zone?: string) => RefusalCode | null;
  /** Locked areas and notes, to be marked. */
  readonly locks?: () => Locks;
  /** Where writing is by command: the commands. Left out or null: by edits of the document. */
  readonly commands?: () => BoardCommands | null;
  /** Told of notes that were made here. */
  readonly made?: (id: string) => void;
  /** Further lines of a note's menu: what only who leads may do. */
  readonly more?: (noteId: string) => readonly MenuItem[];
  /** The table that a note came from; undefined: from none. */
  readonly cameFrom?: (noteId: string) => string | undefined;
  /** Language that new notes are marked with. */
  readonly language: () => string;
  /** The connection is away: what is unsent is shown as waiting on this device. */
  readonly away: () => boolean;
}
