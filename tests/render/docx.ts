/** Reads a .docx as data, without our own writer: its parts, whether each is well-formed XML, and its text. */
import { strFromU8, unzipSync } from 'fflate';

export function partsOf(bytes: Uint8Array): Map<string, string> {
  return new Map(Object.entries(unzipSync(bytes)).map(([name, part]) => [name, strFromU8(part)]));
}

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
export const unescape = (text: string) =>
  text.replace(/&(#x[0-9a-f]+|#\d+|\w+);/gi, (_, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name] ?? '';
    return String.fromCodePoint(name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1)));
  });

/** What is wrong with XML (its 1.0 edition, elements and attributes only, which is all that OOXML uses); null: nothing. */
export function xmlFault(xml: string): string | null {
  const bad = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.exec(xml);
  if (bad) return `character ${bad[0].codePointAt(0)?.toString(16) ?? ''} at ${bad.index}`;
  const open: string[] = [];
  const token = /<\?[^>]*\?>|<(\/?)([A-Za-z_][\w:.-]*)((?:\s+[\w:.-]+="[^"<]*")*)\s*(\/?)>|([^<]+)|(<)/gy;
  for (let at = 0; at < xml.length;) {
    token.lastIndex = at;
    const match = token.exec(xml);
    if (!match || match[6] !== undefined) return `stray < at ${at}: ${xml.slice(at, at + 60)}`;
    const [whole, closing, name = '', attributes = '', empty, text = ''] = match;
    if (/&(?!(?:lt|gt|amp|quot|apos|#\d+|#x[0-9a-f]+);)/i.test(attributes + text)) return `bare & at ${at}`;
    if (name !== '' && !whole.startsWith('<?')) {
      if (closing) {
        if (open.pop() !== name) return `</${name}> closes nothing at ${at}`;
      } else if (!empty) open.push(name);
    }
    at += whole.length;
  }
  return open.length > 0 ? `${open.join(' > ')} left open` : null;
}

/** The text of word/document.xml: a line for each paragraph and line break. */
export function textOfDocx(bytes: Uint8Array): string {
  const xml = partsOf(bytes).get('word/document.xml') ?? '';
  return xml
    .replace(/<w:instrText[^>]*>[^<]*<\/w:instrText>/g, '')
    .replace(/<w:br\/>|<\/w:p>/g, '\n')
    .replace(/<w:tab\/>/g, '\t')
    .replace(/<[^>]+>/g, '')
    .replace(/[^\n]+/g, unescape);
}
