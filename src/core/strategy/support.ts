/**
 * What the draft rests on, and what rests on nothing: paragraphs without a source, passages that were changed since the
 * workshop, and priorities of the room that the draft does not take up. Reads only; who wrote what is no part of it.
 */
import type { Prose } from './fragment.ts';
import type { Passage } from './passages.ts';
import type { Snapshot } from './snapshot.ts';

export interface Supported {
  readonly key: string;
  readonly text: string;
  /** Title of its section; '' before the first. */
  readonly section: string;
}

export interface OrphanedPriority {
  readonly snapshotId: string;
  readonly roundId: string;
  readonly optionId: string;
  readonly round: string;
  readonly text: string;
  readonly rank: number;
  /** It stands in the draft, in the list of results only. */
  readonly listed: boolean;
}

export interface Support {
  readonly unsupported: readonly Supported[];
  readonly changed: readonly Supported[];
  readonly orphaned: readonly OrphanedPriority[];
}

interface Trace {
  readonly snapshotId: string;
  readonly roundId: string | null;
  readonly groupId: string | null;
  readonly optionIds: readonly string[];
  readonly noteIds: readonly string[];
}

const idOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const idsOf = (value: unknown): string[] => (Array.isArray(value) ? value.filter((id) => typeof id === 'string') : []);

function traceIn(attrs: Readonly<Record<string, unknown>>): Trace | null {
  const snapshotId = idOf(attrs['snapshotId']);
  if (snapshotId === null) return null;
  const trace = attrs['trace'];
  const of = (typeof trace === 'object' && trace !== null ? trace : {}) as Record<string, unknown>;
  return {
    snapshotId,
    ...{ roundId: idOf(of['roundId']), groupId: idOf(of['groupId']) },
    ...{ optionIds: idsOf(of['optionIds']), noteIds: idsOf(of['noteIds']) },
  };
}

/** The innermost source of a passage; null: it rests on nothing. */
export function sourceOf({ attrs }: Passage): Trace | null {
  for (const each of attrs) {
    const trace = traceIn(each);
    if (trace) return trace;
  }
  return null;
}

/** One source, one line: what an insert wrote is found again by it. */
function signature(type: string, trace: Trace): string {
  return [type, trace.snapshotId, trace.roundId, trace.groupId, ...trace.optionIds, '|', ...trace.noteIds].join(' ');
}

/** Text by source, of everything that inserting the snapshots would write. */
export function originalTexts(nodes: readonly Prose[]): ReadonlyMap<string, ReadonlySet<string>> {
  const texts = new Map<string, Set<string>>();
  const walk = (node: Prose, above: Trace | null): void => {
    const trace = traceIn(node.attrs ?? {}) ?? above;
    if (node.type === 'paragraph' || node.type === 'heading') {
      const text = (node.content ?? []).map((run) => (run.type === 'hardBreak' ? '\n' : (run.text ?? ''))).join('');
      if (trace) {
        const key = signature(node.type, trace);
        texts.set(key, (texts.get(key) ?? new Set()).add(text));
      }
      return;
    }
    for (const child of node.content ?? []) walk(child, trace);
  };
  for (const node of nodes) walk(node, null);
  return texts;
}

/**
 * @param originals from `originalTexts`, in every language that was inserted
 * @param snapshots those that stand in the draft, and the newest of each workshop of the strategy
 */
export function supportOf(
  passages: readonly Passage[],
  originals: ReadonlyMap<string, ReadonlySet<string>>,
  snapshots: readonly Snapshot[],
): Support {
  const titles = new Map(passages.filter(({ level }) => level === 1).map(({ key, text }) => [key, text]));
  const told = (passage: Passage): Supported => ({
    key: passage.key,
    text: passage.text,
    section: passage.section === null ? '' : (titles.get(passage.section) ?? ''),
  });
  const written = passages.filter(({ text }) => text.trim() !== '');
  const sources = new Map(written.map((passage) => [passage, sourceOf(passage)]));
  const unsupported = written.filter(
    (passage) => passage.type !== 'heading' && !passage.inside.includes('tableHeader') && sources.get(passage) === null,
  );
  const changed = written.filter((passage) => {
    const source = sources.get(passage);
    const texts = source && originals.get(signature(passage.type, source));
    return texts ? !texts.has(passage.text) : false;
  });
  // A row of the inserted ranking only lists a priority; what takes it up stands elsewhere, or in a table that people made.
  const rests = (optionId: string, listed: boolean): boolean =>
    written.some((passage) => {
      const source = sources.get(passage);
      if (!source) return false;
      const isRow = passage.inside.includes('tableRow') && originals.has(signature(passage.type, source));
      if (isRow !== listed) return false;
      return (
        source.optionIds.includes(optionId) || (!listed && source.optionIds.length === 0 && source.groupId === optionId)
      );
    });
  const orphaned = snapshots.flatMap((snapshot) =>
    snapshot.rounds.flatMap((round) =>
      round.result.options
        .filter(({ id }) => round.result.kept.includes(id))
        .filter(({ id }) => !rests(id, false))
        .map(({ id, text, rank }) => ({
          ...{ snapshotId: snapshot.id, roundId: round.id, optionId: id, round: round.settings.title, text, rank },
          listed: rests(id, true),
        })),
    ),
  );
  return {
    unsupported: unsupported.map(told),
    changed: changed.map(told),
    orphaned,
  };
}
