/**
 * The look of a government office's document here: A4, margins 30/10/20/20 mm, Times New Roman 14, headings numbered
 * 1., 1.1. Everything is a real Word style, so that the office's own template can take over by replacing styles.
 */
import {
  AlignmentType,
  LevelFormat,
  LevelSuffix,
  LineRuleType,
  type ILevelsOptions,
  type INumberingOptions,
  type IStylesOptions,
} from 'docx';
import type { Tint } from '#core/export/tree.ts';
import type { Language } from '#core/people/caller.ts';

export const FONT = 'Times New Roman';
export const CODE_FONT = 'Courier New';

/** Twips (1/1440 inch). */
const mm = (millimetres: number) => Math.round((millimetres * 1440) / 25.4);

export const PAGE = { width: mm(210), height: mm(297) };
export const PORTRAIT = {
  left: mm(30),
  right: mm(10),
  top: mm(20),
  bottom: mm(20),
  header: mm(10),
  footer: mm(10),
  gutter: 0,
};
/** The binding edge of a page that is turned is its top. */
export const LANDSCAPE = {
  left: mm(20),
  right: mm(20),
  top: mm(30),
  bottom: mm(15),
  header: mm(10),
  footer: mm(7),
  gutter: 0,
};
/** Width of the text, twips. */
export const WIDTH = {
  portrait: PAGE.width - PORTRAIT.left - PORTRAIT.right,
  landscape: PAGE.height - LANDSCAPE.left - LANDSCAPE.right,
};

export const LOCALES: Record<Language, string> = { ky: 'ky-KG', ru: 'ru-RU', en: 'en-GB' };

/** Light enough for black type on a black and white printer too. */
export const TINTS: Record<Tint, string> = {
  head: 'E7E6E6',
  yellow: 'FFF6D6',
  rose: 'FBE4E4',
  blue: 'E3EDF7',
  green: 'E6F2E3',
  violet: 'EEE7F5',
  grey: 'F2F2F2',
};
export const TONES = { note: 'grey', warning: 'yellow', decision: 'green' } as const;
export const TONE_EDGES = { note: '7F7F7F', warning: 'C98A00', decision: '4E7F43' } as const;
export const LINE = 'A6A6A6';

/** Half points. */
const pt = (points: number) => points * 2;
const twips = (points: number) => points * 20;
const AUTO = LineRuleType.AUTO;
const black = { color: '000000', font: FONT };

