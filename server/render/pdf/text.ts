/** Runs, paragraphs and lists in a PDF: text handed over as text, each letter in a font that has it. */
import type { Content, ContentText } from 'pdfmake/interfaces.js';
import { cleanText } from '#core/export/text.ts';
import type { Align, Flow, List, Paragraph, Run } from '#core/export/tree.ts';
import { fontRuns, SANS, SERIF } from '../fonts.ts';

export const mm = (millimetres: number): number => (millimetres * 72) / 25.4;

/** Where a paragraph stands decides its size, as in Word. */
export type Place = 'page' | 'head' | 'cell' | 'callout';
export const SIZES: Readonly<Record<Place, number>> = { page: 14, head: 10, cell: 11, callout: 12 };

export function textOf(runs: readonly Run[]): ContentText[] {
  return runs.flatMap((run) =>
    fontRuns(cleanText(run.text).replaceAll('\t', ' '), run.code ? SANS : SERIF).map(({ text, font }) => ({
      text,
      font,
      ...(run.bold ? { bold: true } : {}),
      ...(run.italic ? { italics: true } : {}),
      ...(run.underline ? { decoration: 'underline' as const } : {}),
      ...(run.strike ? { decoration: 'lineThrough' as const } : {}),
      ...(run.superscript ? { sup: true } : {}),
      ...(run.link ? { link: run.link, color: '#1F4E79', decoration: 'underline' as const } : {}),
    })),
  );
}

export interface Setting {
  readonly place: Place;
  /** Points that a line may fill: a word without an end is broken only where the width is a number. */
  readonly width: number;
  readonly align?: Align;
  readonly bold?: boolean;
}

export function paragraph(source: Paragraph, { place, align, bold }: Omit<Setting, 'width'>): ContentText {
  const alignment = source.align ?? align;
  const look = {
    text: textOf(source.runs.map((run) => (bold ? { ...run, bold } : run))),
    fontSize: SIZES[place],
    ...(alignment ? { alignment } : {}),
    // Blanks at the beginning of a line are somebody's own.
    preserveLeadingSpaces: true,
  };
  if (place !== 'page') return { ...look, lineHeight: 1.05 };
  switch (source.style) {
    case 'body':
      return {
        ...look,
        alignment: alignment ?? 'justify',
        leadingIndent: mm(12.5),
        margin: [0, 0, 0, 4],
        lineHeight: 1.08,
      };
    case 'quote':
      return { ...look, italics: true, margin: [mm(12.5), 0, mm(12.5), 4] };
    case 'code':
      return { ...look, font: 'Noto Sans', fontSize: 10, background: '#F2F2F2', margin: [0, 2, 0, 2] };
    case 'caption':
      return { ...look, fontSize: 12, bold: true, margin: [0, 8, 0, 4] };
    case 'plain':
      return { ...look, margin: [0, 0, 0, 3], lineHeight: 1.08 };
  }
}

/** Sub-points are а), б) where people write Cyrillic; a mark of its own keeps numbers right whatever the writer of lists does. */
const CYRILLIC = 'абвгдежзиклмнпрстуфхцчшщэюя';

function markOf(list: List, at: number, level: number): string {
  if (!list.ordered) return '\u2013';
  const place = (list.start ?? 1) + at;
  return level % 2 === 0 ? `${place}.` : `${CYRILLIC[(place - 1) % CYRILLIC.length] ?? ''})`;
}

function listOf(list: List, setting: Setting, level: number): Content[] {
  const size = SIZES[setting.place];
  const step = list.ordered ? size * 1.7 : size * 1.1;
  const indent = level === 0 && setting.place === 'page' ? mm(6) : 0;
  return list.items.map((item, at) => {
    const mark = { width: step, text: markOf(list, at, level), font: 'Liberation Serif', fontSize: size };
    const flows = item.map((flow): Flow =>
      flow.kind === 'paragraph' && flow.style === 'body' ? { ...flow, style: 'plain' } : flow,
    );
    const width = setting.width - indent - step - 2;
    const stack = flow(flows, { ...setting, width }, level + 1);
    return {
      columns: [mark, { width, stack }],
      columnGap: 2,
      margin: [indent, 0, 0, 0] as [number, number, number, number],
    };
  });
}

export function flow(blocks: readonly Flow[], setting: Setting, level = 0): Content[] {
  return blocks.flatMap((block) =>
    block.kind === 'list' ? listOf(block, setting, level) : [paragraph(block, setting)],
  );
}
