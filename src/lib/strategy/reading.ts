/**
 * How a draft is counted while the connection is away: by its paragraphs. Keys are Yjs ids of the blocks at the top of the
 * text, so that "3 changes not sent" means three paragraphs, and a refusal gives their words back to their writer.
 */
import * as Y from 'yjs';
import { draftFragment } from '#core/strategy/fragment.ts';
import type { Reading } from '$lib/live/unsent.ts';

/** The block at the top of the text that holds this, or null for the text itself and for what is no part of it. */
function blockOf(type: { readonly _item: Y.Item | null }): Y.Item | null {
  let item: Y.Item | null = type._item;
  while (item !== null && item.parent instanceof Y.AbstractType && item.parent._item !== null) item = item.parent._item;
  return item;
}

const keyOf = ({ id }: Y.Item): string => `${id.client}:${id.clock}`;

function touched(transaction: Y.Transaction): string[] {
  const keys = new Set<string>();
  for (const type of transaction.changed.keys()) {
    const block = blockOf(type);
    // Blocks that came or went: the text itself changed. They are counted as one.
    keys.add(block ? keyOf(block) : 'blocks');
  }
  return [...keys];
}

function words(doc: Y.Doc, keys: readonly string[]): string[] {
  const wanted = new Set(keys);
  const own = doc.clientID;
  return draftFragment(doc)
    .toArray()
    .flatMap((block) => {
      const item = block._item;
      if (!item || !(block instanceof Y.XmlElement)) return [];
      // A block that was made here is known by its maker, whatever key it was counted under.
      if (!wanted.has(keyOf(item)) && !(wanted.has('blocks') && item.id.client === own)) return [];
      const text = textOf(block).trim();
      return text === '' ? [] : [text];
    });
}

/** A block's letters without their formats, a line for each paragraph in it. */
function textOf(block: Y.XmlElement): string {
  const lines = block.toArray().map((child) => {
    if (child instanceof Y.XmlText)
      return (child.toDelta() as { insert?: unknown }[])
        .map(({ insert }) => (typeof insert === 'string' ? insert : ''))
        .join('');
    return child instanceof Y.XmlElement ? textOf(child) : '';
  });
  return lines.filter((line) => line !== '').join('\n');
}

export const DRAFT_READING: Reading = { touched, words, isThere: (doc) => draftFragment(doc).length > 0 };
