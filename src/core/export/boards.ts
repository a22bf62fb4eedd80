/**
 * One board in a results document: the SWOT as a two by two table on a landscape page, then every area with its groups
 * and all its notes. The table shows what fits a page; the lists behind it leave nothing out.
 */
import type { ResultsScope } from './results.ts';
import { textIn, type SourceBoard, type SourceZone } from './source.ts';
import { cleanText } from './text.ts';
import { cell, heading, paragraph, run, type Block, type Cell, type Flow, type Marks, type Run } from './tree.ts';

/** Lines that a quarter of a landscape page holds at the table's type size, most of them one line long. */
const QUADRANT_ITEMS = 12;

type SourceNote = SourceBoard['notes'][number];
type SourceGroup = SourceBoard['groups'][number];
type Item = { readonly group: SourceGroup; readonly notes: readonly SourceNote[] } | { readonly note: SourceNote };

export function boardBlocks(board: SourceBoard, scope: ResultsScope): Block[] {
  const { labels, language } = scope;
  const title = textIn(board.title, language);
  if (board.notes.length === 0) return [heading(1, title), paragraph(labels.boardEmpty)];
  const zones = board.zones.map((zone) => ({ zone, items: itemsOf(board, zone.id) }));
  const known = new Set(board.zones.map(({ id }) => id));
  // A template may have changed since: what stands in an area it no longer knows is printed under the area's id.
  for (const id of new Set(board.notes.map(({ at }) => at[0])))
    if (!known.has(id)) zones.push({ zone: { id, name: id }, items: itemsOf(board, id) });

  const quadrants = board.template === 'swot' && board.zones.length === 4;
  const lists = zones.flatMap(({ zone, items }) => zoneBlocks(zone, items, scope));
  const end: Block = { kind: 'source', text: scope.source };
  if (!quadrants) return [heading(1, title), ...lists, end];
  const grouped = zones.some(({ items }) => items.length > QUADRANT_ITEMS || items.some((item) => 'group' in item));
  const page: Block[] = [heading(1, title), quadrantTable(zones.slice(0, 4), scope), end];
  return [{ kind: 'landscape', blocks: page }, ...(grouped || zones.length > 4 ? lists : [])];
}

/** The same as `listZone` of the live board, for the plain notes of a snapshot. */
function itemsOf(board: SourceBoard, zone: string): Item[] {
  const groups = new Map(board.groups.map((group) => [group.id, group]));
  const notes = new Map(board.notes.map((note) => [note.id, note]));
  const items: Item[] = [];
  for (const note of board.notes) {
    if (note.at[0] !== zone) continue;
    const group = note.group === undefined ? undefined : groups.get(note.group);
    if (!group) items.push({ note });
    else if (group.noteIds[0] === note.id)
      items.push({ group, notes: group.noteIds.flatMap((id) => notes.get(id) ?? []) });
  }
  return items;
}

function noteRuns(note: SourceNote, scope: ResultsScope, marks: Marks = {}): Run[] {
  const lang = note.lang !== undefined && note.lang !== scope.language ? { lang: note.lang } : {};
  const text = cleanText(note.text).trim();
  return [text === '' ? run(scope.labels.noteEmpty, { italic: true }) : run(text, { ...marks, ...lang })];
}

function groupTitle(group: SourceGroup, scope: ResultsScope): string {
  return cleanText(group.title).trim() || scope.labels.groupUntitled;
}

function quadrantTable(zones: readonly { zone: SourceZone; items: readonly Item[] }[], scope: ResultsScope): Block {
  const cells = zones.map(({ zone, items }): Cell => {
    const shown = items.slice(0, QUADRANT_ITEMS);
    const lines = shown.map((item): Flow[] => [
      {
        kind: 'paragraph',
        style: 'plain',
        runs:
          'note' in item
            ? noteRuns(item.note, scope)
            : [
                run(groupTitle(item.group, scope), { bold: true }),
                run(` (${scope.labels.notesCount({ count: item.notes.length })})`),
              ],
      },
    ]);
    const blocks: Flow[] = [paragraph([run(textIn(zone.name, scope.language), { bold: true })], 'plain')];
    if (lines.length > 0) blocks.push({ kind: 'list', ordered: false, items: lines });
    else blocks.push(paragraph([run(scope.labels.zoneEmpty, { italic: true })], 'plain'));
    if (items.length > shown.length)
      blocks.push(
        paragraph([run(scope.labels.moreBelow({ count: items.length - shown.length }), { italic: true })], 'plain'),
      );
    return cell(blocks, zone.tint === undefined ? {} : { tint: zone.tint });
  });
  return {
    kind: 'table',
    columns: [{ share: 1 }, { share: 1 }],
    head: [],
    rows: [cells.slice(0, 2), cells.slice(2, 4)],
    mayBreak: true,
    quadrants: true,
  };
}

function zoneBlocks(zone: SourceZone, items: readonly Item[], scope: ResultsScope): Block[] {
  const { labels } = scope;
  const blocks: Block[] = [heading(2, textIn(zone.name, scope.language))];
  if (items.length === 0) blocks.push(paragraph([run(labels.zoneEmpty, { italic: true })], 'plain'));
  const alone: SourceNote[] = [];
  for (const item of items) {
    if ('note' in item) {
      alone.push(item.note);
      continue;
    }
    const title: Run[] = [
      run(groupTitle(item.group, scope)),
      run(` (${labels.notesCount({ count: item.notes.length })})`),
    ];
    blocks.push({ kind: 'heading', level: 3, runs: title, numbered: false }, bullets(item.notes, scope));
  }
  if (alone.length > 0 && alone.length < items.length) blocks.push(heading(3, labels.ungrouped, false));
  if (alone.length > 0) blocks.push(bullets(alone, scope));
  return blocks;
}

function bullets(notes: readonly SourceNote[], scope: ResultsScope): Block {
  return {
    kind: 'list',
    ordered: false,
    items: notes.map((note) => [{ kind: 'paragraph', style: 'plain', runs: noteRuns(note, scope) }]),
  };
}
