/** One area as the screen holds it: where it lies, and what stands in it in reading order. */
import { language } from '$lib/i18n/language.svelte.ts';
import { wordsIn, type SomeWords } from '$lib/i18n/words.ts';
import type { GroupView, NoteView } from './note.svelte.ts';
import { ZONE_HEAD, type ZoneBox } from './layout.ts';

/** What the page says of an area of this board. */
export interface ZoneInfo {
  readonly id: string;
  readonly name: SomeWords;
}

export type ListItem =
  | { readonly kind: 'note'; readonly id: string; readonly note: NoteView }
  | { readonly kind: 'group'; readonly id: string; readonly group: GroupView };

export class ZoneView implements ZoneBox {
  readonly id: string;
  readonly info: ZoneInfo;
  left = $state(0);
  top = $state(0);
  width = $state(0);
  height = $state(0);
  /** Notes and groups, in reading order. */
  items = $state.raw<readonly ListItem[]>([]);
  readonly count = $derived(
    this.items.reduce((sum, item) => sum + (item.kind === 'note' ? 1 : item.group.notes.length), 0),
  );

  constructor(info: ZoneInfo) {
    this.id = info.id;
    this.info = info;
  }

  place(box: ZoneBox): void {
    this.left = box.left;
    this.top = box.top;
    this.width = box.width;
    this.height = box.height;
  }

  /** Its name in the language of the page. */
  get name(): string {
    return wordsIn(this.info.name, language.current);
  }

  /** Where the area's plane begins, below its name. */
  get planeTop(): number {
    return this.top + ZONE_HEAD;
  }

  /** Every note in reading order, those of groups in their group's place. */
  get notes(): NoteView[] {
    return this.items.flatMap((item) => (item.kind === 'note' ? [item.note] : [...item.group.notes]));
  }

  /** Keeps the list as it is where nothing changed, so that nobody who shows it runs again. */
  list(items: readonly ListItem[]): void {
    const same = items.length === this.items.length && items.every((item, at) => item.id === this.items[at]?.id);
    if (!same) this.items = items;
  }
}
