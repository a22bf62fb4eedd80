/** Runs, paragraphs and lists in Word. Text is handed over as text: nothing in it is ever read as markup or as a field. */
import {
  AlignmentType,
  ExternalHyperlink,
  Paragraph,
  TextRun,
  type IParagraphOptions,
  type ParagraphChild,
} from 'docx';
import { cleanText } from '#core/export/text.ts';
import type { Align, Flow, List, Paragraph as TreeParagraph, Run } from '#core/export/tree.ts';
import { CODE_FONT, DEEPEST_LIST, LOCALES } from './look.ts';

/** Where a paragraph stands decides its size and how lists in it are indented. */
export type Place = 'page' | 'head' | 'cell' | 'callout';

/** Counts lists, so that every ordered one starts from its own first number. */
export interface ListCount {
  next: number;
}

export const ALIGNMENTS = {
  left: AlignmentType.LEFT,
  center: AlignmentType.CENTER,
  right: AlignmentType.RIGHT,
  justify: AlignmentType.JUSTIFIED,
} as const satisfies Record<Align, unknown>;

const STYLES = { body: 'BodyText', plain: undefined, caption: 'Caption', quote: 'Quote', code: 'Code' } as const;
const PLACES = { page: undefined, head: 'TableHead', cell: 'TableText', callout: 'CalloutText' } as const;

function textRuns(run: Run): TextRun[] {
  const look = {
    ...(run.bold ? { bold: true } : {}),
    ...(run.italic ? { italics: true } : {}),
    ...(run.strike ? { strike: true } : {}),
    ...(run.underline ? { underline: {} } : {}),
    ...(run.superscript ? { superScript: true } : {}),
    ...(run.code ? { font: CODE_FONT } : {}),
    ...(run.link ? { style: 'Hyperlink' } : {}),
    ...(run.lang ? { language: { value: LOCALES[run.lang] } } : {}),
  };
  return cleanText(run.text)
    .replaceAll('\t', ' ')
    .split('\n')
    .map((text, line) => new TextRun({ ...look, text, ...(line > 0 ? { break: 1 } : {}) }));
}

export function children(runs: readonly Run[]): ParagraphChild[] {
  return runs.flatMap((run): ParagraphChild[] =>
    run.link ? [new ExternalHyperlink({ link: run.link, children: textRuns(run) })] : textRuns(run),
  );
}

export interface Setting {
  readonly place: Place;
  readonly lists: ListCount;
  readonly align?: Align;
  readonly keepNext?: boolean;
}

function styleOf(paragraph: TreeParagraph, place: Place): string | undefined {
  if (place === 'page' || paragraph.style === 'caption' || paragraph.style === 'code') return STYLES[paragraph.style];
  return PLACES[place];
}

function paragraphOf(paragraph: TreeParagraph, setting: Setting, more: IParagraphOptions = {}): Paragraph {
  const style = styleOf(paragraph, setting.place);
  const align = paragraph.align ?? setting.align;
  return new Paragraph({
    ...(style === undefined ? {} : { style }),
    ...(align === undefined ? {} : { alignment: ALIGNMENTS[align] }),
    ...(setting.keepNext ? { keepNext: true } : {}),
    ...more,
    children: children(paragraph.runs),
  });
}

function listOf(list: List, setting: Setting, level: number): Paragraph[] {
  const narrow = setting.place === 'page' ? 'page' : 'cell';
  const reference = `${narrow}-${list.ordered ? 'numbers' : 'bullets'}`;
  const instance = setting.lists.next++;
  const depth = Math.min(level, DEEPEST_LIST);
  return list.items.flatMap((item) => {
    let marked = false;
    return item.flatMap((flow) => {
      if (flow.kind === 'list') return listOf(flow, setting, level + 1);
      // The second paragraph of an item stands under the first one's text, without a mark of its own.
      const step = narrow === 'page' ? 369 : 227;
      const from = narrow === 'page' ? 340 : 0;
      const more: IParagraphOptions = marked
        ? { indent: { left: from + step * (depth + 1), firstLine: 0 } }
        : { numbering: { reference, level: depth, instance, custom: true } };
      marked = true;
      const plain: TreeParagraph = flow.style === 'body' ? { ...flow, style: 'plain' } : flow;
      return [paragraphOf(plain, setting, more)];
    });
  });
}

export function flow(blocks: readonly Flow[], setting: Setting): Paragraph[] {
  return blocks.flatMap((block) => (block.kind === 'list' ? listOf(block, setting, 0) : [paragraphOf(block, setting)]));
}
