/** What the server writes into a draft, seen by the editor's own schema and binding. */
import { Extension, getSchema } from '@tiptap/core';
import { TableKit } from '@tiptap/extension-table';
import StarterKit from '@tiptap/starter-kit';
import { yXmlFragmentToProseMirrorRootNode } from '@tiptap/y-tiptap';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import type { DraftBlock, DraftTrace } from '#core/strategy/draft.ts';
import { appendProse, draftFragment, readDraft, type Prose } from '#core/strategy/fragment.ts';
import { passage } from '#core/strategy/passage.ts';
import { passageWords } from '#server/render/passage-words.ts';

const trace: DraftTrace = { snapshotId: 's', snapshotHash: 'h', boardId: 'b', noteIds: ['n'] };
const item = { text: 'Опыт', grouped: false, notes: [{ id: 'n', text: 'Опыт' }], trace };
const group = {
  text: 'Люди\nуходят',
  grouped: true,
  notes: [
    { id: 'n', text: 'Отток' },
    { id: 'm', text: 'Низкие\nзарплаты' },
  ],
  trace,
};
const zone = (id: string, items: readonly (typeof item)[]) => ({ zone: id, name: { ru: id }, items, trace });
const blocks: readonly DraftBlock[] = [
  { kind: 'heading', level: 1, text: 'Итоги', trace },
  {
    kind: 'attendance',
    organisations: [{ id: 'o', name: 'Дирекция', seats: 9, people: 3 }],
    unaffiliated: 1,
    people: 4,
    trace,
  },
  { kind: 'matrix', quadrants: [zone('S', [item]), zone('W', []), zone('O', [group]), zone('T', [])], trace },
  { kind: 'zones', zones: [zone('A', [item])], trace },
  {
    kind: 'priorities',
    title: 'Приоритеты',
    settings: {
      title: 'Приоритеты',
      of: 'notes',
      method: { kind: 'dots', budget: 3, perOption: 3 },
      secret: true,
      quorum: null,
      cut: 1,
      graceSeconds: 0,
      publish: true,
    },
    items: [
      {
        rank: 1,
        tied: false,
        kept: true,
        text: 'Опыт',
        dots: 3,
        voters: 2,
        share: 1,
        organisations: 1,
        byOrganisation: [],
        trace: { ...trace, optionId: 'n' },
      },
    ],
    turnout: { eligible: 4, cast: 3, abstained: 0 },
    indicative: true,
    robust: null,
    trace,
  },
];

/** The two attributes that the draft's editor knows on every node that an insert makes. */
const Trace = Extension.create({
  name: 'trace',
  addGlobalAttributes: () => [
    {
      types: ['heading', 'paragraph', 'table', 'tableRow', 'listItem', 'bulletList'],
      attributes: { snapshotId: { default: null }, trace: { default: null } },
    },
  ],
});

test('[N55] an insert is valid in the editor, and reading it back through the editor loses nothing', () => {
  const doc = new Y.Doc();
  const nodes = passage(blocks, 'ru', passageWords('ru'));
  doc.transact(() => appendProse(draftFragment(doc), nodes));
  expect(readDraft(doc).content).toEqual(JSON.parse(JSON.stringify(nodes)));
  const schema = getSchema([StarterKit.configure({ undoRedo: false }), TableKit, Trace]);
  const before = Y.encodeStateVector(doc);
  const root = yXmlFragmentToProseMirrorRootNode(draftFragment(doc), schema);
  root.check();
  // The binding throws away what its schema does not know: it found nothing to throw away.
  expect(Y.encodeStateVector(doc)).toEqual(before);
  const textOf = (node: Prose): string => (node.text ?? '') + (node.content ?? []).map(textOf).join('');
  expect(root.textContent).toBe(nodes.map(textOf).join(''));
  const rows = root.toJSON() as { content: { type: string; attrs: Record<string, unknown> }[] };
  expect(rows.content.every(({ attrs }) => attrs['snapshotId'] === 's')).toBe(true);
});
