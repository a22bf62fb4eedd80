/**
 * The neutral document as Markdown (CommonMark with GitHub's tables). Every character of a text that Markdown would read
 * as markup is escaped; HTML in a note stays letters.
 */
import { cleanText } from '#core/export/text.ts';
import {
  run,
  type Block,
  type Cell,
  type Document,
  type Flow,
  type Paragraph,
  type Run,
  type Table,
} from '#core/export/tree.ts';
import { gridRows } from './grid.ts';

export function renderMarkdown(document: Document): string {
  const opening = [document.organisation, document.subtitle, document.date].flatMap((text) =>
    text ? [escape(oneLine(text))] : [],
  );
  const counters: [number, number, number] = [0, 0, 0];
  const blocks = document.blocks.flatMap((block) => blockOf(block, counters));
  return `${[`# ${escape(oneLine(document.title))}`, ...opening, ...blocks].filter((text) => text.trim() !== '').join('\n\n')}\n`;
}

const oneLine = (text: string) => cleanText(text).replace(/\s+/gu, ' ').trim();

/** Backslash before every ASCII sign that could start markup, a link, an entity or a table cell. */
function escape(text: string): string {
  return text.replace(/[\\`*_[\]<>|~&#$!]/g, '\\$&');
}

/** What is markup only where a line begins: quotes are escaped above; lists, headings underlined, indented code. */
function escapeStart(line: string): string {
  const text = line.replace(/^[ \t]+/, '');
  return text.replace(/^([-+=:])/, '\\$1').replace(/^(\d{1,9})([.)])/, '$1\\$2');
}

function inline({ text, bold, italic, strike, code, superscript, link }: Run): string {
  const clean = cleanText(text);
  const [, before = '', words = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(clean) ?? [];
  if (words === '') return clean;
  let made = escape(words);
  if (code && !/[`\n]/.test(words)) made = `\`${words}\``;
  if (superscript) made = `<sup>${made}</sup>`;
  if (strike) made = `~~${made}~~`;
  if (italic) made = `*${made}*`;
  if (bold) made = `**${made}**`;
  if (link) made = `[${made}](<${link.replace(/[<>\\]/g, encodeURIComponent)}>)`;
  return before + made + after;
}

/** Runs of one look side by side are one: `**a****b**` would not be read as bold. */
function joined(runs: readonly Run[]): Run[] {
  const all: Run[] = [];
  for (const each of runs) {
    const last = all.at(-1);
    const { text, ...look } = each;
    const { text: before = '', ...lastLook } = last ?? { text: '' };
    if (last && JSON.stringify(look) === JSON.stringify(lastLook))
      all[all.length - 1] = { ...look, text: before + text };
    else all.push(each);
  }
  return all;
}

const lines = (runs: readonly Run[]) => joined(runs).map(inline).join('').split('\n').map(escapeStart);

function paragraphOf({ runs, style }: Paragraph): string {
  if (style === 'code') {
    const text = runs.map((each) => cleanText(each.text)).join('');
    const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
    const fence = '`'.repeat(longest + 1);
    return `${fence}\n${text}\n${fence}`;
  }
  // A backslash at the end of a line is a line break.
  const text = lines(runs)
    .filter((each, at, all) => each !== '' || (at > 0 && at < all.length - 1))
    .join('\\\n');
  return style === 'quote' ? quoted(text) : text;
}

const quoted = (text: string) =>
  text
    .split('\n')
    .map((each) => `> ${each}`)
    .join('\n');

function flows(blocks: readonly Flow[]): string {
  return blocks
    .map((flow) => {
      if (flow.kind === 'paragraph') return paragraphOf(flow);
      return flow.items
        .map((item, at) => {
          const mark = flow.ordered ? `${(flow.start ?? 1) + at}. ` : '- ';
          const body = flows(item) || '\u00A0';
          return (
            mark +
            body
              .split('\n')
              .map((each, row) => (row === 0 || each === '' ? each : ' '.repeat(mark.length) + each))
              .join('\n')
          );
        })
        .join('\n');
    })
    .join('\n\n');
}

/** A cell holds one line: paragraphs and list items are put after each other. */
function cellText(cell: Pick<Cell, 'blocks'>): string {
  const parts = (blocks: readonly Flow[], mark: string): string[] =>
    blocks.flatMap((flow) =>
      flow.kind === 'paragraph'
        ? [mark + joined(flow.runs).map(inline).join('').replace(/\n/g, '<br>')]
        : flow.items.flatMap((item, at) => parts(item, flow.ordered ? `${(flow.start ?? 1) + at}\\. ` : '– ')),
    );
  return parts(cell.blocks, '').join('<br>');
}

function tableOf({ columns, head, rows, caption }: Table): string {
  const across = Math.max(1, columns.length);
  const grid = (source: Table['rows']) =>
    gridRows(source, across).map((cells) => {
      const texts = Array.from({ length: across }, () => '');
      for (const cell of cells) texts[cell.column] = cellText(cell);
      return `| ${texts.join(' | ')} |`;
    });
  const [first = `| ${Array.from({ length: across }, () => '').join(' | ')} |`, ...more] = grid(head);
  const marks = columns.map(({ align }) => (align === 'center' ? ':-:' : align === 'right' ? '--:' : '---'));
  const table = [first, `| ${marks.join(' | ')} |`, ...more, ...grid(rows)].join('\n');
  return caption === undefined ? table : `**${escape(oneLine(caption))}**\n\n${table}`;
}

function blockOf(block: Block, counters: [number, number, number]): string[] {
  switch (block.kind) {
    case 'heading': {
      const text = joined(block.runs)
        .map(inline)
        .join('')
        .replace(/\s*\n\s*/g, ' ');
      return [`${'#'.repeat(block.level + 1)} ${block.numbered ? `${number(block.level, counters)} ` : ''}${text}`];
    }
    case 'paragraph':
    case 'list':
      return [flows([block])];
    case 'table':
      return [tableOf(block)];
    case 'callout':
      return [quoted(`${inline(run(block.title, { bold: true }))}\n\n${flows(block.blocks)}`)];
    case 'bars':
      return [
        `**${escape(oneLine(block.caption))}**`,
        block.items.map(({ label, text }) => `- ${escapeStart(escape(oneLine(label)))}: ${escape(text)}`).join('\n'),
      ];
    case 'keyValue':
      return [
        block.rows.map(({ key, runs }) => `- **${escape(oneLine(key))}**: ${lines(runs).join('\\\n  ')}`).join('\n'),
      ];
    case 'source':
      return [inline(run(block.text, { italic: true }))];
    case 'landscape':
      return block.blocks.flatMap((each) => blockOf(each, counters));
    case 'pageBreak':
      return [];
    case 'rule':
      return ['---'];
  }
}

/** 1. · 1.1. · 1.1.1., as Word counts them. */
export function number(level: 1 | 2 | 3, counters: [number, number, number]): string {
  counters[level - 1] = (counters[level - 1] ?? 0) + 1;
  counters.fill(0, level);
  return `${counters.slice(0, level).join('.')}.`;
}
