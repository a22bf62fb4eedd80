/**
 * What this person may do on this board now, as the room tells it: the same table as at the server, so that a button is off
 * before anybody presses it in vain. Whose a note is, the document does not say; where it matters, the server is asked.
 */
import Lock from '@lucide/svelte/icons/lock';
import Megaphone from '@lucide/svelte/icons/megaphone';
import { untrack } from 'svelte';
import { NO_LOCKS, type Locks } from '#core/board/change.ts';
import type { RefusalCode } from '#core/result.ts';
import type { BoardMay } from '#core/stage/permissions.ts';
import { boardRights, type BoardRights } from '#core/stage/rights.ts';
import type { RoomStage } from '#core/room/room.ts';
import { api } from '$lib/http/api.ts';
import type { MenuItem } from '$lib/ui/menu.ts';
import { toast } from '$lib/ui/toast.ts';
import { m } from '#messages/messages.js';
import type { WorkshopLive } from '$lib/live/workshop.svelte.ts';

const isAbout = (stage: RoomStage | null, boardId: string): boolean =>
  stage !== null && (stage.boardId === null || stage.boardId === boardId);

/** What this person may do on any board of the workshop now. */
export function rightsOn(live: WorkshopLive, boardId: string): BoardRights {
  const { room, me } = live;
  const { stage, status } = room.current;
  return boardRights({
    stage: stage?.kind ?? null,
    here: isAbout(stage, live.inAgenda(boardId)),
    place: live.placeOf(boardId),
    locked: stage?.locked ?? false,
    private: stage?.private ?? false,
    anonymous: stage?.anonymous ?? false,
    permissions: stage?.permissions,
    moderated: stage?.moderated,
    closed: status === 'closed',
    role: me.role,
  });
}

export class Standing {
  readonly #live: WorkshopLive;
  readonly #boardId: string;
  /** Notes that the server knows as one's own; null: not asked yet. */
  #own = $state.raw<ReadonlySet<string> | null>(null);

  /** Call where effects live. */
  constructor(live: WorkshopLive, boardId: string) {
    this.#live = live;
    this.#boardId = boardId;
    const ownOnly = $derived(this.rights.may.editOwn && !this.rights.may.editAny);
    $effect(() => {
      if (ownOnly) untrack(() => void this.ask());
    });
  }

  get stage(): RoomStage | null {
    return this.#live.room.current.stage;
  }

  get here(): boolean {
    return isAbout(this.stage, this.#live.inAgenda(this.#boardId));
  }

  readonly rights: BoardRights = $derived.by(() => rightsOn(this.#live, this.#boardId));

  async ask(): Promise<void> {
    const seen = await api<{ notes: readonly { id: string; own?: boolean }[] }>('GET', `/boards/${this.#boardId}`);
    if (seen.ok) this.#own = new Set(seen.value.notes.filter(({ own }) => own).map(({ id }) => id));
  }

  /** Why a change of one kind is refused now; null: it is not. `zoneOf` tells where a note lies, `into` where it shall go. */
  forbids(
    what: keyof BoardMay,
    ids: readonly string[],
    zoneOf: (id: string) => string | undefined,
    into?: string,
  ): RefusalCode | null {
    if (this.#live.me.role === 'lead') return null;
    const { locks } = this;
    if (ids.some((id) => locks.notes.includes(id))) return 'note-locked';
    const zones = [...ids.map(zoneOf), into];
    if (zones.some((zone) => zone !== undefined && locks.zones.includes(zone))) return 'zone-locked';
    const { may } = this.rights;
    if (what !== 'editOwn') return may[what] ? null : 'stage-forbids';
    if (may.editAny) return null;
    if (!may.editOwn) return 'stage-forbids';
    const own = this.#own;
    // Not asked yet: the server decides, and gives the words back where it says no.
    return own === null || ids.every((id) => own.has(id)) ? null : 'not-yours';
  }

  get locks(): Locks {
    return this.#live.room.current.locks[this.#boardId] ?? NO_LOCKS;
  }

  /** What only who leads may do with a note: put it before everybody, lock it. */
  leadItems(noteId: string): MenuItem[] {
    if (this.#live.me.role !== 'lead') return [];
    const { focus, locks } = this.#live.room.current;
    const notes = locks[this.#boardId]?.notes ?? [];
    const isShown = focus?.noteId === noteId;
    const isLocked = notes.includes(noteId);
    const call = { boardId: isShown ? null : this.#boardId, noteId: isShown ? null : noteId };
    const next = isLocked ? notes.filter((id) => id !== noteId) : [...notes, noteId];
    return [
      {
        label: isShown ? m.board_spotlight_off() : m.board_spotlight(),
        icon: Megaphone,
        run: () => void command('POST', `/workshops/${this.#live.view.id}/focus`, call),
      },
      {
        label: isLocked ? m.board_unlock_note() : m.board_lock_note(),
        icon: Lock,
        run: () => void command('PUT', `/boards/${this.#boardId}/locks`, { notes: next }),
      },
    ];
  }

  /** A note made here a moment ago is one's own. */
  made(id: string): void {
    if (this.#own) this.#own = new Set([...this.#own, id]);
  }
}

async function command(method: 'POST' | 'PUT', path: string, body: unknown): Promise<void> {
  const done = await api(method, path, body);
  if (!done.ok) toast(done.failure.message, { tone: 'warn', key: 'lead-failed' });
}
