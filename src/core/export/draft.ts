/**
 * A draft of the strategy as a document: ProseMirror JSON, as Tiptap's StarterKit and tables write it, to the neutral
 * tree. Total: whatever stands in the JSON, its text comes through; what the tree has no shape for becomes paragraphs.
 * A passage that carries `trace` gets a number in brackets, and the sources stand at the end.
 */
import type { Language } from '../people/caller.ts';
import { marksOf, plainText, proseNode, type ProseNode } from './prose.ts';
import { formatDateTime, type Moment } from './format.ts';
import type { DocumentLabels } from './labels.ts';
import { shortHash } from './source.ts';
import { cleanLine } from './text.ts';
import {
  cell,
  heading,
  needsContents,
  paragraph,
  run,
  type Align,
  type Block,
  type Cell,
  type Document,
  type Flow,
  type Heading,
  type Paragraph,
  type Run,
  type Trace,
} from './tree.ts';

export interface DraftSource {
  readonly title: string;
  /** In place of "draft strategy": "version sent for comment" and the like. */
  readonly subtitle?: string;
  readonly organisation?: string;
  /** As it is printed. */
  readonly date?: string;
  readonly timeZone: string;
  /** ProseMirror JSON of the whole document. */
  readonly content: unknown;
  /** The snapshots that traces speak of, by id. */
  readonly snapshots: ReadonlyMap<string, { readonly title: string; readonly hash: string; readonly takenAt: Moment }>;
}

/** Deeper nesting than any person writes is read as text. */
const DEEPEST = 40;

interface Scope {
  /** Number of each snapshot in the list of sources, in the order in which they are met. */
  readonly sources: Map<string, number>;
  readonly depth: number;
}

const deeper = (scope: Scope): Scope => ({ ...scope, depth: scope.depth + 1 });

export function draftDocument(source: DraftSource, language: Language, labels: DocumentLabels): Document {
  const scope: Scope = { sources: new Map(), depth: 0 };
  const root = proseNode(source.content);
  const body = root ? blocksOf(root.type === 'doc' ? root.content : [source.content], scope) : [];
  const blocks = [...body, ...sourceBlocks(source, scope, labels)];
  const organisation = cleanLine(source.organisation ?? '');
  return {
    language,
    title: cleanLine(source.title),
    subtitle: cleanLine(source.subtitle ?? labels.draftSubtitle),
    ...(organisation === '' ? {} : { organisation }),
    ...(source.date === undefined ? {} : { date: cleanLine(source.date) }),
    contents: needsContents(blocks) ? labels.contents : null,
    blocks,
  };
}

function sourceBlocks(source: DraftSource, { sources }: Scope, labels: DocumentLabels): Block[] {
  if (sources.size === 0) return [];
  const items = [...sources.keys()].map((id) => {
    const snapshot = source.snapshots.get(id);
    if (!snapshot) return [paragraph(labels.sourceUnknown, 'plain')];
    const line = labels.sourceLine({
      hash: shortHash(snapshot.hash),
      time: formatDateTime(snapshot.takenAt, source.timeZone),
    });
    return [paragraph(snapshot.title === '' ? line : `${snapshot.title}. ${line}`, 'plain')];
  });
  return [heading(1, labels.sources, false), { kind: 'list', ordered: true, items }];
}

function blocksOf(content: readonly unknown[], scope: Scope): Block[] {
  return content.flatMap((child) => {
    const node = proseNode(child);
    return node ? blockOf(node, scope) : [];
  });
}

function blockOf(node: ProseNode, scope: Scope): Block[] {
  if (scope.depth > DEEPEST) return textOnly(node);
  switch (node.type) {
    case 'heading':
      return [headingOf(node, scope)];
    case 'table':
      return tableOf(node, scope);
    case 'horizontalRule':
      return [{ kind: 'rule' }];
    case 'pageBreak':
      return [{ kind: 'pageBreak' }];
    default: {
      const flow = flowOf(node, scope);
      if (flow) return flow;
      // An unknown node: its blocks, if it holds any, else its text.
      const inside = blocksOf(node.content, deeper(scope));
      return inside.length > 0 ? inside : textOnly(node);
    }
  }
}

function textOnly(node: ProseNode): Paragraph[] {
  const text = plainText(node);
  return text.trim() === '' ? [] : [paragraph(text)];
}

/** null where the node is no paragraph, quote, code or list. */
function flowOf(node: ProseNode, scope: Scope): Flow[] | null {
  switch (node.type) {
    case 'text':
    case 'hardBreak':
      return [paragraph(runsOf([node]))];
    case 'paragraph':
      return [paragraphOf(node, 'body', scope)];
    case 'codeBlock':
      return [paragraphOf(node, 'code', scope)];
    case 'blockquote':
      return flowsOf(node.content, deeper(scope)).map((flow) =>
        flow.kind === 'paragraph' && flow.style === 'body' ? { ...flow, style: 'quote' } : flow,
      );
    case 'bulletList':
    case 'orderedList': {
      const start = node.attrs['start'];
      const ordered = node.type === 'orderedList';
      const items = node.content.flatMap((child): (readonly Flow[])[] => {
        const item = proseNode(child);
        if (!item) return [];
        const blocks = item.type === 'listItem' ? flowsOf(item.content, deeper(scope)) : flowsOf([item], deeper(scope));
        return blocks.length > 0 ? [blocks] : [];
      });
      const first = ordered && typeof start === 'number' && Number.isInteger(start) && start > 1 && start < 1e6;
      return items.length === 0 ? [] : [{ kind: 'list', ordered, items, ...(first ? { start } : {}) }];
    }
    default:
      return null;
  }
}

