/**
 * Makes the editor of the draft over a shared document. Loaded on the draft's page only, when the text has arrived. Its
 * schema is what core/strategy/passage writes: an element it does not know would be dropped from the document for everybody.
 */
import { Editor } from '@tiptap/core';
import { Collaboration } from '@tiptap/extension-collaboration';
import { CollaborationCaret } from '@tiptap/extension-collaboration-caret';
import { TableKit } from '@tiptap/extension-table';
import { TextSelection } from '@tiptap/pm/state';
import { StarterKit } from '@tiptap/starter-kit';
import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import { DRAFT_ROOT } from '#core/strategy/fragment.ts';
import { m } from '#messages/messages.js';
import { drawCaret, drawSelection } from './caret.ts';
import { shortcut } from './keys.ts';
import { Origin, type OriginOptions } from './origin.ts';
import { PassageMarks } from './passages.ts';

export interface DraftEditorOptions {
  readonly element: HTMLElement;
  readonly doc: Y.Doc;
  readonly awareness: Awareness | null;
  readonly editable: boolean;
  readonly name: string;
  readonly mark: OriginOptions['mark'];
  /** @param text whether the text itself changed, rather than the caret or a mark. */
  onchange(text: boolean): void;
  onlink(): void;
}

export function openEditor(options: DraftEditorOptions): Editor {
  const { element, doc, awareness, editable, name, mark, onchange, onlink } = options;
  // Asked while it is being made: the constructor draws.
  let made: Editor | null = null;
  const editor = new Editor({
    element,
    editable,
    injectCSS: false,
    extensions: [
      StarterKit.configure({
        heading: { levels: [1, 2, 3] },
        // Each copy of the page would add its own last paragraph; undo is the shared document's.
        trailingNode: false,
        undoRedo: false,
        link: { openOnClick: false, autolink: true, HTMLAttributes: { rel: 'noopener noreferrer', target: '_blank' } },
      }),
      TableKit.configure({ table: { resizable: false } }),
      Origin.configure({ mark }),
      PassageMarks,
      Collaboration.configure({ document: doc, field: DRAFT_ROOT }),
      ...(awareness
        ? [
            CollaborationCaret.configure({
              provider: { awareness },
              user: { name },
              render: drawCaret,
              selectionRender: drawSelection,
            }),
          ]
        : []),
    ],
    editorProps: {
      // Who only reads gets a document, with its headings, not a field.
      attributes: (): Record<string, string> => ({
        class: 'prose-sheet',
        'aria-label': m.draft_editor(),
        ...((made?.isEditable ?? editable)
          ? { role: 'textbox', 'aria-multiline': 'true' }
          : { role: 'document', tabindex: '0' }),
      }),
      handleKeyDown: (_, event) => made !== null && shortcut(made, event, onlink),
      // In a table three clicks would take the whole cell; people mean the paragraph.
      handleTripleClick: (view, at) => {
        const place = view.state.doc.resolve(at);
        if (!place.parent.isTextblock) return false;
        view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, place.start(), place.end())));
        return true;
      },
    },
    onTransaction: ({ transaction }) => onchange(transaction.docChanged),
  });
  made = editor;
  return editor;
}
