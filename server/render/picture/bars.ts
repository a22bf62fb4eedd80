/** The ranked chart of a round as pictures: labels at the left, bars as long as their share, the figure behind each. */
import { cleanLine } from '#core/export/text.ts';
import type { Bar, Bars } from '#core/export/tree.ts';
import { SERIF, textWidth, wrapText } from '../fonts.ts';
import { box, svg, textLine } from './svg.ts';

export interface Picture {
  readonly svg: string;
  /** Points. */
  readonly width: number;
  readonly height: number;
  /** The chart in words: every label with its figure. */
  readonly alt: string;
}

const SIZE = 10.5;
const LINE = 12.5;
const GAP = 5;
const BAR = 13;
const COLOURS = { kept: '#3B5B7E', other: '#A9B8C9', axis: '#808080' };
/** A longer label is cut here: the table under every chart has it whole. */
const MOST_LINES = 10;
/** A picture stays on its page. */
const TALLEST = 560;

/** One chart, or several where it is too tall for a page. @param width points */
export function barPictures(source: Bars, width: number): Picture[] {
  const anyKept = source.items.some(({ kept }) => kept);
  const value = Math.max(0, ...source.items.map(({ text }) => textWidth(text, SERIF, SIZE))) * 1.08;
  const label = Math.min(width * 0.46, width - value - 80);
  const rows = source.items.map((item) => {
    const lines = wrapText(cleanLine(item.label), SERIF, SIZE, label * 0.95);
    return { item, lines: lines.length <= MOST_LINES ? lines : [...lines.slice(0, MOST_LINES - 1), '…'] };
  });
  const pages: (typeof rows)[] = [];
  let used = TALLEST;
  for (const row of rows) {
    const height = heightOf(row.lines);
    if (used + height > TALLEST) {
      pages.push([]);
      used = 0;
    }
    pages.at(-1)?.push(row);
    used += height;
  }
  return pages.map((page) => draw(page, { width, label, value, anyKept }, source));
}

const heightOf = (lines: readonly string[]) => Math.max(BAR, lines.length * LINE) + GAP;

function draw(
  rows: readonly { readonly item: Bar; readonly lines: readonly string[] }[],
  { width, label, value, anyKept }: { width: number; label: number; value: number; anyKept: boolean },
  source: Bars,
): Picture {
  const body: string[] = [];
  const longest = width - label - value - 14;
  let y = GAP;
  for (const { item, lines } of rows) {
    const height = heightOf(lines) - GAP;
    const bold = item.kept ? { bold: true } : {};
    lines.forEach((line, at) =>
      body.push(
        textLine(0, y + (height - lines.length * LINE) / 2 + LINE * (at + 0.8), line, {
          order: SERIF,
          size: SIZE,
          ...bold,
        }),
      ),
    );
    const length = Math.max(item.share > 0 ? 1.5 : 0, item.share * longest);
    const fill = item.kept || !anyKept ? COLOURS.kept : COLOURS.other;
    if (length > 0) body.push(box([label + 6, y + (height - BAR) / 2, length, BAR], fill));
    body.push(
      textLine(label + 12 + length, y + height / 2 + SIZE * 0.34, item.text, { order: SERIF, size: SIZE, ...bold }),
    );
    y += height + GAP;
  }
  body.push(box([label + 5.2, GAP / 2, 0.8, y - GAP / 2], COLOURS.axis));
  const alt = [source.alt, ...rows.map(({ item }) => `${cleanLine(item.label)}: ${item.text}`)]
    .filter(Boolean)
    .join('\n');
  return { svg: svg(width, y + GAP / 2, body), width, height: y + GAP / 2, alt };
}
