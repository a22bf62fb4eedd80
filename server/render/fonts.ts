/**
 * Which of the fonts in this folder has which letter, and how wide it is: read from the files' own tables. A PDF or a
 * picture can only show what an embedded font draws, so every text is cut into runs of one font; a letter that no font
 * has is written by its number, because a box would lose it.
 */
import { readFileSync } from 'node:fs';

export const FONT_FILES = {
  'Liberation Serif': 'LiberationSerif-Regular.ttf',
  'Noto Sans': 'NotoSans-Regular.ttf',
  'Noto Sans Symbols2': 'NotoSansSymbols2-Regular.ttf',
  'Noto Emoji': 'NotoEmoji-Regular.ttf',
  'Noto Sans Arabic': 'NotoSansArabic-Regular.ttf',
} as const;
export type FontName = keyof typeof FONT_FILES;

const REST = ['Noto Sans Symbols2', 'Noto Emoji', 'Noto Sans Arabic'] as const;
/** In this order a letter is looked for: documents in the type of an office, boards in that of the screen. */
export const SERIF: readonly FontName[] = ['Liberation Serif', 'Noto Sans', ...REST];
export const SANS: readonly FontName[] = ['Noto Sans', 'Liberation Serif', ...REST];

const FOLDER = new URL('./fonts/', import.meta.url);
export const fontPath = (file: string): URL => new URL(file, FOLDER);

interface Face {
  /** Glyph number of a code point; 0: none. */
  glyph(code: number): number;
  /** Width of a code point, in ems. */
  advance(code: number): number;
}

const faces = new Map<FontName, Face>();

function faceOf(name: FontName): Face {
  const known = faces.get(name);
  if (known) return known;
  const file = readFileSync(fontPath(FONT_FILES[name]));
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const tables = new Map<string, number>();
  for (let at = 0; at < view.getUint16(4); at++)
    tables.set(file.toString('latin1', 12 + at * 16, 16 + at * 16), view.getUint32(20 + at * 16));
  const table = (tag: string) => tables.get(tag) ?? 0;
  const codes = readCharacters(view, table('cmap'));
  const metrics = view.getUint16(table('hhea') + 34);
  const em = view.getUint16(table('head') + 18);
  const face: Face = {
    glyph: (code) => codes.get(code) ?? 0,
    advance: (code) => view.getUint16(table('hmtx') + Math.min(codes.get(code) ?? 0, metrics - 1) * 4) / em,
  };
  faces.set(name, face);
  return face;
}

/** The subtables of `cmap` that fonts here have: 4 (two bytes) and 12 (all of Unicode). OpenType specification, cmap. */
function readCharacters(view: DataView, cmap: number): Map<number, number> {
  const codes = new Map<number, number>();
  for (let at = 0; at < view.getUint16(cmap + 2); at++) {
    const table = cmap + view.getUint32(cmap + 8 + at * 8);
    const format = view.getUint16(table);
    if (format === 12) {
      for (let group = 0; group < view.getUint32(table + 12); group++) {
        const from = table + 16 + group * 12;
        const [first, last, glyph] = [view.getUint32(from), view.getUint32(from + 4), view.getUint32(from + 8)];
        for (let code = first; code <= last; code++) codes.set(code, glyph + code - first);
      }
    } else if (format === 4) {
      const twice = view.getUint16(table + 6);
      for (let segment = 0; segment < twice; segment += 2) {
        const [last, first] = [view.getUint16(table + 14 + segment), view.getUint16(table + 16 + twice + segment)];
        const delta = view.getUint16(table + 16 + 2 * twice + segment);
        const place = table + 16 + 3 * twice + segment;
        const offset = view.getUint16(place);
        for (let code = first; code <= last && code < 0xffff; code++) {
          const raw = offset === 0 ? code : view.getUint16(place + offset + (code - first) * 2);
          const glyph = raw === 0 ? 0 : (raw + delta) & 0xffff;
          if (glyph !== 0) codes.set(code, glyph);
        }
      }
    }
  }
  return codes;
}

/** Signs that show nothing themselves: joiners, variation selectors, soft hyphens, tags. */
const UNSEEN = /[\u00AD\u034F\u200B-\u200D\u2060\uFE00-\uFE0F\uFEFF\u{E0000}-\u{E0FFF}]/u;
/** What the first font of either order surely has: most texts need no closer look. */
const PLAIN =
  /^[\n\u0020-\u007E\u00A0-\u00AC\u00AE-\u00FF\u0400-\u045F\u0490-\u0493\u04A2\u04A3\u04AE\u04AF\u04E8\u04E9\u2013\u2014\u2018-\u201E\u2026\u2116\u2022]*$/;
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

export interface FontRun {
  readonly text: string;
  readonly font: FontName;
}

const has = (font: FontName, text: string) =>
  [...text].every((sign) => UNSEEN.test(sign) || sign === '\n' || faceOf(font).glyph(sign.codePointAt(0) ?? 0) !== 0);

/** A text as runs of one font each; together they are the text, but for letters that no font has: `[U+4E2D]`. */
export function fontRuns(text: string, order: readonly FontName[]): FontRun[] {
  const [first = 'Noto Sans'] = order;
  if (PLAIN.test(text)) return text === '' ? [] : [{ text, font: first }];
  const runs: { text: string; font: FontName }[] = [];
  const add = (piece: string, font: FontName) => {
    const last = runs.at(-1);
    if (last?.font === font) last.text += piece;
    else runs.push({ text: piece, font });
  };
  for (const { segment } of graphemes.segment(text)) {
    const font = order.find((name) => has(name, segment));
    if (font) add(drawn(segment, font), font);
    else
      for (const sign of segment) {
        const own = order.find((name) => has(name, sign));
        if (own) add(drawn(sign, own), own);
        else add(`[U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`, first);
      }
  }
  return runs;
}

/** Without the unseen signs that the font would draw as a box. */
function drawn(text: string, font: FontName): string {
  return [...text].filter((sign) => !UNSEEN.test(sign) || faceOf(font).glyph(sign.codePointAt(0) ?? 0) !== 0).join('');
}

/** Width of a text at a size, in the unit of the size. */
export function textWidth(text: string, order: readonly FontName[], size: number): number {
  let width = 0;
  for (const { text: piece, font } of fontRuns(text, order))
    for (const sign of piece) width += faceOf(font).advance(sign.codePointAt(0) ?? 0);
  return width * size;
}

/** A text as lines that fit a width; a word that is wider than the line is broken, nothing is left out. */
export function wrapText(text: string, order: readonly FontName[], size: number, width: number): string[] {
  return text.split('\n').flatMap((line) => {
    const lines: string[] = [];
    let current = '';
    let used = 0;
    for (const piece of line.split(/(?<=[\s\u2010\u2013-])/u)) {
      const wide = textWidth(piece.trimEnd(), order, size);
      if (current !== '' && used + wide > width) {
        lines.push(current.trimEnd());
        [current, used] = ['', 0];
      }
      if (wide <= width) {
        current += piece;
        used += textWidth(piece, order, size);
        continue;
      }
      for (const { segment } of graphemes.segment(piece)) {
        const one = textWidth(segment, order, size);
        if (current !== '' && used + one > width) {
          lines.push(current);
          [current, used] = ['', 0];
        }
        current += segment;
        used += one;
      }
    }
    return [...lines, current.trimEnd()];
  });
}
