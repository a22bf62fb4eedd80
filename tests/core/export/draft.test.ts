import fc from 'fast-check';
import { expect, test } from 'vitest';
import { draftDocument, type DraftSource } from '#core/export/draft.ts';
import { flatten, type Block, type Document } from '#core/export/tree.ts';
import { documentLabels } from '#server/render/labels.ts';

const text = (content: string, ...marks: unknown[]) => ({
  type: 'text',
  text: content,
  ...(marks.length ? { marks } : {}),
});
const node = (type: string, content: unknown[], attrs?: unknown) => ({
  type,
  content,
  ...(attrs === undefined ? {} : { attrs }),
});
const p = (content: string, attrs?: unknown) => node('paragraph', [text(content)], attrs);

function draft(content: unknown, snapshots: DraftSource['snapshots'] = new Map()): Document {
  return draftDocument(
    { title: 'Стратегия', timeZone: 'Asia/Bishkek', content, snapshots },
    'ru',
    documentLabels('ru'),
  );
}
const blocks = (...content: unknown[]): readonly Block[] => draft(node('doc', content)).blocks;

test('[D7] headings, marks, lists in lists, quotes, code and breaks keep their shape', () => {
  const [h, para, list, quote, code, rule] = blocks(
    node('heading', [text('Миссия')], { level: 2 }),
    node(
      'paragraph',
      [
        text('жирный', { type: 'bold' }),
        { type: 'hardBreak' },
        text('ссылка', { type: 'link', attrs: { href: 'https://gov.kg' } }),
        text('нет', { type: 'link', attrs: { href: 'javascript:x' } }),
      ],
      { textAlign: 'center' },
    ),
    node('orderedList', [node('listItem', [p('раз'), node('bulletList', [node('listItem', [p('внутри')])])])], {
      start: 3,
    }),
    node('blockquote', [p('цитата')]),
    node('codeBlock', [text('x = 1')]),
    { type: 'horizontalRule' },
  );
  expect(h).toMatchObject({ kind: 'heading', level: 2, numbered: true });
  expect(para).toMatchObject({
    align: 'center',
    runs: [{ text: 'жирный', bold: true }, { text: '\n' }, { link: 'https://gov.kg' }, { text: 'нет' }],
  });
  expect(JSON.stringify(para)).not.toContain('javascript');
  expect(list).toMatchObject({
    kind: 'list',
    ordered: true,
    start: 3,
    items: [[{ kind: 'paragraph' }, { kind: 'list', ordered: false }]],
  });
  expect(quote).toMatchObject({ style: 'quote' });
  expect(code).toMatchObject({ style: 'code' });
  expect(rule).toEqual({ kind: 'rule' });
});

test('[D7] a table keeps its head, spans and widths', () => {
  const cellOf = (type: string, content: string, attrs?: unknown) => node(type, [p(content)], attrs);
  const [table] = blocks(
    node('table', [
      node('tableRow', [
        cellOf('tableHeader', 'Цель', { colwidth: [200] }),
        cellOf('tableHeader', 'Срок', { colwidth: [100] }),
      ]),
      node('tableRow', [cellOf('tableCell', 'Обе', { colspan: 2 })]),
    ]),
  );
  expect(table).toMatchObject({
    kind: 'table',
    columns: [{ share: 200 }, { share: 100 }],
    head: [[{ head: true }, { head: true }]],
    rows: [[{ colSpan: 2 }]],
  });
});

test('[D7] passages with a trace are numbered by snapshot, and the sources stand at the end', () => {
  const trace = { snapshotId: 's1', optionIds: ['o1'], noteIds: ['n1', 7] };
  const snapshots = new Map([
    ['s1', { title: 'Итоги дня', hash: 'abcdef0123456789', takenAt: Date.UTC(2020, 2, 9, 10, 42) }],
  ]);
  const document = draft(
    node('doc', [p('Доходы', { trace }), p('Взносы', { trace }), p('Без снимка', { trace: { snapshotId: 's2' } })]),
    snapshots,
  );
  const json = JSON.stringify(document.blocks);
  expect(document.blocks[0]).toMatchObject({ trace: { snapshotId: 's1', optionIds: ['o1'], noteIds: ['n1'] } });
  expect(json.match(/\[1\]/g)).toHaveLength(2);
  expect(json).toContain('abcdef012345');
  expect(json).toContain(documentLabels('ru').sourceUnknown);
});

test('[D7] the text of nodes and marks that nobody knows comes through', () => {
  const json = JSON.stringify(
    blocks(
      node('snapshotCard', [node('cardTitle', [text('Карточка')]), p('внутри')]),
      node('paragraph', [node('mention', [text('упоминание')]), text('помечено', { type: 'glow' })]),
      node('bulletList', [p('без пункта')]),
      text('голый текст'),
    ),
  );
  for (const words of ['Карточка', 'внутри', 'упоминание', 'помечено', 'без пункта', 'голый текст'])
    expect(json).toContain(words);
});

test('[D7] nesting 20,000 deep and malformed JSON cost neither the text nor the process', () => {
  let deep: unknown = text('дно');
  for (let level = 0; level < 20_000; level++) deep = { type: level % 2 ? 'blockquote' : 'listItem', content: [deep] };
  expect(JSON.stringify(blocks(deep))).toContain('дно');
  for (const bad of [
    null,
    7,
    'текст',
    [],
    {},
    { type: 'doc', content: 'x' },
    { type: 'doc', content: [null, { type: 5 }, { type: 'heading', attrs: 3 }] },
  ])
    expect(() => draft(bad)).not.toThrow();
});

test('[D7] every letter of a random document is in its tree', () => {
  const types = [
    'paragraph',
    'heading',
    'bulletList',
    'orderedList',
    'listItem',
    'blockquote',
    'codeBlock',
    'table',
    'tableRow',
    'tableCell',
    'tableHeader',
    'odd',
  ];
  const tree = fc.letrec((tie) => ({
    leaf: fc.integer({ min: 0, max: 1e9 }).map((number) => text(`<${number}>`)),
    node: fc.record({
      type: fc.constantFrom(...types),
      content: fc.array(fc.oneof({ depthSize: 'small' }, tie('leaf'), tie('node')), { maxLength: 4 }),
    }),
  })).node;
  fc.assert(
    fc.property(fc.array(tree, { maxLength: 4 }), (content) => {
      const given = JSON.stringify(content).match(/<\d+>/g) ?? [];
      const made = JSON.stringify(flatten(blocks(...content)));
      for (const mark of given) expect(made).toContain(mark);
    }),
    { numRuns: 300 },
  );
});
