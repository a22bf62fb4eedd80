/**
 * The neutral document as pdfmake draws it: the same look as in Word (A4, margins 30/10/20/20 mm, the type of an office,
 * numbered headings, contents with page numbers, page n / N), landscape pages as sections of their own.
 */
import type { Content, ContentText, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { cleanLine } from '#core/export/text.ts';
import { textsOf } from '#core/export/texts.ts';
import { run, type Block, type Document, type Heading } from '#core/export/tree.ts';
import { LOCALES } from '../docx/look.ts';
import { number } from '../md.ts';
import { bars, callout, keyValue, table } from './table.ts';
import { flow, mm, textOf } from './text.ts';

const PORTRAIT = { left: mm(30), right: mm(10), top: mm(20), bottom: mm(20) };
/** The binding edge of a page that is turned is its top. */
const LANDSCAPE = { left: mm(20), right: mm(20), top: mm(30), bottom: mm(15) };
const [SHORT, LONG] = [mm(210), mm(297)];
const WIDTH = {
  portrait: SHORT - PORTRAIT.left - PORTRAIT.right,
  landscape: LONG - LANDSCAPE.left - LANDSCAPE.right,
};
const HEADINGS = { 1: [15, 16], 2: [14, 12], 3: [14, 8] } as const;

type Counters = [number, number, number];
interface Piece {
  readonly made: Content;
  readonly heads: boolean;
  readonly letters: number;
}
/** Letters of a heading and of what follows it that surely fit a page. */
const ON_A_PAGE = 1200;
const piece = (made: Content): Piece => ({ made, heads: false, letters: 0 });

export function pdfDocument(document: Document): TDocumentDefinitions {
  const organisation = cleanLine(document.organisation ?? '');
  return {
    pageSize: 'A4',
    content: sectionsOf(document),
    footer: (page: number, pages: number) => ({
      text: `${page} / ${pages}`,
      alignment: 'center',
      fontSize: 10,
      margin: [0, mm(8), 0, 0],
    }),
    // Documents are written by the office; no person's name belongs here.
    info: {
      title: cleanLine(document.title),
      ...(document.subtitle ? { subject: cleanLine(document.subtitle) } : {}),
      author: organisation || 'Ashar',
      creator: 'Ashar',
      producer: 'Ashar',
    },
    language: LOCALES[document.language],
    displayTitle: true,
    defaultStyle: { font: 'Liberation Serif', fontSize: 14, color: '#000000' },
  } as TDocumentDefinitions;
}

function sectionsOf(document: Document): Content[] {
  const counters: Counters = [0, 0, 0];
  // The facts at the head of a document stand on its first page, above the contents.
  const facts = document.blocks.findIndex(({ kind }) => kind !== 'keyValue');
  const first = document.blocks.slice(0, facts === -1 ? document.blocks.length : facts);
  const head = [
    ...opening(document),
    ...first.flatMap((block) => blockOf(block, 'portrait', counters)),
    ...contentsOf(document),
  ];
  const sections: { turned: boolean; stack: Piece[] }[] = [{ turned: false, stack: head.map(piece) }];
  for (const block of document.blocks.slice(first.length)) {
    const turned = block.kind === 'landscape';
    let section = sections.at(-1);
    if (!section || section.turned !== turned) sections.push((section = { turned, stack: [] }));
    else if (turned) section.stack.push(piece(pageBreak()));
    for (const each of turned ? block.blocks : [block]) {
      const heads = each.kind === 'heading';
      const letters = textsOf([each]).reduce((sum, text) => sum + text.length, 0);
      for (const made of blockOf(each, turned ? 'landscape' : 'portrait', counters))
        section.stack.push({ made, heads, letters: each.kind === 'list' ? letters / each.items.length : letters });
    }
  }
  return sections
    .filter(({ stack }) => stack.length > 0)
    .map(({ turned, stack }) => ({
      section: { stack: keptTogether(stack) },
      pageOrientation: turned ? 'landscape' : 'portrait',
      pageMargins: margins(turned ? LANDSCAPE : PORTRAIT),
    }));
}

/**
 * No heading stands alone at the foot of a page: it goes with the first piece of what it heads (a long table keeps its own
 * head). What might not fit a page together is left to break.
 */
function keptTogether(pieces: readonly Piece[]): Content[] {
  const all: Content[] = [];
  let waiting: Piece[] = [];
  for (const piece of pieces) {
    if (piece.heads) {
      waiting.push(piece);
      continue;
    }
    const letters = [...waiting, piece].reduce((sum, each) => sum + each.letters, 0);
    if (waiting.length > 0 && letters <= ON_A_PAGE)
      all.push({ stack: [...waiting, piece].map(({ made }) => made), unbreakable: true });
    else all.push(...[...waiting, piece].map(({ made }) => made));
    waiting = [];
  }
  return [...all, ...waiting.map(({ made }) => made)];
}

const margins = ({ left, top, right, bottom }: typeof PORTRAIT): [number, number, number, number] => [
  left,
  top,
  right,
  bottom,
];
const pageBreak = (): Content => ({ text: '', pageBreak: 'after' });

function opening(document: Document): Content[] {
  const line = (text: string | undefined, look: Omit<ContentText, 'text'>): Content[] =>
    text ? [{ text: textOf([run(cleanLine(text))]), alignment: 'center', ...look }] : [];
  return [
    ...line(document.organisation, { bold: true, margin: [0, 0, 0, 12] }),
    ...line(document.title, { bold: true, fontSize: 18, margin: [0, 18, 0, 6] }),
    ...line(document.subtitle, { margin: [0, 0, 0, 4] }),
    ...line(document.date, { margin: [0, 0, 0, 10] }),
  ];
}

function contentsOf({ contents }: Document): Content[] {
  if (contents === null) return [];
  const title = { text: textOf([run(contents)]), bold: true, alignment: 'center' as const, margin: [0, 18, 0, 8] };
  return [{ toc: { title, numberStyle: { fontSize: 13 }, textStyle: { fontSize: 13 } } } as Content, pageBreak()];
}

function headingOf(block: Heading, counters: Counters): Content {
  const [size, before] = HEADINGS[block.level];
  const prefix = block.numbered ? [run(`${number(block.level, counters)} `)] : [];
  return {
    text: textOf([...prefix, ...block.runs]),
    bold: true,
    italics: block.level === 3,
    fontSize: size,
    margin: [0, before, 0, 6],
    headlineLevel: block.level,
    ...(block.level < 3
      ? { tocItem: true, tocStyle: { fontSize: 13 }, tocMargin: [block.level === 2 ? mm(7) : 0, 2, 0, 2] }
      : {}),
  } as Content;
}

function blockOf(block: Block, page: keyof typeof WIDTH, counters: Counters): Content[] {
  switch (block.kind) {
    case 'heading':
      return [headingOf(block, counters)];
    case 'paragraph':
    case 'list':
      return flow([block], { place: 'page', width: WIDTH[page] });
    case 'table':
      return table(block, WIDTH[page]);
    case 'bars':
      return bars(block, WIDTH[page]);
    case 'callout':
      return [callout(block, WIDTH[page])];
    case 'keyValue':
      return keyValue(block, WIDTH[page]);
    case 'source':
      return [{ text: textOf([run(block.text)]), italics: true, fontSize: 10, color: '#404040', margin: [0, 2, 0, 8] }];
    case 'landscape':
      return block.blocks.flatMap((each) => blockOf(each, page, counters));
    case 'pageBreak':
      return [pageBreak()];
    case 'rule':
      return [
        { canvas: [{ type: 'line', x1: 0, y1: 4, x2: WIDTH[page], y2: 4, lineWidth: 0.75, lineColor: '#808080' }] },
      ];
  }
}
