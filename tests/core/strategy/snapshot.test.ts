/** Snapshots: whole, hashed, nameless; the trace inside them; what goes into the draft; two compared. */
import { describe, expect, it } from 'vitest';
import * as edit from '#core/board/edit.ts';
import { besideEachOther } from '#core/strategy/beside.ts';
import { compareSnapshots } from '#core/strategy/diff.ts';
import { draftBlocks, type DraftBlock } from '#core/strategy/draft.ts';
import { resultsSource } from '#core/strategy/results.ts';
import { buildSnapshot, verifySnapshot } from '#core/strategy/snapshot.ts';
import { traceOf } from '#core/strategy/trace.ts';
import { sha256, snapshotOf, sourceOf, swotDoc } from './meeting.ts';

describe('snapshot', () => {
  it('[N2] the hash is the SHA-256 of everything else, and one changed byte is found', () => {
    const { snapshot, json } = buildSnapshot(sourceOf(), sha256);
    expect(snapshot.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(verifySnapshot(JSON.parse(json), sha256)).toEqual({ ok: true, value: snapshot });
    for (const changed of [
      json.replace('Слабая', 'слабая'),
      json.replace('"rank":1', '"rank":2'),
      json.replace(snapshot.hash, 'x'),
    ])
      expect(verifySnapshot(JSON.parse(changed), sha256).ok).toBe(false);
    for (const value of [null, 'x', [], {}, { format: 'ashar.snapshot/1', hash: 'x' }])
      expect(verifySnapshot(value, sha256).ok).toBe(false);
  });

  it('[N2] the same room gives the same bytes, whatever order the notes arrived in', () => {
    expect(buildSnapshot(sourceOf({ swot: swotDoc() }), sha256).json).toBe(buildSnapshot(sourceOf(), sha256).json);
  });

  it('[N3] no person stands in it: organisations only, and those only where the board is attributed', () => {
    const attributed = buildSnapshot(sourceOf(), sha256);
    expect(attributed.json).not.toContain('person-1');
    expect(attributed.snapshot.boards[1]?.notes[0]?.organisationId).toBe('gamsumo');
    const anonymous = buildSnapshot(sourceOf({ attributed: false }), sha256).snapshot;
    expect(anonymous.boards[1]?.notes[0]?.organisationId).toBeUndefined();
  });

  it('[N3] a round that is not closed is not in it', () => {
    const { snapshot, json } = buildSnapshot(sourceOf({ closed: false }), sha256);
    expect(snapshot.rounds).toEqual([]);
    expect(json).not.toContain('dots');
  });

  it('[N4] it is the whole source of the documents', () => {
    const source = resultsSource(snapshotOf());
    expect(source.boards[1]?.notes.map(({ group }) => group)).toEqual([undefined, undefined, 'fees', 'fees']);
    expect(source.rounds[0]?.result?.options).toHaveLength(3);
    expect(source.workshop.date).toBe('2020-03-09');
  });
});

describe('trace', () => {
  it('[N5] from a note to its group and options, and back', () => {
    const trace = traceOf(snapshotOf());
    expect(trace.note('w1')?.group?.title).toBe('Взносы собираются плохо');
    expect(trace.note('w1')?.options).toEqual([]);
    expect(trace.note('o2')?.options[0]).toMatchObject({ optionId: 'o2', kept: true, result: { rank: 1, tied: true } });
    expect(trace.option('r1', 'o2')?.notes.map(({ note }) => note.id)).toEqual(['o2']);
    expect(trace.group('fees')?.notes.map(({ note }) => note.id)).toEqual(['w1', 'w2']);
    expect(trace.unused.map(({ note }) => note.id)).toEqual(['s1', 's2', 'w1', 'w2']);
    expect([trace.note('x'), trace.group('__proto__'), trace.option('r1', 'x')]).toEqual([null, null, null]);
  });
});

describe('draft', () => {
  const snapshot = snapshotOf();
  const blocks = draftBlocks(snapshot);
  const block = <K extends DraftBlock['kind']>(kind: K) =>
    blocks.find((each): each is Extract<DraftBlock, { kind: K }> => each.kind === kind);

  it('[N6] attendance, the SWOT as a matrix, the priorities ranked; empty boards are left out', () => {
    expect(blocks.map(({ kind }) => kind)).toEqual([
      'heading',
      'attendance',
      'heading',
      'matrix',
      'heading',
      'priorities',
    ]);
    expect(block('attendance')?.people).toBe(5);
    const quadrants = block('matrix')?.quadrants ?? [];
    expect(quadrants.map(({ zone, items }) => [zone, items.map(({ text }) => text)])).toEqual([
      [
        'strengths',
        ['Легитимный представитель интересов всех муниципалитетов', 'Өз журналы жана маалымат каналдары бар'],
      ],
      ['weaknesses', ['Взносы собираются плохо']],
      ['opportunities', []],
      ['threats', []],
    ]);
    expect(quadrants[1]?.items[0]?.notes).toHaveLength(2);
  });

  it('[N6] a priority comes with dots, people, organisations, its rank and whether it is tied', () => {
    const items = block('priorities')?.items ?? [];
    expect(
      items.map(({ rank, tied, kept, dots, voters, organisations }) => [rank, tied, kept, dots, voters, organisations]),
    ).toEqual([
      [1, true, true, 6, 3, 1],
      [1, true, true, 6, 3, 1],
      [3, false, false, 2, 1, 1],
    ]);
  });

  it('[N7] every block and item leads back to the snapshot and its notes', () => {
    const bound = { snapshotId: 'snapshot-1', snapshotHash: snapshot.hash };
    for (const { trace } of blocks) expect(trace).toMatchObject(bound);
    expect(block('matrix')?.quadrants[1]?.items[0]?.trace).toEqual({
      ...bound,
      boardId: 'swot',
      zone: 'weaknesses',
      groupId: 'fees',
      noteIds: ['w1', 'w2'],
    });
    expect(block('priorities')?.items[0]?.trace).toEqual({
      ...bound,
      boardId: 'priorities',
      roundId: 'r1',
      optionId: 'o0',
      noteIds: ['o0'],
    });
  });
});

describe('comparison', () => {
  it('[N8] a snapshot does not differ from itself', () => {
    expect(compareSnapshots(snapshotOf(), snapshotOf()).same).toBe(true);
  });

  it('[N8] says what was added, removed, reworded, moved, regrouped, renamed and ranked anew', () => {
    const doc = swotDoc();
    edit.deleteNotes(doc, { ids: ['s1'] }, null);
    edit.createNote(doc, { id: 't1', zone: 'threats', text: 'Саясий туруксуздук' }, null);
    const text = edit.textOf(doc, 's2');
    if (text) edit.replaceText(text, 'Өз журналы бар', null);
    edit.moveNote(doc, { id: 's2', zone: 'opportunities' }, null);
    edit.removeFromGroup(doc, { ids: ['w2'] }, null);
    edit.nameGroup(doc, { id: 'fees', title: 'Взносы' }, null);
    const diff = compareSnapshots(snapshotOf(), snapshotOf({ swot: doc, dots: [2, 4, 6], roundId: 'r2' }));
    expect(diff.notes.added.map(({ id }) => id)).toEqual(['t1']);
    expect(diff.notes.removed.map(({ id }) => id)).toEqual(['s1']);
    expect(diff.notes.reworded).toEqual([
      { id: 's2', before: 'Өз журналы жана маалымат каналдары бар', after: 'Өз журналы бар' },
    ]);
    expect(diff.notes.moved).toEqual([{ id: 's2', before: 'strengths', after: 'opportunities' }]);
    expect(diff.notes.regrouped).toEqual([{ id: 'w2', before: 'fees', after: null }]);
    expect(diff.groups.renamed).toEqual([{ id: 'fees', before: 'Взносы собираются плохо', after: 'Взносы' }]);
    expect(diff.reranked.map(({ id, before, after }) => [id, before, after])).toEqual([
      ['o0', 1, 3],
      ['o1', 3, 2],
    ]);
    expect(diff.same).toBe(false);
  });
});

describe('two snapshots side by side', () => {
  it('[N77] every note stands where it was and where it is, with its marks; reworded ones tell each side its own words', () => {
    const before = snapshotOf();
    const doc = swotDoc();
    const text = edit.textOf(doc, 's1');
    if (text) edit.replaceText(text, 'Совсем другое', 'test');
    edit.deleteNotes(doc, { ids: ['s2'] }, 'test');
    const first = before.boards.flatMap((board) => board.notes).find(({ id }) => id === 's1');
    const after = snapshotOf({ swot: doc });
    const diff = compareSnapshots(before, after);
    const all = besideEachOther(before, after, diff).flatMap((board) => board.zones);
    const marked = (side: 'before' | 'after') =>
      all.flatMap((zone) => zone[side]).flatMap(({ note, marks }) => marks.map((mark) => `${mark} ${note.id}`));
    expect(marked('before').toSorted()).toEqual(['removed s2', 'reworded s1']);
    expect(marked('after')).toEqual(['reworded s1']);
    const words = (side: 'before' | 'after') =>
      all
        .flatMap((zone) => zone[side])
        .find(({ note }) => note.id === 's1')
        ?.words?.map(({ text }) => text)
        .join('');
    expect([words('before'), words('after')]).toEqual([first?.text, 'Совсем другое']);
    expect(all.flatMap((zone) => zone.before)).toHaveLength(before.boards.flatMap((board) => board.notes).length);
  });
});
