/**
 * Two states of a draft side by side: which paragraphs came, went or changed, and inside a changed one which words. By
 * longest common subsequence (Wagner and Fischer, JACM 21/1974) over blocks, then over words; formatting alone is no change.
 */
import { plainText, proseNode } from '../export/prose.ts';

export interface WordChange {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

export type BlockChange =
  | { readonly kind: 'same' | 'added' | 'removed'; readonly block: string; readonly text: string }
  | {
      readonly kind: 'changed';
      readonly block: string;
      readonly before: string;
      readonly after: string;
      readonly words: readonly WordChange[];
    };

export interface DraftDiff {
  readonly blocks: readonly BlockChange[];
  readonly same: boolean;
}

interface Block {
  /** heading, paragraph, listItem, tableRow … */
  readonly block: string;
  readonly text: string;
}

/** More cells than this and the middle counts as replaced: a whole draft pasted anew is no comparison. */
const CELLS = 4_000_000;
/** Blocks that share less than this of their words are two different paragraphs. */
const ALIKE = 0.4;

/** A changed paragraph is looked for among so many that came at its place. */
const NEAR = 4;

const CONTAINERS = new Set(['doc', 'bulletList', 'orderedList', 'blockquote', 'table']);

/** The draft as a list of what people call paragraphs: list items and table rows count for themselves. */
function blocksOf(value: unknown, into: Block[] = [], depth = 0): Block[] {
  const node = proseNode(value);
  if (!node) return into;
  if (CONTAINERS.has(node.type) && depth < 40) for (const child of node.content) blocksOf(child, into, depth + 1);
  else {
    const text = plainText(node).replaceAll('\n', node.type === 'tableRow' ? ' | ' : '\n');
    if (text.trim() !== '') into.push({ block: node.type, text });
  }
  return into;
}

type Step = readonly ['same' | 'removed' | 'added', number];

/** Indexes into `a` (same, removed) and `b` (added), in reading order. */
function align(a: readonly string[], b: readonly string[]): Step[] {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const [n, m] = [a.length - start - end, b.length - start - end];
  const steps: Step[] = Array.from({ length: start }, (_, at) => ['same', at] as const);
  if (n * m > CELLS) {
    for (let at = 0; at < n; at++) steps.push(['removed', start + at]);
    for (let at = 0; at < m; at++) steps.push(['added', start + at]);
  } else {
    const width = m + 1;
    const longest = new Uint32Array((n + 1) * width);
    for (let i = n - 1; i >= 0; i--)
      for (let j = m - 1; j >= 0; j--)
        longest[i * width + j] =
          a[start + i] === b[start + j]
            ? (longest[(i + 1) * width + j + 1] ?? 0) + 1
            : Math.max(longest[(i + 1) * width + j] ?? 0, longest[i * width + j + 1] ?? 0);
    let [i, j] = [0, 0];
    while (i < n || j < m) {
      if (i < n && j < m && a[start + i] === b[start + j]) {
        steps.push(['same', start + i]);
        i++;
        j++;
      } else if (i < n && (j === m || (longest[(i + 1) * width + j] ?? 0) >= (longest[i * width + j + 1] ?? 0)))
        steps.push(['removed', start + i++]);
      else steps.push(['added', start + j++]);
    }
  }
  for (let at = a.length - end; at < a.length; at++) steps.push(['same', at]);
  return steps;
}

/** Words with the space or punctuation that follows them. */
const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{N}]+|\s+|[^\p{L}\p{N}\s]/gu) ?? [];

/** One text against another, word by word. */
export function compareWords(before: string, after: string): WordChange[] {
  const [a, b] = [wordsOf(before), wordsOf(after)];
  const changes: { kind: WordChange['kind']; text: string }[] = [];
  for (const [kind, at] of align(a, b)) {
    const text = (kind === 'added' ? b[at] : a[at]) ?? '';
    const last = changes.at(-1);
    if (last?.kind === kind) last.text += text;
    else changes.push({ kind, text });
  }
  return changes;
}

const size = (words: readonly WordChange[], kinds: readonly WordChange['kind'][]): number =>
  words.filter(({ kind }) => kinds.includes(kind)).reduce((sum, { text }) => sum + text.trim().length, 0);

/** @param before, after ProseMirror JSON of a whole draft; anything else reads as empty. */
export function compareDrafts(before: unknown, after: unknown): DraftDiff {
  const [a, b] = [blocksOf(before), blocksOf(after)];
  const key = ({ block, text }: Block): string => `${block} ${text}`;
  const changes: BlockChange[] = [];
  let removed: Block[] = [];
  let added: Block[] = [];
  const endRun = () => {
    changes.push(...pairUp(removed, added));
    removed = [];
    added = [];
  };
  for (const [kind, at] of align(a.map(key), b.map(key))) {
    const block = (kind === 'added' ? b : a)[at];
    if (!block) continue;
    if (kind === 'removed') removed.push(block);
    else if (kind === 'added') added.push(block);
    else {
      endRun();
      changes.push({ kind: 'same', ...block });
    }
  }
  endRun();
  return { blocks: changes, same: changes.every(({ kind }) => kind === 'same') };
}

/** What went and what came at one place: a paragraph that is still recognised is a changed one. */
function pairUp(removed: readonly Block[], added: readonly Block[]): BlockChange[] {
  const changes: BlockChange[] = [];
  let next = 0;
  for (const gone of removed) {
    const words = added
      .slice(next, next + NEAR)
      .map((came) => (came.block === gone.block ? compareWords(gone.text, came.text) : null));
    const match = words.findIndex(
      (each) =>
        each !== null &&
        size(each, ['same']) >= ALIKE * Math.max(size(each, ['same', 'removed']), size(each, ['same', 'added'])),
    );
    const came = match < 0 ? undefined : added[next + match];
    if (!came) {
      changes.push({ kind: 'removed', ...gone });
      continue;
    }
    for (const other of added.slice(next, next + match)) changes.push({ kind: 'added', ...other });
    changes.push({
      kind: 'changed',
      block: came.block,
      before: gone.text,
      after: came.text,
      words: words[match] ?? [],
    });
    next += match + 1;
  }
  for (const came of added.slice(next)) changes.push({ kind: 'added', ...came });
  return changes;
}
