import * as encoding from 'lib0/encoding';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { MAX_NOTES } from '#core/board/schema.ts';
import { Raw, updateOf } from './raw.ts';
import { addNote, BOARD, notes, Room, textOf, until } from './room.ts';

let room: Room;
let mallory: Raw;
let alice: Raw;
beforeEach(async () => {
  room = await new Room().open();
  room.access.allow(BOARD, '*', { zones: ['z', 'y'], recordAuthors: true });
  alice = await Raw.join(room, room.person('alice'));
  mallory = await Raw.join(room, room.person('mallory'));
  expect(await alice.write(updateOf(alice.doc, (doc) => addNote(doc, 'hers', 'hers'), 777))).toBe(1);
  await until('mallory has it', () => notes(mallory.doc).length === 1);
});
afterEach(async () => {
  for (const raw of [alice, mallory]) raw.close();
  await room.close();
});

type Craft = (base: Y.Doc) => Uint8Array;

const note = (doc: Y.Doc, id = 'hers'): Y.Map<unknown> => doc.getMap<Y.Map<unknown>>('notes').get(id) as Y.Map<unknown>;
const edit =
  (change: (doc: Y.Doc) => void): Craft =>
  (base) =>
    updateOf(base, change);
const add =
  (values: Record<string, unknown>): Craft =>
  (base) =>
    updateOf(base, (doc) => {
      const map = new Y.Map<unknown>();
      const all: Record<string, unknown> = { at: ['z', 1, 2], text: new Y.Text('x'), colour: 'yellow', ...values };
      for (const [key, value] of Object.entries(all)) if (value !== undefined) map.set(key, value);
      doc.getMap('notes').set('bad', map);
    });
/** Written by hand: `[clients [structs client clock struct…]…][deletes…]`. */
const bytes =
  (write: (encoder: encoding.Encoder) => void): Craft =>
  () => {
    const encoder = encoding.createEncoder();
    write(encoder);
    return encoding.toUint8Array(encoder);
  };
const numbers = (...all: number[]): Craft =>
  bytes((encoder) => all.forEach((each) => encoding.writeVarUint(encoder, each)));

function nested(depth: number): Y.Map<unknown> {
  const outer = new Y.Map<unknown>();
  let at = outer;
  for (let level = 0; level < depth; level += 1) {
    const inner = new Y.Map<unknown>();
    at.set('a', inner);
    at = inner;
  }
  return outer;
}

