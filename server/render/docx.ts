/**
 * The neutral document as Word writes it. Pure: the same document gives the same text, nothing is read from disk or from
 * the store, so that it can run in a worker. Page numbers in the contents are computed here (docx/layout lays the pages
 * out in Times New Roman), so that nobody is asked to update fields when the file is opened.
 */
import {
  AlignmentType,
  BorderStyle,
  Document as WordDocument,
  Footer,
  HeadingLevel,
  Packer,
  PageBreak,
  PageNumber,
  PageOrientation,
  Paragraph,
  SectionType,
  TableOfContents,
  TextRun,
  type FileChild,
  type ISectionOptions,
} from 'docx';
import { estimatePageNumbersWith } from 'docx/layout';
import { cleanLine } from '#core/export/text.ts';
import { textsOf } from '#core/export/texts.ts';
import { run, type Block, type Document, type Heading } from '#core/export/tree.ts';
import { LANDSCAPE, numbering, PAGE, PORTRAIT, styles, WIDTH } from './docx/look.ts';
import { bars, callout, keyValue, table } from './docx/table.ts';
import { children, flow, type ListCount } from './docx/text.ts';

/**
 * Laying pages out costs some 20 microseconds a letter, and far more in a word without an end. Beyond these limits the
 * contents are written without page numbers (whole and linked; Word's "update field" adds them), so that no text can
 * keep the server busy.
 */
const LETTERS_LAID_OUT = 100_000;
const LONGEST_WORD = 200;

/** Emoji and other signs without a known width are guessed: a page number may then be one off, which beats none. */
const PAGES = estimatePageNumbersWith({ guess: true });
/** The numbers of headings in the contents, without laying out a page. */
const NUMBERS_ONLY: typeof PAGES = Object.assign(() => ({ bookmarks: new Map<string, string>() }), {
  ...PAGES,
});

const LEVELS = [HeadingLevel.HEADING_1, HeadingLevel.HEADING_2, HeadingLevel.HEADING_3] as const;

/**
 * The bytes of a .docx file.
 * @param letters up to how many letters page numbers are computed; a worker can afford more than the server's own thread.
 */
export async function renderDocx(document: Document, letters = LETTERS_LAID_OUT): Promise<Uint8Array> {
  const organisation = cleanLine(document.organisation ?? '');
  const numbered = mayLayOut(document, letters);
  const word = new WordDocument({
    title: cleanLine(document.title),
    ...(document.subtitle === undefined ? {} : { subject: cleanLine(document.subtitle) }),
    // Documents are written by the office; no person's name belongs here.
    creator: organisation === '' ? 'Ashar' : organisation,
    lastModifiedBy: 'Ashar',
    styles: styles(document.language),
    numbering: numbering(document.language),
    ...(document.contents === null ? {} : { pageNumbers: numbered ? PAGES : NUMBERS_ONLY }),
    sections: sectionsOf(document, numbered),
  });
  return new Uint8Array(await Packer.toBuffer(word));
}

function mayLayOut(document: Document, limit: number): boolean {
  const texts = [document.title, ...textsOf(document.blocks)];
  const endless = new RegExp(`\\S{${LONGEST_WORD}}`);
  return texts.reduce((sum, text) => sum + text.length, 0) <= limit && !texts.some((text) => endless.test(text));
}