export function styles(language: Language): IStylesOptions {
  const headingStyle = (size: number, before: number, italics = false) => ({
    run: { ...black, size: pt(size), bold: true, italics },
    paragraph: {
      keepNext: true,
      keepLines: true,
      spacing: { before: twips(before), after: twips(6), line: 240, lineRule: AUTO },
      alignment: AlignmentType.LEFT,
    },
  });
  return {
    default: {
      document: {
        run: {
          font: FONT,
          size: pt(14),
          language: { value: LOCALES[language], eastAsia: LOCALES[language], bidirectional: LOCALES[language] },
        },
        paragraph: { spacing: { line: 259, lineRule: AUTO, after: twips(4) } },
      },
      title: {
        run: { ...black, size: pt(18), bold: true },
        paragraph: {
          alignment: AlignmentType.CENTER,
          spacing: { before: twips(18), after: twips(6), line: 240, lineRule: AUTO },
        },
      },
      heading1: headingStyle(15, 16),
      heading2: headingStyle(14, 12),
      heading3: headingStyle(14, 8, true),
      hyperlink: { run: { color: '1F4E79', underline: {} } },
      caption: {
        run: { ...black, size: pt(12), bold: true, italics: false },
        paragraph: {
          keepNext: true,
          keepLines: true,
          spacing: { before: twips(8), after: twips(4), line: 240, lineRule: AUTO },
        },
      },
      listParagraph: { paragraph: { contextualSpacing: false } },
    },
    paragraphStyles: [
      {
        id: 'BodyText',
        name: 'Body Text',
        basedOn: 'Normal',
        quickFormat: true,
        paragraph: {
          alignment: AlignmentType.JUSTIFIED,
          indent: { firstLine: mm(12.5) },
          spacing: { after: twips(4) },
        },
      },
      {
        id: 'Subtitle',
        name: 'Subtitle',
        basedOn: 'Normal',
        quickFormat: true,
        run: { size: pt(14) },
        paragraph: { alignment: AlignmentType.CENTER, spacing: { after: twips(4), line: 240, lineRule: AUTO } },
      },
      {
        id: 'Organisation',
        name: 'Organisation',
        basedOn: 'Normal',
        quickFormat: true,
        run: { size: pt(14), bold: true },
        paragraph: { alignment: AlignmentType.CENTER, spacing: { after: twips(12), line: 240, lineRule: AUTO } },
      },
      {
        id: 'TableText',
        name: 'Table Text',
        basedOn: 'Normal',
        quickFormat: true,
        run: { size: pt(11) },
        paragraph: { spacing: { line: 240, lineRule: AUTO, after: 0 } },
      },
      {
        id: 'TableHead',
        name: 'Table Head',
        basedOn: 'TableText',
        run: { size: pt(10), bold: true },
      },
      {
        id: 'CalloutText',
        name: 'Callout Text',
        basedOn: 'TableText',
        run: { size: pt(12) },
        paragraph: { spacing: { line: 240, lineRule: AUTO, after: twips(2) } },
      },
      {
        id: 'Picture',
        name: 'Picture',
        basedOn: 'Normal',
        paragraph: { spacing: { before: 0, after: twips(8), line: 240, lineRule: AUTO } },
      },
      {
        id: 'SourceLine',
        name: 'Source Line',
        basedOn: 'Normal',
        run: { size: pt(10), italics: true, color: '404040' },
        paragraph: { spacing: { before: twips(4), after: twips(6), line: 240, lineRule: AUTO } },
      },
      {
        id: 'Quote',
        name: 'Quote',
        basedOn: 'Normal',
        quickFormat: true,
        run: { italics: true },
        paragraph: { indent: { left: mm(12.5), right: mm(12.5) } },
      },
      {
        id: 'Code',
        name: 'Code',
        basedOn: 'Normal',
        run: { font: CODE_FONT, size: pt(11) },
        paragraph: { shading: { fill: TINTS.grey }, spacing: { line: 240, lineRule: AUTO, after: 0 } },
      },
      {
        id: 'Spacer',
        name: 'Spacer',
        basedOn: 'Normal',
        run: { size: pt(4) },
        paragraph: { spacing: { line: 240, lineRule: AUTO, before: 0, after: 0 } },
      },
      {
        id: 'ContentsTitle',
        name: 'TOC Heading',
        basedOn: 'Normal',
        run: { bold: true, size: pt(14) },
        paragraph: { alignment: AlignmentType.CENTER, keepNext: true, spacing: { before: twips(18), after: twips(8) } },
      },
      {
        id: 'TOC1',
        name: 'toc 1',
        basedOn: 'Normal',
        run: { size: pt(13) },
        paragraph: { spacing: { line: 240, lineRule: AUTO, before: twips(3), after: twips(3) } },
      },
      {
        id: 'TOC2',
        name: 'toc 2',
        basedOn: 'Normal',
        run: { size: pt(13) },
        paragraph: { spacing: { line: 240, lineRule: AUTO, after: twips(2) }, indent: { left: mm(7) } },
      },
      {
        id: 'Footer',
        name: 'footer',
        basedOn: 'Normal',
        run: { size: pt(10) },
        paragraph: { alignment: AlignmentType.CENTER, spacing: { line: 240, lineRule: AUTO, after: 0 } },
      },
    ],
  };
}

export const DEEPEST_LIST = 8;

function bullets(step: number, from: number): ILevelsOptions[] {
  return Array.from({ length: DEEPEST_LIST + 1 }, (_, level) => ({
    level,
    format: LevelFormat.BULLET,
    text: '\u2013',
    alignment: AlignmentType.LEFT,
    style: { run: { font: FONT }, paragraph: { indent: { left: from + step * (level + 1), hanging: step } } },
  }));
}

/** Sub-points are а), б) where people write Cyrillic. */
function numbers(step: number, from: number, language: Language): ILevelsOptions[] {
  const letters = language === 'en' ? LevelFormat.LOWER_LETTER : LevelFormat.RUSSIAN_LOWER;
  return Array.from({ length: DEEPEST_LIST + 1 }, (_, level) => ({
    level,
    format: level % 2 === 0 ? LevelFormat.DECIMAL : letters,
    text: `%${level + 1}${level % 2 === 0 ? '.' : ')'}`,
    alignment: AlignmentType.LEFT,
    style: { paragraph: { indent: { left: from + step * (level + 1), hanging: step } } },
  }));
}

export const numbering = (language: Language): INumberingOptions => ({
  config: [
    {
      reference: 'headings',
      levels: ['%1.', '%1.%2.', '%1.%2.%3.'].map((text, level) => ({
        level,
        text,
        format: LevelFormat.DECIMAL,
        alignment: AlignmentType.LEFT,
        suffix: LevelSuffix.SPACE,
        style: { paragraph: { indent: { left: 0, firstLine: 0 } } },
      })),
    },
    { reference: 'page-bullets', levels: bullets(mm(6.5), mm(6)) },
    { reference: 'page-numbers', levels: numbers(mm(8), mm(6), language) },
    { reference: 'cell-bullets', levels: bullets(mm(4), 0) },
    { reference: 'cell-numbers', levels: numbers(mm(6), 0, language) },
  ],
});
