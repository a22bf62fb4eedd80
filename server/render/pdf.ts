/**
 * PDF from a document of pdfmake, in the fonts of this folder (they have ң ө ү); nothing else is read, nothing fetched.
 * Liberation Serif is as wide as Times New Roman letter by letter, so a PDF breaks its lines where the Word file does.
 */
import { fileURLToPath } from 'node:url';
import pdfmakeOnly from 'pdfmake';
import type { TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { FONT_FILES, fontPath } from './fonts.ts';

/** Its types leave out the share of the work that is done. */
const pdfmake = pdfmakeOnly as typeof pdfmakeOnly & {
  setProgressCallback(callback: (share: number) => void): void;
};

/** Faces beside the regular one; where a font has none, the regular one stands in. */
const FACES: Readonly<Record<string, readonly [bold: string, italics: string, both: string]>> = {
  'Liberation Serif': ['LiberationSerif-Bold.ttf', 'LiberationSerif-Italic.ttf', 'LiberationSerif-BoldItalic.ttf'],
  'Noto Sans': ['NotoSans-Bold.ttf', 'NotoSans-Regular.ttf', 'NotoSans-Bold.ttf'],
};

let ready = false;

function prepare(): void {
  if (ready) return;
  ready = true;
  const known = new Set<string>();
  const path = (file: string): string => {
    const full = fileURLToPath(fontPath(file));
    known.add(full);
    return full;
  };
  const fonts = Object.entries(FONT_FILES).map(([name, normal]) => {
    const [bold, italics, bolditalics] = FACES[name] ?? [normal, normal, normal];
    return [name, { normal: path(normal), bold: path(bold), italics: path(italics), bolditalics: path(bolditalics) }];
  });
  pdfmake.setFonts(Object.fromEntries(fonts));
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy((file) => known.has(file));
}

/** @param onShare hears how much of the drawing is done, 0 to 1; laying out, which comes before, tells nothing. */
export async function writePdf(
  document: TDocumentDefinitions,
  onShare: (share: number) => void = () => {},
): Promise<Uint8Array> {
  prepare();
  pdfmake.setProgressCallback(onShare);
  const defaultStyle = { font: 'Noto Sans', ...document.defaultStyle };
  return new Uint8Array(await pdfmake.createPdf({ ...document, defaultStyle }).getBuffer());
}
