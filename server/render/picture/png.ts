/** A picture of ours as PNG, in the fonts of the folder beside and no others: the same on every machine. */
import { fileURLToPath } from 'node:url';
import { Resvg } from '@resvg/resvg-js';
import { FONT_FILES, fontPath } from '../fonts.ts';

const BOLD: Readonly<Record<string, string>> = {
  'Liberation Serif': 'LiberationSerif-Bold.ttf',
  'Noto Sans': 'NotoSans-Bold.ttf',
};

/** Only the fonts that the drawing names: reading all of them takes longer than most pictures. */
function filesFor(svg: string): string[] {
  return Object.entries(FONT_FILES)
    .filter(([name]) => svg.includes(`font-family="${name}"`))
    .flatMap(([name, file]) => [file, ...(BOLD[name] ? [BOLD[name]] : [])])
    .map((file) => fileURLToPath(fontPath(file)));
}

/** @param zoom pixels for each unit of the drawing; takes some milliseconds a megapixel, so call it in a worker. */
export function pngOf(svg: string, zoom: number): Uint8Array {
  const picture = new Resvg(svg, {
    font: { fontFiles: filesFor(svg), loadSystemFonts: false, defaultFontFamily: 'Noto Sans' },
    fitTo: { mode: 'zoom', value: zoom },
    background: '#ffffff',
  });
  return new Uint8Array(picture.render().asPng());
}
