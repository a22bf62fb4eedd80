/** PDF from a document of pdfmake, in Noto Sans from this folder (it has ң ө ү); nothing else is read, nothing fetched. */
import { readFileSync } from 'node:fs';
import pdfmakeOnly from 'pdfmake';
import type { TDocumentDefinitions } from 'pdfmake/interfaces.js';

/** Its types leave out the files that it holds in memory. */
const pdfmake = pdfmakeOnly as typeof pdfmakeOnly & {
  readonly virtualfs: { writeFileSync(name: string, content: Buffer): void };
};

const FONTS = new URL('./fonts/', import.meta.url);
const file = (name: string): Buffer => readFileSync(new URL(name, FONTS));

let ready = false;

function prepare(): void {
  if (ready) return;
  ready = true;
  pdfmake.virtualfs.writeFileSync('NotoSans-Regular.ttf', file('NotoSans-Regular.ttf'));
  pdfmake.virtualfs.writeFileSync('NotoSans-Bold.ttf', file('NotoSans-Bold.ttf'));
  const [normal, bold] = ['NotoSans-Regular.ttf', 'NotoSans-Bold.ttf'];
  pdfmake.setFonts({ Noto: { normal, bold, italics: normal, bolditalics: bold } });
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy(() => false);
}

export async function writePdf(document: TDocumentDefinitions): Promise<Uint8Array> {
  prepare();
  return new Uint8Array(
    await pdfmake.createPdf({ ...document, defaultStyle: { font: 'Noto', ...document.defaultStyle } }).getBuffer(),
  );
}
