/** Every piece of text in a document, in reading order: for counting, and for comparing what went in with what came out. */
import { flatten, type Block, type Flow } from './tree.ts';

function ofFlow(blocks: readonly Flow[]): string[] {
  return blocks.flatMap((flow) =>
    flow.kind === 'paragraph' ? [flow.runs.map(({ text }) => text).join('')] : flow.items.flatMap(ofFlow),
  );
}

export function textsOf(blocks: readonly Block[]): string[] {
  return flatten(blocks).flatMap((block): string[] => {
    switch (block.kind) {
      case 'heading':
        return [block.runs.map(({ text }) => text).join('')];
      case 'paragraph':
      case 'list':
        return ofFlow([block]);
      case 'table': {
        const cells = [...block.head, ...block.rows].flatMap((row) => row.flatMap((cell) => ofFlow(cell.blocks)));
        return block.caption === undefined ? cells : [block.caption, ...cells];
      }
      case 'callout':
        return [block.title, ...ofFlow(block.blocks)];
      case 'bars':
        return [block.caption, ...block.items.flatMap(({ label, text }) => [label, text])];
      case 'keyValue':
        return block.rows.flatMap(({ key, runs }) => [key, runs.map(({ text }) => text).join('')]);
      case 'source':
        return [block.text];
      default:
        return [];
    }
  });
}
