/** The board for print: every note on it, in a size that a printer asks for. */
import { expect, test } from 'vitest';
import { boardDrawing } from '#server/render/picture/board.ts';
import { boardPng, posterDocument } from '#server/render/picture/poster.ts';
import { writePdf } from '#server/render/pdf.ts';
import { pdfLetters, poppler, POPPLER } from './pdf-text.ts';
import { unionSource } from './source.ts';

const words = { title: 'Сессия', foot: 'Булагы', zoneEmpty: 'жок', noteEmpty: 'бош', groupUntitled: 'аталышы жок' };
const letters = (text: string) => text.replace(/\s+/gu, '');

test('[D26] the board as PNG is 4961 pixels on its long side (A3 at 300 dots an inch); as a poster it is A1 and its words are words', async () => {
  for (const board of unionSource().boards) {
    const drawing = boardDrawing(board, 'ky', words);
    const png = boardPng(drawing);
    const view = new DataView(png.buffer, png.byteOffset);
    expect(Math.abs(Math.max(view.getUint32(16), view.getUint32(20)) - 4961)).toBeLessThan(3);
    if (!POPPLER) return;
    const pdf = await writePdf(posterDocument(drawing, 'Сессия', 'ky-KG'));
    expect(poppler('pdfinfo', pdf)).toMatch(/Pages: +1\n/);
    expect(poppler('pdfinfo', pdf)).toMatch(/2384 x 1684|1684 x 2384/);
    const shown = pdfLetters(pdf);
    for (const { text } of board.notes)
      for (const word of text.split(/\s+/)) if (word.length < 20) expect(shown).toContain(letters(word));
  }
});