/** Inside list items, quotes and cells: what is neither a paragraph nor a list comes as its text. */
function flowsOf(content: readonly unknown[], scope: Scope): Flow[] {
  return content.flatMap((child): Flow[] => {
    const node = proseNode(child);
    if (!node) return [];
    if (scope.depth > DEEPEST) return textOnly(node);
    if (node.type === 'heading') {
      return [
        paragraph(
          runsOf(node.content).map((each) => ({ ...each, bold: true })),
          'plain',
        ),
      ];
    }
    return flowOf(node, scope) ?? textOnly(node);
  });
}

const ALIGNS: readonly unknown[] = ['left', 'center', 'right', 'justify'];

function alignOf(node: ProseNode): { align?: Align } {
  const align = node.attrs['textAlign'];
  return ALIGNS.includes(align) ? { align: align as Align } : {};
}

function paragraphOf(node: ProseNode, style: Paragraph['style'], scope: Scope): Paragraph {
  const trace = traceOf(node);
  return {
    kind: 'paragraph',
    style,
    runs: [...runsOf(node.content), ...referenceRuns(trace, scope)],
    ...alignOf(node),
    ...(trace ? { trace } : {}),
  };
}

function headingOf(node: ProseNode, scope: Scope): Heading {
  const level = Number(node.attrs['level']);
  const trace = traceOf(node);
  return {
    kind: 'heading',
    level: level === 1 ? 1 : level === 2 ? 2 : 3,
    runs: [...runsOf(node.content), ...referenceRuns(trace, scope)],
    numbered: node.attrs['numbered'] !== false,
    ...(trace ? { trace } : {}),
  };
}

function runsOf(content: readonly unknown[]): Run[] {
  return content.flatMap((child): Run[] => {
    const node = proseNode(child);
    if (!node) return [];
    if (node.type === 'hardBreak') return [run('\n')];
    if (node.type === 'text') return node.text === '' ? [] : [run(node.text, marksOf(node))];
    const text = plainText(node);
    return text === '' ? [] : [run(text)];
  });
}

function traceOf(node: ProseNode): Trace | null {
  const given = node.attrs['trace'];
  if (typeof given !== 'object' || given === null) return null;
  const { snapshotId, optionIds, noteIds } = given as { snapshotId?: unknown; optionIds?: unknown; noteIds?: unknown };
  const ids = (list: unknown) => (Array.isArray(list) ? list.filter((id): id is string => typeof id === 'string') : []);
  return {
    snapshotId: typeof snapshotId === 'string' ? snapshotId : null,
    optionIds: ids(optionIds),
    noteIds: ids(noteIds),
  };
}

function referenceRuns(trace: Trace | null, { sources }: Scope): Run[] {
  const id = trace?.snapshotId ?? null;
  if (id === null) return [];
  const number = sources.get(id) ?? sources.size + 1;
  sources.set(id, number);
  return [run(`\u00A0[${number}]`, { superscript: true })];
}

/** Columns get equal widths unless the editor set some; rows of header cells at the top repeat on every page. */
function tableOf(node: ProseNode, scope: Scope): Block[] {
  const rows: { cells: Cell[]; head: boolean }[] = [];
  let widths: number[] = [];
  for (const child of node.content) {
    const row = proseNode(child);
    if (!row) continue;
    const cells = row.type === 'tableRow' ? row.content.flatMap((each) => proseNode(each) ?? []) : [row];
    if (cells.length === 0) continue;
    if (rows.length === 0) widths = cells.flatMap(widthsOf);
    rows.push({
      cells: cells.map((each) => cellOf(each, scope)),
      head: cells.every(({ type }) => type === 'tableHeader'),
    });
  }
  if (rows.length === 0) return textOnly(node);
  const across = Math.max(...rows.map(({ cells }) => cells.reduce((sum, { colSpan = 1 }) => sum + colSpan, 0)));
  const body = rows.findIndex(({ head }) => !head);
  const heads = body === -1 ? Math.min(1, rows.length - 1) : body;
  return [
    {
      kind: 'table',
      columns: Array.from({ length: across }, (_, at) => ({ share: widths[at] ?? 1 })),
      head: rows.slice(0, heads).map(({ cells }) => cells),
      rows: rows.slice(heads).map(({ cells }) => cells),
      mayBreak: true,
    },
  ];
}

function span(value: unknown): number {
  return typeof value === 'number' && Number.isInteger(value) && value > 1 && value <= 60 ? value : 1;
}

function widthsOf(node: ProseNode): number[] {
  const given = node.attrs['colwidth'];
  const across = span(node.attrs['colspan']);
  return Array.from({ length: across }, (_, at) => {
    const width: unknown = Array.isArray(given) ? given[at] : undefined;
    return typeof width === 'number' && width > 0 && width < 10_000 ? width : 120;
  });
}

function cellOf(node: ProseNode, scope: Scope): Cell {
  const head = node.type === 'tableHeader';
  const inside = node.type === 'tableHeader' || node.type === 'tableCell' ? node.content : [node];
  const blocks = flowsOf(inside, deeper(scope)).map((flow): Flow =>
    flow.kind === 'paragraph' && flow.style === 'body'
      ? { ...flow, style: 'plain', runs: head ? flow.runs.map((each) => ({ ...each, bold: true })) : flow.runs }
      : flow,
  );
  const colSpan = span(node.attrs['colspan']);
  const rowSpan = span(node.attrs['rowspan']);
  return cell(blocks.length > 0 ? blocks : '', {
    ...(head ? { head: true, tint: 'head' as const } : {}),
    ...(colSpan > 1 ? { colSpan } : {}),
    ...(rowSpan > 1 ? { rowSpan } : {}),
  });
}