const HOSTILE: Record<string, Craft> = {
  'structs under a client id of somebody else': (base) =>
    updateOf(base, (doc) => addNote(doc, 'forged', 'forged'), 777),
  'other structs in the place of somebody else’s': () => updateOf(new Y.Doc(), (doc) => addNote(doc, 'f', 'f'), 777),
  'a gap in the clocks': (base) => {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(base));
    addNote(doc, 'first', 'first');
    const seen = Y.encodeStateVector(doc);
    addNote(doc, 'second', 'second');
    return Y.encodeStateAsUpdate(doc, seen);
  },
  'a struct that builds on one nobody has': (base) => {
    const other = new Y.Doc();
    Y.applyUpdate(other, Y.encodeStateAsUpdate(base));
    addNote(other, 'unknown', 'unknown');
    const doc = new Y.Doc();
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
    return updateOf(doc, (copy) => (note(copy, 'unknown').get('text') as Y.Text).insert(3, 'x'));
  },
  'a deletion of what will be written later': numbers(0, 1, 777, 1, 5, 100_000),
  'a deletion under a client id nobody has': numbers(0, 1, 4242, 1, 0, 3),
  'a foreign root': edit((doc) => doc.getMap('evil').set('a', 1)),
  'the meta of the board': edit((doc) => doc.getMap('meta').set('epoch', 'x')),
  'a root as a list': edit((doc) => doc.getArray('notes').push(['x'])),
  'a note that is a string': edit((doc) => doc.getMap('notes').set('bad', 'text')),
  'a note that is an array': edit((doc) => doc.getMap('notes').set('bad', new Y.Array())),
  'a note nested 300 deep': edit((doc) => doc.getMap('notes').set('bad', nested(300))),
  'a note under __proto__': edit((doc) => addNote(doc, 'x', '__proto__')),
  'a note under an odd id': edit((doc) => addNote(doc, 'x', 'a/../b')),
  'a note without a place': add({ at: undefined }),
  'a note without a text': add({ text: undefined }),
  'a note with another key': add({ author: 'alice' }),
  'a place that is a string': add({ at: 'z' }),
  'a place that is not a number': add({ at: ['z', NaN, 2] }),
  'a place with fractions': add({ at: ['z', 1.5, 2] }),
  'a place far away': add({ at: ['z', 1e9, 2] }),
  'a place without end': add({ at: ['z', Infinity, 2] }),
  'a zone of another board': add({ at: ['elsewhere', 1, 2] }),
  'a colour that is a script': add({ colour: 'javascript:alert(1)' }),
  'a text that is a string': add({ text: 'plain' }),
  'a text with formatting': add({ text: formatted() }),
  'a text with an embed': add({ text: embedded() }),
  'a text of 2,001 letters': add({ text: new Y.Text('x'.repeat(2001)) }),
  'a language nobody reads': add({ lang: 'kg' }),
  'a subdocument': add({ text: new Y.Doc() as unknown as Y.Text }),
  binary: add({ colour: new Uint8Array([1, 2, 3]) }),
  'somebody’s note without its place': edit((doc) => note(doc).delete('at')),
  'somebody’s note at no place': edit((doc) => note(doc).set('at', ['z', -1, 0])),
  'somebody’s text as a map': edit((doc) => note(doc).set('text', new Y.Map())),
  'somebody’s text made too long': edit((doc) => (note(doc).get('text') as Y.Text).insert(0, 'x'.repeat(1999))),
  'an update of 70 KB': edit((doc) => {
    for (let index = 0; index < 40; index += 1) addNote(doc, 'x'.repeat(1800), `big${index}`);
  }),
  'a V2 update': (base) => {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(base));
    const before = Y.encodeStateVector(doc);
    addNote(doc, 'v2', 'v2');
    return Y.encodeStateAsUpdateV2(doc, before);
  },
  'a count of structs without structs': numbers(1, 0xfffffff, 4242, 0),
  'a count of clients without clients': numbers(0xfffffff),
  'a struct of unbounded length': numbers(1, 1, 4242, 0, 0, 2 ** 40, 0),
  'a struct that skips': numbers(1, 1, 4242, 0, 10, 5, 0),
  'nothing at all': () => new Uint8Array(0),
  letters: () => new TextEncoder().encode('{"notes":[]}'),
};

function formatted(): Y.Text {
  const text = new Y.Text('x');
  text.format(0, 1, { bold: true });
  return text;
}

function embedded(): Y.Text {
  const text = new Y.Text('x');
  text.insertEmbed(0, { image: 'http://evil' });
  return text;
}

describe('hostile updates', () => {
  test.for(Object.entries(HOSTILE))('[P7] %s is refused, and peers stay as they were', async ([, craft]) => {
    const before = { rows: room.log.rows.length, doc: JSON.stringify(alice.doc.toJSON()) };
    expect(await mallory.write(craft(mallory.doc))).toBe(0);
    const begun = performance.now();
    expect(await alice.write(updateOf(alice.doc, (doc) => note(doc).set('at', ['y', 3, 4]), 778))).toBe(1);
    expect(performance.now() - begun).toBeLessThan(1_000);
    await until('peer sees the honest edit', () => JSON.stringify(note(mallory.doc).get('at')) === '["y",3,4]');
    expect(room.log.rows.length).toBe(before.rows + 1);
    expect(notes(mallory.doc)).toEqual(['hers']);
    expect(textOf(mallory.doc, 'hers')).toBe('hers');
    await room.live.read(BOARD, (doc) => {
      expect([...doc.share.keys()].sort()).toEqual(['groups', 'meta', 'notes']);
      expect([doc.store.pendingStructs, doc.store.pendingDs]).toEqual([null, null]);
      expect(doc.getMap('meta').size).toBe(0);
    });
  });

  test('[P9] nobody can claim or spoil the client id that somebody shows in their presence', async () => {
    const victim = room.join(room.person('victim'));
    await until('in', () => victim.provider.synced && mallory.heard.includes('1'));
    const { clientID } = victim.doc;
    expect(await mallory.write(updateOf(mallory.doc, (doc) => addNote(doc, 'x', 'stolen'), clientID))).toBe(0);
    room.access.allow(BOARD, 'mallory', { write: false });
    await room.live.reconsider([BOARD]);
    expect(await mallory.write(updateOf(mallory.doc, (doc) => addNote(doc, 'x', 'spoilt'), clientID))).toBe(0);
    addNote(victim.doc, 'honest', 'honest');
    await until('saved', () => !victim.provider.hasUnsyncedChanges);
    expect(notes(alice.doc)).toEqual(['hers', 'honest']);
    expect(room.log.owners.get(`${BOARD} ${clientID}`)).toBe('victim');
  });

  test('[P9] a note’s author is whoever created it, kept in the log and nowhere else', async () => {
    expect(await mallory.write(updateOf(mallory.doc, (doc) => addNote(doc, 'x', 'm1')))).toBe(1);
    expect(await mallory.write(updateOf(mallory.doc, (doc) => note(doc).set('colour', 'blue')))).toBe(1);
    expect(room.log.createdNotes).toEqual([
      { document: BOARD, noteId: 'hers', personId: 'alice' },
      { document: BOARD, noteId: 'm1', personId: 'mallory' },
    ]);
  });
});

