/** Puts the quiet line of a snapshot into the place that the editor made for it. */
import { mount, unmount } from 'svelte';
import OriginMark from './OriginMark.svelte';
import type { Shelf } from './shelf.svelte.ts';

export function markInto(shelf: Shelf): (element: HTMLElement, snapshotId: string) => () => void {
  return (element, snapshotId) => {
    const line = mount(OriginMark, { target: element, props: { shelf, snapshotId } });
    return () => void unmount(line);
  };
}