function sectionsOf(document: Document, numbered: boolean): ISectionOptions[] {
  const lists: ListCount = { next: 1 };
  // The facts at the head of a document stand on its first page, above the contents.
  const facts = document.blocks.findIndex(({ kind }) => kind !== 'keyValue');
  const first = document.blocks.slice(0, facts === -1 ? document.blocks.length : facts);
  const head = [
    ...opening(document),
    ...first.flatMap((block) => blockOf(block, false, lists)),
    ...contentsOf(document.contents, numbered),
  ];
  const sections: { landscape: boolean; content: FileChild[] }[] = [{ landscape: false, content: head }];
  for (const block of document.blocks.slice(first.length)) {
    const landscape = block.kind === 'landscape';
    const inside = landscape ? block.blocks : [block];
    let section = sections.at(-1);
    if (!section || section.landscape !== landscape) {
      section = { landscape, content: [] };
      sections.push(section);
    } else if (landscape) section.content.push(pageBreak());
    for (const each of inside) section.content.push(...blockOf(each, landscape, lists));
  }
  return sections.map(({ landscape, content }) => ({
    properties: {
      type: SectionType.NEXT_PAGE,
      page: {
        size: { ...PAGE, orientation: landscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT },
        margin: landscape ? LANDSCAPE : PORTRAIT,
      },
    },
    footers: { default: footer() },
    children: content.length > 0 ? content : [new Paragraph({})],
  }));
}

function footer(): Footer {
  const number = new TextRun({ children: [PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES] });
  return new Footer({ children: [new Paragraph({ style: 'Footer', children: [number] })] });
}

function opening(document: Document): FileChild[] {
  const lines: FileChild[] = [];
  const line = (style: string, text: string | undefined) => {
    if (text !== undefined && text !== '') lines.push(new Paragraph({ style, children: children([run(text)]) }));
  };
  line('Organisation', document.organisation);
  line('Title', document.title);
  line('Subtitle', document.subtitle);
  line('Subtitle', document.date);
  lines.push(spacer());
  return lines;
}

function contentsOf(title: string | null, numbered: boolean): FileChild[] {
  if (title === null) return [];
  return [
    new Paragraph({ style: 'ContentsTitle', children: children([run(title)]) }),
    new TableOfContents(cleanLine(title), {
      hyperlink: true,
      headingStyleRange: '1-2',
      beginDirty: false,
      ...(numbered ? {} : { pageNumbersEntryLevelsRange: '1-2' }),
    }),
    pageBreak(),
  ];
}

const pageBreak = () => new Paragraph({ style: 'Spacer', children: [new PageBreak()] });
/** Two tables without a paragraph between them would become one. */
const spacer = () => new Paragraph({ style: 'Spacer' });

function headingOf(block: Heading): Paragraph {
  return new Paragraph({
    heading: LEVELS[block.level - 1] ?? HeadingLevel.HEADING_3,
    ...(block.numbered ? { numbering: { reference: 'headings', level: block.level - 1, custom: true } } : {}),
    children: children(block.runs),
  });
}

function blockOf(block: Block, landscape: boolean, lists: ListCount): FileChild[] {
  const width = landscape ? WIDTH.landscape : WIDTH.portrait;
  const spaced = (made: FileChild | null) => (made === null ? [] : [made, spacer()]);
  const captioned = (caption: string | undefined, made: FileChild[]) =>
    caption === undefined || caption === '' || made.length === 0
      ? made
      : [new Paragraph({ style: 'Caption', children: children([run(caption)]) }), ...made];
  switch (block.kind) {
    case 'heading':
      return [headingOf(block)];
    case 'paragraph':
    case 'list':
      return flow([block], { place: 'page', lists });
    case 'table':
      return captioned(block.caption, spaced(table(block, width, lists)));
    case 'bars':
      return captioned(block.caption, bars(block, width));
    case 'callout':
      return spaced(callout(block, width, lists));
    case 'keyValue':
      return spaced(keyValue(block, width));
    case 'source':
      return [new Paragraph({ style: 'SourceLine', children: children([run(block.text)]) })];
    case 'landscape':
      return block.blocks.flatMap((each) => blockOf(each, landscape, lists));
    case 'pageBreak':
      return [pageBreak()];
    case 'rule':
      return [
        new Paragraph({
          alignment: AlignmentType.CENTER,
          border: { bottom: { style: BorderStyle.SINGLE, size: 6, color: '808080', space: 1 } },
        }),
      ];
  }
}
