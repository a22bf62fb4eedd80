/** Reading is total, whatever a client wrote; seeing fails closed. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { epochOf, migrateBoard, schemaVersionOf } from '#core/board/migrate.ts';
import { EMPTY_BOARD, readBoard, seeBoard } from '#core/board/read.ts';
import { checkGroup, checkMeta, checkNote, checkRoots } from '#core/board/schema.ts';
import { boardOf, newBoard, ZONES } from './boards.ts';

const good = (over: Record<string, unknown> = {}) => {
  const note = new Y.Map<unknown>();
  for (const [key, value] of Object.entries({ at: ['threats', 1, 2], text: new Y.Text('x'), colour: 'blue', ...over }))
    if (value !== undefined) note.set(key, value);
  return note;
};

function written(value: unknown): unknown {
  const doc = newBoard();
  doc.getMap<unknown>('notes').set('n', value);
  return doc.getMap<unknown>('notes').get('n');
}

describe('checks', () => {
  const formatted = new Y.Text('x');
  formatted.format(0, 1, { bold: true });
  const embedding = new Y.Text();
  embedding.insertEmbed(0, { image: 'x' });
  const nested = new Y.Map<unknown>();
  nested.set('deep', new Y.Map());

  it.each<[string, unknown, string | null]>([
    ['a good note', good(), null],
    ['with language and group', good({ lang: 'ky', group: 'g-1' }), null],
    ['with values taken away by null', good({ lang: null, group: null }), null],
    ['a plain object', { at: ['threats', 1, 2], text: 'x', colour: 'blue' }, 'malformed'],
    ['a string', 'note', 'malformed'],
    ['an array', new Y.Array(), 'malformed'],
    ['text as a string', good({ text: 'x' }), 'malformed'],
    ['text with formatting', good({ text: formatted }), 'malformed'],
    ['text with an embed', good({ text: embedding }), 'malformed'],
    ['text as XML', good({ text: new Y.XmlText('x') }), 'malformed'],
    ['text too long', good({ text: new Y.Text('x'.repeat(2001)) }), 'note-too-long'],
    ['no place', good({ at: undefined }), 'place-invalid'],
    ['a place as a map', good({ at: nested }), 'place-invalid'],
    ['a fraction', good({ at: ['threats', 1.5, 2] }), 'place-invalid'],
    ['outside', good({ at: ['threats', 1, 100_001] }), 'place-invalid'],
    ['a big integer', good({ at: ['threats', 1n, 2] }), 'place-invalid'],
    ['a foreign zone', good({ at: ['moon', 1, 2] }), 'zone-unknown'],
    ['a zone that is no string', good({ at: [['threats'], 1, 2] }), 'zone-unknown'],
    ['a colour of its own', good({ colour: 'url(x)' }), 'colour-unknown'],
    ['an unknown language', good({ lang: 'kg' }), 'language-unknown'],
    ['a group that is no id', good({ group: '__proto__' }), 'group-unknown'],
    ['a foreign key', good({ author: 'somebody' }), 'malformed'],
  ])('[B12] %s', (_, value, expected) => {
    expect(checkNote(written(value), ZONES)).toBe(expected);
  });

  it('[B12] groups: a place, a title, nothing else', () => {
    const group = (values: Record<string, unknown>) => written(new Y.Map(Object.entries(values)));
    expect(checkGroup(group({ at: ['threats', 0, 0] }), ZONES)).toBeNull();
    expect(checkGroup(group({ at: ['threats', 0, 0], title: 'Топ' }), ZONES)).toBeNull();
    expect(checkGroup(group({ at: ['threats', 0, 0], title: new Y.Text('Топ') }), ZONES)).toBeNull();
    expect(checkGroup(group({ at: ['threats', 0, 0], title: 7 }), ZONES)).toBe('malformed');
    expect(checkGroup(group({ at: ['threats', 0, 0], title: 'x'.repeat(501) }), ZONES)).toBe('title-too-long');
    expect(checkGroup(group({ title: 'x' }), ZONES)).toBe('place-invalid');
  });

  it('[B12] foreign roots, lists in maps and reserved ids are found', () => {
    expect(checkRoots(boardOf('ab'))).toBeNull();
    const foreign = newBoard();
    foreign.getMap('votes').set('x', 1);
    expect(checkRoots(foreign)).toBe('malformed');
    const reserved = newBoard();
    reserved.getMap('notes').set('__proto__', good());
    expect(checkRoots(reserved)).toBe('malformed');
    // Written as a list by somebody else: the root's type is only known to the one who asks for it.
    const list = new Y.Doc();
    list.getArray('notes').push(['x']);
    const received = new Y.Doc();
    Y.applyUpdate(received, Y.encodeStateAsUpdate(list));
    expect(checkRoots(received)).toBe('malformed');
    expect(checkRoots(list)).toBe('malformed');
  });

  it('[B13] a newer document is refused, and a tampered beginning is found', () => {
    const doc = newBoard();
    expect([schemaVersionOf(doc), epochOf(doc), migrateBoard(doc).ok]).toEqual([1, 'epoch', true]);
    doc.getMap('meta').set('schemaVersion', 2);
    expect(migrateBoard(doc)).toMatchObject({ ok: false });
    expect(checkMeta(doc)).toBe('malformed');
    expect(schemaVersionOf(new Y.Doc())).toBe(0);
  });
});

describe('reading', () => {
  it('[B14] what is ill-formed is skipped, the rest is read', () => {
    const doc = boardOf('ab');
    const notes = doc.getMap<unknown>('notes');
    for (const key of ['__proto__', 'constructor', 'a b', '']) notes.set(key, good());
    notes.set('s', 'a string');
    notes.set('m', new Y.Map());
    notes.set('g', good({ group: 'nowhere' }));
    doc.getMap<unknown>('groups').set('e', new Y.Map([['at', ['threats', 0, 0]]]));
    expect(readBoard(doc, ZONES).notes.map(({ id }) => id)).toEqual(['a', 'b', 'g']);
    expect(readBoard(doc, ZONES).notes[2]?.group).toBeUndefined();
    expect(readBoard(doc, ZONES).groups).toEqual([]);
  });

  it('[B14] nesting 20,000 deep and roots of another type do not stop it', () => {
    const doc = boardOf('a');
    let map = new Y.Map<unknown>();
    doc.getMap<unknown>('notes').set('deep', map);
    doc.transact(() => {
      for (let depth = 0; depth < 20_000; depth += 1) {
        const inner = new Y.Map<unknown>();
        map.set('text', inner);
        map = inner;
      }
    });
    expect(readBoard(doc).notes.map(({ id }) => id)).toEqual(['a']);
    expect(checkRoots(doc)).toBeNull();
    const wrong = new Y.Doc();
    wrong.getText('notes').insert(0, 'text');
    wrong.getArray('groups').push([1]);
    expect(readBoard(wrong)).toEqual(EMPTY_BOARD);
  });

  it('[B14] reading never throws and gives only well-formed notes', () => {
    // A shared type belongs to one document: so makers of them, called when they are written.
    const shared = fc.oneof(
      fc.jsonValue({ maxDepth: 6 }).map((value) => () => value),
      fc.constantFrom<() => unknown>(
        () => new Y.Text('x'),
        () => new Y.Array(),
        () => new Y.Map(),
        () => new Y.XmlFragment(),
        () => ['threats', 5, 5],
        () => 'blue',
      ),
    );
    const hostile = fc.dictionary(
      fc.constantFrom('at', 'text', 'colour', 'lang', 'group', 'title', '__proto__', 'x'),
      shared,
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), hostile)), (entries) => {
        const doc = boardOf('a');
        for (const [id, values] of entries) {
          for (const root of ['notes', 'groups']) {
            const map = new Y.Map<unknown>();
            doc.getMap<unknown>(root).set(id, map);
            for (const [key, make] of Object.entries(values)) map.set(key, make());
          }
        }
        const board = readBoard(doc);
        expect(board.notes.every(({ at, text }) => at.length === 3 && typeof text === 'string')).toBe(true);
        checkRoots(doc);
      }),
      { verbose: 1 },
    );
  });
});

describe('seeing', () => {
  const board = readBoard(boardOf('ab'));
  const author = (authorId: string) => ({ authorId, organisationId: 'gamsumo' });
  const authors = new Map([['a', author('p1')]]);
  const hidden = [
    { authorId: 'p1', note: { id: 'h1', at: ['threats', 0, 0] as const, text: 'менин', colour: 'blue' as const } },
    { authorId: 'p2', note: { id: 'h2', at: ['threats', 0, 0] as const, text: 'анын', colour: 'blue' as const } },
  ];

  it('[A1] on an attributed board members see the author, and one’s own unrevealed notes', () => {
    const seen = seeBoard(board, { attributed: true, authors, privateNotes: hidden, viewerId: 'p1' });
    expect(seen.notes.map(({ id, authorId }) => [id, authorId])).toEqual([
      ['a', 'p1'],
      ['b', undefined],
      ['h1', undefined],
    ]);
    expect(seen.notes[2]?.private).toBe(true);
  });

  it('[A1] on an anonymous board nobody sees an author, whatever is on record', () => {
    const seen = seeBoard(board, { attributed: false, authors, viewerId: 'p1' });
    expect(JSON.stringify(seen)).not.toMatch(/p1|gamsumo/);
  });

  it('[A1] a snapshot, an export or a projector names no person and shows nothing unrevealed', () => {
    const seen = seeBoard(board, { attributed: true, authors, privateNotes: hidden, viewerId: null });
    expect(JSON.stringify(seen)).not.toMatch(/p1|p2|менин|анын/);
    expect(seen.notes[0]?.organisationId).toBe('gamsumo');
  });
});
