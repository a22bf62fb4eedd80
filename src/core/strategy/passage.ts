/**
 * A snapshot's blocks as rich text for the draft: headings, the SWOT as a table, priorities in their order with their
 * result. Every node carries `snapshotId` and `trace`; where the trace itself names the snapshot, documents print a
 * reference to it, and those are the passages that state a result.
 */
import { textIn, type LocalText } from '../export/source.ts';
import type { DocumentLabels, VotingLabels } from '../export/labels.ts';
import { methodText } from '../export/rounds.ts';
import { formatNumber, formatPercent } from '../export/format.ts';
import type { Language } from '../people/caller.ts';
import type { Method } from '../voting/types.ts';
import { type DraftBlock, type DraftItem, type DraftPriority, type DraftTrace, type DraftZone } from './draft.ts';
import type { Prose } from './fragment.ts';

/** The words around the data, in the language of the draft: those of documents, and two that make a sentence of a fact. */
export interface PassageWords
  extends
    VotingLabels,
    Pick<DocumentLabels, 'attended' | 'attendedPeople' | 'organisationNone' | 'zoneEmpty' | 'groupUntitled'> {
  readonly votedSecretly: string;
  readonly votedOpenly: string;
}

interface Scope {
  readonly language: Language;
  readonly words: PassageWords;
}

type Attrs = Readonly<Record<string, unknown>>;

export function passage(blocks: readonly DraftBlock[], language: Language, words: PassageWords): Prose[] {
  return blocks.flatMap((block) => nodesOf(block, { language, words }));
}

/** A longer list is left to the board, area or round that the trace names: attributes travel with every edit of a node. */
const MOST_NOTES = 60;

/** What a node rests on. `cited`: documents print a reference here. */
function traced(
  { snapshotId, snapshotHash, boardId, zone, groupId, roundId, optionId, noteIds }: DraftTrace,
  cited = false,
): Attrs {
  return {
    snapshotId,
    trace: {
      ...(cited && { snapshotId, snapshotHash }),
      ...(boardId !== undefined && { boardId }),
      ...(zone !== undefined && { zone }),
      ...(groupId !== undefined && { groupId }),
      ...(roundId !== undefined && { roundId }),
      optionIds: optionId === undefined ? [] : [optionId],
      noteIds: noteIds.length > MOST_NOTES ? [] : [...noteIds],
    },
  };
}

/** Lines of one text, with line breaks between them. */
function inline(text: string, marks: readonly string[] = []): Prose[] {
  return text.split('\n').flatMap((line, at): Prose[] => {
    const run: Prose[] =
      line === ''
        ? []
        : [{ type: 'text', text: line, ...(marks.length > 0 && { marks: marks.map((type) => ({ type })) }) }];
    return at === 0 ? run : [{ type: 'hardBreak' }, ...run];
  });
}

const paragraph = (content: readonly Prose[], attrs?: Attrs): Prose => ({
  type: 'paragraph',
  ...(attrs && { attrs }),
  content,
});
const heading = (level: number, text: string, attrs: Attrs): Prose => ({
  type: 'heading',
  attrs: { level, ...attrs },
  content: inline(text),
});
const bullets = (items: readonly Prose[], attrs?: Attrs): Prose => ({
  type: 'bulletList',
  ...(attrs && { attrs }),
  content: items,
});

function nodesOf(block: DraftBlock, scope: Scope): Prose[] {
  const { language, words } = scope;
  const say = (text: LocalText): string => textIn(text, language);
  switch (block.kind) {
    case 'heading':
      return [heading(block.level, say(block.text), traced(block.trace))];
    case 'attendance': {
      const bodies = block.organisations
        .filter(({ people }) => people > 0)
        .map(({ name, people }) => `${name} – ${people}`);
      if (block.unaffiliated > 0 && bodies.length > 0) bodies.push(`${words.organisationNone} – ${block.unaffiliated}`);
      const counted = `${words.attended}: ${words.attendedPeople({ count: block.people })}`;
      return [
        paragraph(
          inline(bodies.length > 0 ? `${counted} (${bodies.join('; ')}).` : `${counted}.`),
          traced(block.trace, true),
        ),
      ];
    }
    case 'matrix':
      return [matrix(block.quadrants, block.trace, scope)];
    case 'zones':
      return block.zones.flatMap((zone) => [heading(3, say(zone.name), traced(zone.trace)), ...list(zone, scope)]);
    case 'priorities':
      return priorities(block, scope);
  }
}

