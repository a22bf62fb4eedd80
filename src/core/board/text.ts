/**
 * The letters of a note. Two people type in one text at once, so a change is always the smallest splice between what the
 * person saw and what they made of it, moved to where that passage stands now.
 */
import { simpleDiffString } from 'lib0/diff';
import type * as Y from 'yjs';
import { ok, refuse, type Result } from '../result.ts';
import { MAX_NOTE_LENGTH } from './schema.ts';

// Control characters break XML (Word, Excel), bidirectional overrides let a text show other than it is.
const UNSHOWABLE = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\uFEFF]|\p{Surrogate}/gu;

/** Text as it may stand in a note: line ends as `\n`, composed letters (NFC: й, ё), nothing that cannot be shown. */
export function cleanText(text: string): string {
  return text
    .replace(/\r\n?|\u2028|\u2029/g, '\n')
    .replace(UNSHOWABLE, '')
    .normalize('NFC');
}

/** A whole text from outside (API, paste, import): cleaned, trimmed, not empty, within the limit. */
export function checkText(text: string): Result<string> {
  const clean = cleanText(text).trim();
  if (clean === '') return refuse('text-needed');
  return clean.length > MAX_NOTE_LENGTH ? refuse('note-too-long', { limit: MAX_NOTE_LENGTH }) : ok(clean);
}

/** Pasted lines, each a note: bullets and empty lines fall away. */
export function splitLines(pasted: string): string[] {
  return cleanText(pasted)
    .split('\n')
    .map((line) => line.replace(/^\s*(?:[-–—•·*▪●]\s+|\d{1,3}[.)]\s+)?/, '').trim())
    .filter((line) => line !== '');
}

interface Splice {
  readonly index: number;
  readonly remove: number;
  readonly insert: string;
}

/**
 * Makes `text` say `next`, in one transaction, touching only what changed.
 * @param base what the person saw when they typed, if the text may have changed since: letters that others wrote
 *   meanwhile stay. Left out: the text as it stands.
 */
export function replaceText(text: Y.Text, next: string, origin?: unknown, base?: string): Result<null> {
  const current = String(text);
  const clean = next.replace(UNSHOWABLE, '');
  const mine: Splice = simpleDiffString(base ?? current, clean);
  const splices = base === undefined || base === current ? [mine] : rebase(mine, simpleDiffString(base, current));
  const length = splices.reduce((sum, { remove, insert }) => sum - remove + insert.length, current.length);
  // Who shortens a text that is too long may do so.
  if (length > MAX_NOTE_LENGTH && length > current.length) return refuse('note-too-long', { limit: MAX_NOTE_LENGTH });
  const apply = () => {
    for (const { index, remove, insert } of splices) {
      if (remove > 0) text.delete(index, remove);
      if (insert !== '') text.insert(index, insert);
    }
  };
  if (splices.every(({ remove, insert }) => remove === 0 && insert === '')) return ok(null);
  if (text.doc) text.doc.transact(apply, origin);
  else apply();
  return ok(null);
}

/** `mine`, made against the same text as `theirs`, as it applies after `theirs`; to be applied one after the other. */
function rebase(mine: Splice, theirs: Splice): Splice[] {
  const mineEnd = mine.index + mine.remove;
  const theirsEnd = theirs.index + theirs.remove;
  if (mineEnd <= theirs.index) return [mine];
  if (mine.index >= theirsEnd) return [{ ...mine, index: mine.index + theirs.insert.length - theirs.remove }];
  // Overlap: what they removed is gone, what they inserted stays; of mine, the parts outside theirs still apply.
  const before = Math.max(0, theirs.index - mine.index);
  const after = Math.max(0, mineEnd - theirsEnd);
  const tail = theirs.index + theirs.insert.length;
  if (before === 0) return [{ index: tail, remove: after, insert: mine.insert }];
  return [
    { index: tail, remove: after, insert: '' },
    { index: mine.index, remove: before, insert: mine.insert },
  ];
}
