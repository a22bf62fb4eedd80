/**
 * A board as one drawing for print: its areas as on the screen, groups framed under their names, every note whole. Notes
 * stand in reading order instead of where they lay, because on paper nobody can move the one that hides another.
 */
import type { Colour } from '#core/board/schema.ts';
import { textIn, type SourceBoard } from '#core/export/source.ts';
import { cleanLine, cleanText } from '#core/export/text.ts';
import type { Language } from '#core/people/caller.ts';
import { TINTS } from '../docx/look.ts';
import { SANS, wrapText } from '../fonts.ts';
import { box, svg, textLine } from './svg.ts';

export interface BoardWords {
  /** The workshop and its day. */
  readonly title: string;
  readonly foot: string;
  readonly zoneEmpty: string;
  readonly noteEmpty: string;
  readonly groupUntitled: string;
}

export interface Drawing {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

const CARD = 190;
const GAP = 10;
const PAD = 9;
const SIZE = 13;
const LINE = 16.5;
const GROUP_LINE = 18;
const ZONE_HEAD = 40;
const HEAD = 86;
const FOOT = 34;
const MARGIN = 28;
/** Width to height of a sheet of paper on its side. */
const SHEET = Math.SQRT2;

/** As on the screen (src/lib/ui/tokens.css), in the colours that print. */
const NOTES: Readonly<Record<Colour, readonly [fill: string, edge: string]>> = {
  yellow: ['#FCEEB8', '#93701A'],
  rose: ['#FBDDE0', '#A8586A'],
  blue: ['#D3E7F9', '#3C78A8'],
  green: ['#DDF0CB', '#4F7F35'],
  violet: ['#E9DFF6', '#7B5FA6'],
  grey: ['#E9E7E4', '#77726C'],
};

interface Card {
  readonly lines: readonly string[];
  readonly height: number;
  readonly colour: Colour;
}

/** Cards in columns of one width, each put where least stands; a group is one with a name and a frame. */
interface Block {
  readonly title: readonly string[];
  readonly columns: number;
  readonly cards: readonly { readonly card: Card; readonly column: number; readonly y: number }[];
  readonly height: number;
}

const widthOf = (columns: number) => columns * CARD + (columns - 1) * GAP;

function columnsOf(cards: readonly Card[], columns: number): Pick<Block, 'cards' | 'height'> {
  const heights = Array.from({ length: columns }, () => 0);
  const placed = cards.map((card) => {
    const column = heights.indexOf(Math.min(...heights));
    const y = heights[column] ?? 0;
    heights[column] = y + card.height + GAP;
    return { card, column, y };
  });
  return { cards: placed, height: Math.max(0, ...heights) };
}

interface Zone {
  readonly name: string;
  readonly fill: string;
  readonly groups: readonly { readonly title: string; readonly cards: readonly Card[] }[];
  readonly alone: readonly Card[];
}

export function boardDrawing(board: SourceBoard, language: Language, words: BoardWords): Drawing {
  const zones = readZones(board, language, words);
  const across = zones.length <= 3 ? Math.max(1, zones.length) : zones.length === 4 ? 2 : 3;
  let best: Layout | null = null;
  const most = Math.max(1, Math.ceil(Math.sqrt(board.notes.length)) + 1);
  for (let columns = 1; columns <= most; columns++) {
    const layout = layOut(zones, across, columns);
    if (best && Math.abs(Math.log(layout.ratio / SHEET)) > Math.abs(Math.log(best.ratio / SHEET))) break;
    best = layout;
  }
  return draw(board, best ?? layOut(zones, across, 1), language, words);
}

function readZones(board: SourceBoard, language: Language, words: BoardWords): Zone[] {
  const card = (note: SourceBoard['notes'][number]): Card => {
    const said = cleanText(note.text).trim() || words.noteEmpty;
    const lines = wrapText(said, SANS, SIZE, CARD - 2 * PAD);
    return { lines, height: lines.length * LINE + 2 * PAD, colour: note.colour };
  };
  const known = new Map(board.groups.map((group) => [group.id, group]));
  const ids = new Set([...board.zones.map(({ id }) => id), ...board.notes.map(({ at }) => at[0])]);
  return [...ids].map((id) => {
    const zone = board.zones.find((each) => each.id === id);
    const inside = board.notes.filter(({ at }) => at[0] === id);
    const groups = [
      ...new Set(inside.flatMap(({ group }) => (group !== undefined && known.has(group) ? [group] : []))),
    ];
    return {
      name: cleanLine(textIn(zone?.name ?? id, language)),
      fill: `#${TINTS[zone?.tint ?? 'grey']}`,
      groups: groups.map((group) => ({
        title: cleanLine(known.get(group)?.title ?? '') || words.groupUntitled,
        cards: inside.filter((note) => note.group === group).map(card),
      })),
      alone: inside.filter(({ group }) => group === undefined || !known.has(group)).map(card),
    };
  });
}

interface Layout {
  readonly across: number;
  readonly columns: number;
  readonly ratio: number;
  readonly zones: readonly {
    readonly zone: Zone;
    readonly parts: readonly { readonly block: Block; readonly x: number; readonly y: number }[];
    readonly height: number;
  }[];
  readonly rows: readonly number[];
}

function layOut(zones: readonly Zone[], across: number, columns: number): Layout {
  const placed = zones.map((zone) => {
    const parts: { block: Block; x: number; y: number }[] = [];
    let [x, y, tall] = [0, 0, 0];
    for (const { title, cards } of zone.groups) {
      const wide = Math.min(columns, Math.max(1, Math.ceil(Math.sqrt(cards.length))));
      const lines = wrapText(title, SANS, SIZE + 1, (widthOf(wide) - 2 * PAD) * 0.93);
      const inside = columnsOf(cards, wide);
      const height = lines.length * GROUP_LINE + GAP + inside.height;
      if (x + wide > columns) [x, y, tall] = [0, y + tall + GAP, 0];
      parts.push({ block: { title: lines, columns: wide, ...inside, height }, x, y });
      x += wide;
      tall = Math.max(tall, height);
    }
    if (zone.groups.length > 0) y += tall + GAP;
    if (zone.alone.length > 0) {
      const block = { title: [], columns, ...columnsOf(zone.alone, columns) };
      parts.push({ block, x: 0, y });
      y += block.height;
    }
    return { zone, parts, height: ZONE_HEAD + Math.max(y, 60) + GAP };
  });
  const rows: number[] = [];
  placed.forEach(({ height }, at) => {
    const row = Math.floor(at / across);
    rows[row] = Math.max(rows[row] ?? 0, height);
  });
  const width = across * (widthOf(columns) + 4 * GAP);
  const height = HEAD + rows.reduce((sum, row) => sum + row + 2 * GAP, 0);
  return { across, columns, ratio: width / height, zones: placed, rows };
}

function draw(board: SourceBoard, layout: Layout, language: Language, words: BoardWords): Drawing {
  const zoneWidth = widthOf(layout.columns) + 2 * GAP;
  const width = 2 * MARGIN + layout.across * zoneWidth + (layout.across - 1) * 2 * GAP;
  const body = [
    textLine(MARGIN, MARGIN + 26, cleanLine(textIn(board.title, language)), { order: SANS, size: 28, bold: true }),
    ...wrapText(words.title, SANS, 14, width - 2 * MARGIN)
      .slice(0, 2)
      .map((line, at) => textLine(MARGIN, MARGIN + 48 + at * 17, line, { order: SANS, size: 14, fill: '#444444' })),
  ];
  let bottom = HEAD + 2 * GAP;
  layout.zones.forEach(({ zone, parts }, at) => {
    const row = Math.floor(at / layout.across);
    const x = MARGIN + (at % layout.across) * (zoneWidth + 2 * GAP);
    const y = HEAD + 2 * GAP + layout.rows.slice(0, row).reduce((sum, height) => sum + height + 2 * GAP, 0);
    const height = layout.rows[row] ?? 0;
    body.push(box([x, y, zoneWidth, height], zone.fill, { colour: '#8A8580', width: 1 }, 8));
    body.push(textLine(x + 2 * GAP, y + 27, zone.name, { order: SANS, size: 18, bold: true }));
    if (parts.length === 0)
      body.push(
        textLine(x + 2 * GAP, y + ZONE_HEAD + 24, words.zoneEmpty, { order: SANS, size: SIZE, fill: '#444444' }),
      );
    for (const part of parts)
      body.push(...drawBlock(part.block, x + GAP + part.x * (CARD + GAP), y + ZONE_HEAD + part.y));
    bottom = Math.max(bottom, y + height);
  });
  body.push(textLine(MARGIN, bottom + 22, words.foot, { order: SANS, size: 11, fill: '#444444' }));
  const height = bottom + FOOT + MARGIN / 2;
  return { svg: svg(width, height, [box([0, 0, width, height], '#FFFFFF'), ...body]), width, height };
}

function drawBlock({ title, columns, cards, height }: Block, x: number, y: number): string[] {
  const body: string[] = [];
  const head = title.length === 0 ? 0 : title.length * GROUP_LINE + GAP;
  if (head > 0) {
    const frame: [number, number, number, number] = [x - 4, y - 2, widthOf(columns) + 8, height];
    body.push(box(frame, 'none', { colour: '#5A5550', width: 1.4 }, 8));
    title.forEach((line, at) =>
      body.push(textLine(x + PAD, y + GROUP_LINE * (at + 0.85), line, { order: SANS, size: SIZE + 1, bold: true })),
    );
  }
  for (const { card, column, y: down } of cards) {
    const [left, top] = [x + column * (CARD + GAP), y + head + down];
    const [fill, edge] = NOTES[card.colour];
    body.push(box([left, top, CARD, card.height], fill, { colour: edge, width: 1 }, 4));
    card.lines.forEach((line, at) =>
      body.push(textLine(left + PAD, top + PAD + LINE * (at + 0.78), line, { order: SANS, size: SIZE })),
    );
  }
  return body;
}
