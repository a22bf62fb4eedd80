/** A board's drawing as a file: PNG at print resolution, or a PDF the size of a poster, whose words stay words. */
import type { TDocumentDefinitions } from 'pdfmake/interfaces.js';
import type { Drawing } from './board.ts';
import { pngOf } from './png.ts';

/** The long side of A3 at 300 dots an inch. */
const LONG_SIDE = 4961;
/** Beyond it a picture takes more memory (four bytes a pixel) than the room's server can spare. */
const MOST_PIXELS = 48_000_000;

export function boardPng({ svg, width, height }: Drawing): Uint8Array {
  const wanted = LONG_SIDE / Math.max(width, height);
  return pngOf(svg, Math.min(Math.max(wanted, 1), Math.sqrt(MOST_PIXELS / (width * height))));
}

/** Points. */
const A1 = [2384, 1684] as const;
const A0 = [3370, 2384] as const;
const MARGIN = 40;

/** A1, or A0 where the board is full; lying or standing as the drawing is. */
export function posterDocument({ svg, width, height }: Drawing, title: string, language: string): TDocumentDefinitions {
  const [long, short] = Math.max(width, height) > 2600 ? A0 : A1;
  const [wide, tall] = width >= height ? [long, short] : [short, long];
  return {
    pageSize: { width: wide, height: tall },
    pageMargins: MARGIN,
    content: [{ svg, fit: [wide - 2 * MARGIN, tall - 2 * MARGIN], alignment: 'center' }],
    info: { title, author: 'Ashar', creator: 'Ashar', producer: 'Ashar' },
    language,
    displayTitle: true,
  } as TDocumentDefinitions;
}
