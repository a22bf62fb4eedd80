/** SVG by hand: what charts and boards are drawn with, read by resvg (PNG) and by pdfmake (PDF) alike. */
import { cleanText } from '#core/export/text.ts';
import { fontRuns, type FontName } from '../fonts.ts';

/** XML text and attribute values. */
export const escapeXml = (text: string): string =>
  cleanText(text).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const round = (value: number): string => String(Math.round(value * 100) / 100);

export interface Look {
  readonly order: readonly FontName[];
  readonly size: number;
  readonly bold?: boolean;
  readonly fill?: string;
  readonly anchor?: 'start' | 'middle' | 'end';
}

/** One line of text, each run of letters in the font that has them. `y` is the baseline. */
export function textLine(x: number, y: number, text: string, { order, size, bold, fill, anchor }: Look): string {
  const runs = fontRuns(text, order)
    .map((run) => `<tspan font-family="${run.font}">${escapeXml(run.text)}</tspan>`)
    .join('');
  const weight = bold ? ' font-weight="bold"' : '';
  const turned = anchor && anchor !== 'start' ? ` text-anchor="${anchor}"` : '';
  return `<text x="${round(x)}" y="${round(y)}" font-size="${round(size)}" font-family="${order[0] ?? 'Noto Sans'}" fill="${fill ?? '#000000'}"${weight}${turned}>${runs}</text>`;
}

export function box(
  [x, y, width, height]: readonly [number, number, number, number],
  fill: string,
  edge?: { readonly colour: string; readonly width: number },
  radius = 0,
): string {
  const stroke = edge ? ` stroke="${edge.colour}" stroke-width="${round(edge.width)}"` : '';
  const round_ = radius > 0 ? ` rx="${round(radius)}"` : '';
  return `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" fill="${fill}"${stroke}${round_}/>`;
}

export function svg(width: number, height: number, body: readonly string[]): string {
  const size = `width="${round(width)}" height="${round(height)}" viewBox="0 0 ${round(width)} ${round(height)}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>${body.join('')}</svg>`;
}
