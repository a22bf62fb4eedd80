/**
 * The draft on the screen: its live document, who is here, the editor over it, and what the toolbar, the contents and the
 * panel read from it. Views are told of a change once per frame, however many letters came.
 */
import type { Editor } from '@tiptap/core';
import type * as Y from 'yjs';
import { Connection, liveUrl } from '$lib/live/connection.svelte.ts';
import { LiveDocument } from '$lib/live/document.svelte.ts';
import { Presence } from '$lib/live/presence.svelte.ts';
import { outlineOf, type OutlineEntry } from './editor/outline.ts';
import type { OriginOptions } from './editor/origin.ts';
import { DRAFT_READING } from './reading.ts';
import { restUnder } from './editor/selection.ts';
import type { Rest } from './rest.ts';

export interface DraftOptions {
  /** `draft/<strategyId>` */
  readonly document: string;
  readonly person: { readonly id: string; readonly name: string };
  /** What the page was rendered with; the server's word on the socket counts from then on. */
  readonly mayEdit: boolean;
  readonly mark: OriginOptions['mark'];
}

export class Draft {
  readonly connection: Connection;
  readonly live: LiveDocument;
  readonly presence = new Presence();
  editor = $state.raw<Editor | null>(null);
  outline = $state.raw<readonly OutlineEntry[]>([]);
  isEmpty = $state(true);
  /** What the passage under the caret rests on; null: nothing. */
  rest = $state.raw<Rest | null>(null);
  /** Somebody asked for an address (Ctrl+K, the toolbar). */
  linking = $state(false);
  /** Counts changes of the editor: read it to be told. */
  tick = $state(0);
  readonly #options: DraftOptions;
  readonly #rendered: boolean;
  #frame = 0;

  constructor(options: DraftOptions) {
    this.#options = options;
    this.#rendered = options.mayEdit;
    this.connection = new Connection(liveUrl());
    this.live = new LiveDocument(this.connection, {
      name: options.document,
      personId: options.person.id,
      reading: DRAFT_READING,
    });
  }

  /** Whether this person may write the draft at all. */
  get isWriter(): boolean {
    return this.live.ended === null && (this.live.mayWrite ?? this.#rendered);
  }

  /** Whether what is typed now is kept. */
  get isOpen(): boolean {
    return this.isWriter && !this.live.reopening;
  }

  /** Puts the editor into the page and takes it down again. Another document is another editor. */
  mount(element: HTMLElement, doc: Y.Doc): () => void {
    const { awareness } = this.live;
    let down = false;
    let editor: Editor | null = null;
    void import('./editor/open.ts').then(({ openEditor }) => {
      if (down) return;
      editor = openEditor({
        element,
        doc,
        awareness,
        editable: this.isOpen,
        name: this.#options.person.name,
        mark: this.#options.mark,
        onchange: () => this.#changed(),
        onlink: () => (this.linking = true),
      });
      this.editor = editor;
      this.#changed();
    });
    const unbind = awareness ? this.presence.bind(awareness) : () => undefined;
    return () => {
      down = true;
      unbind();
      cancelAnimationFrame(this.#frame);
      this.#frame = 0;
      this.editor = null;
      editor?.destroy();
    };
  }

  #changed(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      const { editor } = this;
      if (!editor || editor.isDestroyed) return;
      this.tick += 1;
      this.outline = outlineOf(editor);
      this.isEmpty = editor.isEmpty;
      this.rest = restUnder(editor);
    });
  }

  destroy(): void {
    this.live.destroy();
    this.connection.destroy();
  }
}
