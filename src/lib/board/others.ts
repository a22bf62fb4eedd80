/** What others do at this moment, brought to the notes it is about: who writes in one, who carries one, and where. */
import type { Presence } from '$lib/live/presence.svelte.ts';
import { m } from '#messages/messages.js';
import type { Board } from './board.svelte.ts';

export function showOthers(board: Board, presence: Presence): void {
  const writers = new Map<string, string[]>();
  const carried = new Map<string, readonly [string, number, number]>();
  for (const peer of presence.peers) {
    if (peer.carried) carried.set(peer.carried.id, peer.carried.at);
    if (!peer.editing) continue;
    writers.set(peer.editing, [...(writers.get(peer.editing) ?? []), peer.name ?? m.board_somebody()]);
  }
  for (const note of board.notes) {
    const names = writers.get(note.id) ?? [];
    if (names.join('\n') !== note.writers.join('\n')) note.writers = names;
    note.carried = carried.get(note.id) ?? null;
  }
  for (const group of board.groups) group.carried = carried.get(group.id) ?? null;
}