function cell(type: 'tableCell' | 'tableHeader', content: readonly Prose[]): Prose {
  return { type, attrs: { colspan: 1, rowspan: 1 }, content: content.length > 0 ? content : [paragraph([])] };
}

/** Two by two, each pair of names above its two lists. */
function matrix(quadrants: readonly DraftZone[], trace: DraftTrace, scope: Scope): Prose {
  const rows: Prose[] = [];
  for (let at = 0; at < quadrants.length; at += 2) {
    const pair = quadrants.slice(at, at + 2);
    rows.push({
      type: 'tableRow',
      content: pair.map((zone) =>
        cell('tableHeader', [paragraph(inline(textIn(zone.name, scope.language), ['bold']))]),
      ),
    });
    rows.push({ type: 'tableRow', content: pair.map((zone) => cell('tableCell', list(zone, scope))) });
  }
  return { type: 'table', attrs: traced(trace), content: rows };
}

function list(zone: DraftZone, scope: Scope): Prose[] {
  if (zone.items.length === 0) return [paragraph(inline(scope.words.zoneEmpty, ['italic']), traced(zone.trace))];
  return [
    bullets(
      zone.items.map((item) => factor(item, scope)),
      traced(zone.trace),
    ),
  ];
}

/** A group by its name with its notes beneath, or a note. */
function factor({ text, grouped, notes, trace }: DraftItem, { words }: Scope): Prose {
  const name = text.trim() === '' ? words.groupUntitled : text;
  const inside = notes.map((note) => ({
    type: 'listItem',
    attrs: traced({ ...trace, noteIds: [note.id] }),
    content: [paragraph(inline(note.text))],
  }));
  const content = [paragraph(inline(name, grouped ? ['bold'] : []))];
  return {
    type: 'listItem',
    attrs: traced(trace),
    content: grouped && inside.length > 0 ? [...content, bullets(inside)] : content,
  };
}

function measures(method: Method, words: PassageWords): { readonly total: string; readonly people: string } {
  switch (method.kind) {
    case 'dots':
      return { total: words.dots, people: words.voters };
    case 'score':
      return { total: words.points, people: words.votersScore };
    case 'ranking':
      return { total: words.points, people: words.votersRanking };
    case 'consent':
    case 'verdict':
      return { total: words.accepted, people: words.support };
  }
}

function priorities(block: DraftBlock & { kind: 'priorities' }, { language, words }: Scope): Prose[] {
  const { cast, eligible } = block.turnout;
  const percent = formatPercent(eligible === 0 ? 0 : cast / eligible, language);
  const facts = [
    words.turnoutOf({ cast, eligible, percent }),
    block.settings.secret ? words.votedSecretly : words.votedOpenly,
    methodText(block, { labels: words, language }),
    ...(block.indicative ? [words.indicative] : []),
    ...(block.robust === null ? [] : [block.robust ? words.robust : words.fragile]),
  ];
  const { total, people } = measures(block.settings.method, words);
  const head = [words.rank, words.option, total, people, words.share];
  const row = (item: DraftPriority): Prose => {
    const marks = item.kept ? ['bold'] : [];
    const figures = [
      formatNumber(item.dots, language, Number.isInteger(item.dots) ? 0 : 1),
      formatNumber(item.voters, language),
      formatPercent(item.share, language),
    ];
    return {
      type: 'tableRow',
      content: [
        cell('tableCell', [paragraph(inline(item.tied ? `${item.rank}=` : String(item.rank)))]),
        cell('tableCell', [paragraph(inline(item.text, marks), traced(item.trace, true))]),
        ...figures.map((figure) => cell('tableCell', [paragraph(inline(figure))])),
      ],
    };
  };
  return [
    heading(3, block.title, traced(block.trace)),
    paragraph(inline(`${facts.join('. ')}.`), traced(block.trace, true)),
    {
      type: 'table',
      attrs: traced(block.trace),
      content: [
        { type: 'tableRow', content: head.map((name) => cell('tableHeader', [paragraph(inline(name, ['bold']))])) },
        ...block.items.map(row),
      ],
    },
  ];
}
