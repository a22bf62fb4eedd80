/**
 * What may be voted on, read from a board: its notes, or its groups with the notes behind them. The texts are copied,
 * so that nothing written on the board afterwards changes what people voted on.
 */
import type { Board } from '../board/read.ts';
import { ok, refuse, type Result } from '../result.ts';
import type { Option, RoundSettings } from './types.ts';

/** Every note or group of a board, in reading order. Notes without text are nothing one could vote on. */
export function optionsOf(board: Board, of: RoundSettings['of']): readonly Option[] {
  const written = board.notes.filter(({ text }) => text.trim() !== '');
  if (of === 'notes') return written.map(({ id, text, at }) => ({ id, text, noteIds: [id], zone: at[0] }));
  return board.groups.flatMap(({ id, title, at, noteIds }) => {
    const inside = written.filter((note) => noteIds.includes(note.id));
    // A group that nobody has named speaks by its notes.
    const text = title.trim() === '' ? inside.map((note) => note.text).join(' · ') : title;
    return text === '' ? [] : [{ id, text, noteIds, zone: at[0] }];
  });
}

/** Those that somebody picked, in the order of the board; all of them where nobody picked. */
export function pickOptions(all: readonly Option[], chosen: readonly string[] | null): Result<readonly Option[]> {
  if (chosen === null) return ok(all);
  const ids = new Set(chosen);
  if (ids.size < chosen.length) return refuse('option-repeated');
  const picked = all.filter(({ id }) => ids.has(id));
  return picked.length < ids.size ? refuse('option-unknown') : ok(picked);
}
