/** A version as the API lists it, and the paragraphs of a comparison in the order in which they are shown. */
import type { BlockChange, DraftDiff } from '#core/strategy/compare.ts';
import type { StrategyView } from './view.ts';

export type ListedVersion = StrategyView['versions'][number];

/** What changed, and runs of paragraphs between that did not. */
/** A block that is not the same in both. */
export type Changed =
  { readonly kind: 'added' | 'removed'; readonly text: string } | Extract<BlockChange, { kind: 'changed' }>;

export type Shown =
  | { readonly kind: 'unchanged'; readonly texts: readonly string[] }
  | { readonly kind: 'change'; readonly change: Changed };

export function shownOf({ blocks }: DraftDiff): Shown[] {
  const shown: Shown[] = [];
  let run: string[] = [];
  const endRun = () => {
    if (run.length > 0) shown.push({ kind: 'unchanged', texts: run });
    run = [];
  };
  for (const block of blocks) {
    if (block.kind === 'same') run.push(block.text);
    else {
      endRun();
      shown.push({ kind: 'change', change: block.kind === 'changed' ? block : { kind: block.kind, text: block.text } });
    }
  }
  endRun();
  return shown;
}

export function countsOf({ blocks }: DraftDiff): { added: number; removed: number; changed: number } {
  const count = (kind: BlockChange['kind']) => blocks.filter((block) => block.kind === kind).length;
  return { added: count('added'), removed: count('removed'), changed: count('changed') };
}
