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
import type { PassageMark, PassageUnder } from './editor/passages.ts';
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

/** Milliseconds without a letter after which the marks are put anew. */
const MARKING = 300;

export class Draft {
  readonly connection: Connection;
  readonly live: LiveDocument;
  readonly presence = new Presence();
  editor = $state.raw<Editor | null>(null);
  outline = $state.raw<readonly OutlineEntry[]>([]);
  isEmpty = $state(true);
  /** What the passage under the caret rests on; null: nothing. */
  rest = $state.raw<Rest | null>(null);
  /** The paragraph with the caret, as remarks name it. */
  passage = $state.raw<PassageUnder | null>(null);
  /** Somebody asked for an address (Ctrl+K, the toolbar). */
  linking = $state(false);
  /** Counts changes of the editor: read it to be told. */
  tick = $state(0);
  /** Counts frames in which the text itself changed. */
  edits = $state(0);
  #edited = false;
  readonly #options: DraftOptions;
  readonly #rendered: boolean;
  #frame = 0;
  /** Comes with the editor: the page does not wait for it. */
  #passages: typeof import('./editor/passages.ts') | null = null;
  #marks: readonly PassageMark[] = [];
  #marking: ReturnType<typeof setTimeout> | undefined;

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
    void Promise.all([import('./editor/open.ts'), import('./editor/passages.ts')]).then(
      ([{ openEditor }, passages]) => {
        if (down) return;
        this.#passages = passages;
        editor = openEditor({
          element,
          doc,
          awareness,
          editable: this.isOpen,
          name: this.#options.person.name,
          mark: this.#options.mark,
          onchange: (text) => {
            this.#edited ||= text;
            this.#changed();
            if (text && this.#marks.length > 0) this.#mark();
          },
          onlink: () => (this.linking = true),
        });
        this.editor = editor;
        this.#changed();
        this.#mark();
      },
    );
    const unbind = awareness ? this.presence.bind(awareness) : () => undefined;
    return () => {
      down = true;
      unbind();
      cancelAnimationFrame(this.#frame);
      clearTimeout(this.#marking);
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
      if (this.#edited) this.edits += 1;
      this.#edited = false;
      this.outline = outlineOf(editor);
      this.isEmpty = editor.isEmpty;
      this.rest = restUnder(editor);
      this.passage = this.#passages?.passageUnder(editor, this.live.doc) ?? null;
    });
  }

  /** Marks paragraphs at their side. */
  set marks(marks: readonly PassageMark[]) {
    this.#marks = marks;
    this.#mark();
  }

  /** Once the writing pauses: marks move with the text meanwhile. */
  #mark(): void {
    clearTimeout(this.#marking);
    this.#marking = setTimeout(() => {
      if (this.editor && !this.editor.isDestroyed)
        this.#passages?.markPassages(this.editor, this.live.doc, this.#marks);
    }, MARKING);
  }

  /** Brings a paragraph into sight; false: it is gone. */
  goTo(key: string): boolean {
    return this.editor !== null && this.#passages?.goToPassage(this.editor, this.live.doc, key) === true;
  }

  destroy(): void {
    this.live.destroy();
    this.connection.destroy();
  }
}
