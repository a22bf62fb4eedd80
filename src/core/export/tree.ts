/**
 * The neutral document: what every writer (Word, PDF, Markdown, JSON …) is given, so that no format shows less or more
 * than another. Text is data: a writer escapes it for its format and never reads markup out of it.
 */
import type { Colour } from '../board/schema.ts';
import type { Language } from '../people/caller.ts';
import { cleanLink, cleanText } from './text.ts';

/** A piece of text with one look. `\n` is a line break inside the paragraph. */
export interface Run {
  readonly text: string;
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly underline?: boolean;
  readonly strike?: boolean;
  readonly code?: boolean;
  readonly superscript?: boolean;
  /** http, https, mailto or tel. */
  readonly link?: string;
  /** Where it differs from the document's (spelling, hyphenation, screen readers). */
  readonly lang?: Language;
}

/** What a passage rests on. */
export interface Trace {
  readonly snapshotId: string | null;
  readonly optionIds: readonly string[];
  readonly noteIds: readonly string[];
}

export type Align = 'left' | 'center' | 'right' | 'justify';

export interface Heading {
  readonly kind: 'heading';
  readonly level: 1 | 2 | 3;
  readonly runs: readonly Run[];
  /** Whether it carries a number (1., 1.1.); annexes and unnumbered parts do not. */
  readonly numbered: boolean;
  readonly trace?: Trace;
}

export interface Paragraph {
  readonly kind: 'paragraph';
  readonly runs: readonly Run[];
  /** body: justified text of a document; plain: short, left; caption: stands above its table; quote; code. */
  readonly style: 'body' | 'plain' | 'caption' | 'quote' | 'code';
  readonly align?: Align;
  readonly trace?: Trace;
}

export interface List {
  readonly kind: 'list';
  readonly ordered: boolean;
  /** First number of an ordered list; 1 where left out. */
  readonly start?: number;
  readonly items: readonly (readonly Flow[])[];
}

/** What may stand inside a list item, a cell or a callout. */
export type Flow = Paragraph | List;

export type Tint = Colour | 'head';

export interface Cell {
  readonly blocks: readonly Flow[];
  readonly tint?: Tint;
  readonly align?: Align;
  readonly colSpan?: number;
  readonly rowSpan?: number;
  readonly head?: boolean;
}

export interface Table {
  readonly kind: 'table';
  /** Width of each column as a share of the whole; they need not add up to 1. */
  readonly columns: readonly { readonly share: number; readonly align?: Align }[];
  /** Rows repeated at the top of every page. */
  readonly head: readonly (readonly Cell[])[];
  readonly rows: readonly (readonly Cell[])[];
  readonly caption?: string;
  /** Rows may break across pages (text tables); figures stay together. */
  readonly mayBreak?: boolean;
  /** Two by two, each quarter as tall as the page allows. */
  readonly quadrants?: boolean;
  /** Its figures stand as numbers on a sheet of their own (sheets.ts), so Excel does not take the table as text. */
  readonly typed?: boolean;
}

export interface Callout {
  readonly kind: 'callout';
  readonly tone: 'note' | 'warning' | 'decision';
  readonly title: string;
  readonly blocks: readonly Flow[];
}

export interface Bar {
  readonly label: string;
  readonly value: number;
  /** The value as it is written beside the bar. */
  readonly text: string;
  /** Length of the bar, 0 to 1 of the longest possible. */
  readonly share: number;
  /** Above the cut. */
  readonly kept: boolean;
}

/** A ranked chart. */
export interface Bars {
  readonly kind: 'bars';
  readonly caption: string;
  /** The chart in words, for who cannot see it. */
  readonly alt: string;
  readonly items: readonly Bar[];
}

export interface KeyValue {
  readonly kind: 'keyValue';
  readonly rows: readonly { readonly key: string; readonly runs: readonly Run[] }[];
}

/** Which snapshot the figures above come from. */
export interface Source {
  readonly kind: 'source';
  readonly text: string;
}

export interface Landscape {
  readonly kind: 'landscape';
  readonly blocks: readonly Block[];
}

export type Block =
  | Heading
  | Flow
  | Table
  | Callout
  | Bars
  | KeyValue
  | Source
  | Landscape
  | { readonly kind: 'pageBreak' }
  | { readonly kind: 'rule' };

export interface Document {
  readonly language: Language;
  readonly title: string;
  /** What kind of document it is: "results of the workshop". */
  readonly subtitle?: string;
  /** Whose document it is. */
  readonly organisation?: string;
  /** As it is printed, in the document's language. */
  readonly date?: string;
  /** Title of the table of contents; null: too few headings for one. */
  readonly contents: string | null;
  readonly blocks: readonly Block[];
}

export type Marks = Omit<Run, 'text'>;

/** A run of cleaned text; a link that may not be followed is dropped, its text stays. */
export function run(text: string, marks: Marks = {}): Run {
  const { link, ...rest } = marks;
  const safe = link === undefined ? null : cleanLink(link);
  return { text: cleanText(text), ...rest, ...(safe === null ? {} : { link: safe }) };
}

export function heading(level: 1 | 2 | 3, text: string, numbered = true): Heading {
  return { kind: 'heading', level, runs: [run(text)], numbered };
}

export function paragraph(content: string | readonly Run[], style: Paragraph['style'] = 'body'): Paragraph {
  return { kind: 'paragraph', style, runs: typeof content === 'string' ? [run(content)] : content };
}

/** A table cell of short text. */
export function cell(content: string | readonly Run[] | readonly Flow[], look: Omit<Cell, 'blocks'> = {}): Cell {
  if (typeof content === 'string') return { blocks: [paragraph(content, 'plain')], ...look };
  const first = content[0];
  if (first && 'kind' in first) return { blocks: content as readonly Flow[], ...look };
  return { blocks: [paragraph(content as readonly Run[], 'plain')], ...look };
}

export function headCell(text: string, look: Omit<Cell, 'blocks'> = {}): Cell {
  return cell([run(text, { bold: true })], { head: true, tint: 'head', ...look });
}

/** All blocks in reading order, those of landscape pages among them. */
export function flatten(blocks: readonly Block[]): Block[] {
  return blocks.flatMap((block) => (block.kind === 'landscape' ? flatten(block.blocks) : [block]));
}

/** A table of contents helps from the fourth heading on. */
export function needsContents(blocks: readonly Block[]): boolean {
  return flatten(blocks).filter((block) => block.kind === 'heading' && block.level <= 2).length > 3;
}