describe('limits of a board', () => {
  test('[P8] 5,000 notes and no more, also when two write at once', async () => {
    await room.live.edit(BOARD, (doc) => {
      for (let index = 0; index < MAX_NOTES - 2; index += 1) addNote(doc, '', `n${index}`);
    });
    await until('here', () => notes(alice.doc).length === MAX_NOTES - 1 && notes(mallory.doc).length === MAX_NOTES - 1);
    room.log.delay = 20;
    const answers = await Promise.all([
      alice.write(updateOf(alice.doc, (doc) => addNote(doc, 'x', 'last'))),
      mallory.write(updateOf(mallory.doc, (doc) => addNote(doc, 'x', 'over'))),
    ]);
    expect(answers.sort()).toEqual([0, 1]);
    expect(mallory.notices.concat(alice.notices)).toEqual([{ refused: 'board-full' }]);
    expect(await room.live.read(BOARD, (doc) => doc.getMap('notes').size)).toBe(MAX_NOTES);
  });

  test('[P8] what a client brings when it joins may be 1 MiB, an edit 64 KiB', async () => {
    const big = updateOf(mallory.doc, (doc) => {
      for (let index = 0; index < 400; index += 1) addNote(doc, 'x'.repeat(2000), `big${index}`);
    });
    expect(big.length).toBeGreaterThan(800_000);
    expect(await mallory.write(big, 1)).toBe(1);
    await until('alice has all', () => notes(alice.doc).length === 401);
  });
});

describe('drafts', () => {
  const DRAFT = 'draft/s1';
  test('[P7] a draft takes what an editor writes, and neither depth nor foreign content', async () => {
    room.access.allow(DRAFT, '*', { zones: [] });
    const a = await Raw.join(room, 'token-alice', DRAFT);
    const paragraph = (doc: Y.Doc, text: string): void => {
      const element = new Y.XmlElement('heading');
      element.setAttribute('level', 2 as unknown as string);
      const inner = new Y.XmlText(text);
      inner.format(0, 1, { bold: {} });
      element.insert(0, [inner]);
      doc.getXmlFragment('content').push([element]);
    };
    const deep = (doc: Y.Doc): void => {
      let at: Y.XmlFragment = doc.getXmlFragment('content');
      for (let level = 0; level < 40; level += 1) {
        const inner = new Y.XmlElement('blockquote');
        at.push([inner]);
        at = inner;
      }
    };
    const write = (change: (doc: Y.Doc) => void): Promise<number | null> => a.write(updateOf(a.doc, change));
    expect(await write((doc) => paragraph(doc, 'one'))).toBe(1);
    await until('echo', () => a.doc.getXmlFragment('content').length === 1);
    expect(await write((doc) => (doc.getXmlFragment('content').get(0) as Y.XmlElement).setAttribute('id', 'x'))).toBe(
      1,
    );
    expect(await write(deep)).toBe(0);
    expect(await write((doc) => doc.getMap('notes').set('x', 1))).toBe(0);
    expect(
      await write((doc) => doc.getXmlFragment('content').push([new Y.XmlHook('x') as unknown as Y.XmlElement])),
    ).toBe(0);
    expect(await write((doc) => doc.getArray('content').push([{ a: 1 }]))).toBe(0);
    expect(await write((doc) => doc.getMap('content').set('x', 'y'))).toBe(0);
    expect(await write((doc) => paragraph(doc, 'two'))).toBe(1);
    expect(await room.live.read(DRAFT, (doc) => doc.getXmlFragment('content').length)).toBe(2);
    a.close();
  });
});
