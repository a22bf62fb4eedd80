/** What a stage permits, through /live and through /yjs: each permission alone, on the real guard. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { createNote, groupNotes, moveNote, replaceText, setColour, textOf } from '#core/board/edit.ts';
import { readBoard } from '#core/board/read.ts';
import { MAY_ALL, MAY_NOTHING, type BoardMay } from '#core/stage/permissions.ts';
import { Raw, updateOf } from './raw.ts';
import { BOARD, Room, until } from './room.ts';

const ZONES = ['z', 'y'];
let room: Room;
beforeEach(async () => {
  room = new Room();
  await room.open();
  room.access.allow(BOARD, '*', { zones: ZONES, recordAuthors: true });
  const first = await Raw.join(room, room.person('first'));
  const second = await Raw.join(room, room.person('second'));
  await first.write(updateOf(first.doc, (doc) => void createNote(doc, { id: 'mine', zone: 'z', text: 'mine' }, 't')));
  await second.write(
    updateOf(second.doc, (doc) => void createNote(doc, { id: 'theirs', zone: 'z', text: 'theirs' }, 't')),
  );
  for (const raw of [first, second]) raw.close();
});
afterEach(() => room.close());

type Change = (doc: Y.Doc) => void;
const write =
  (id: string): Change =>
  (doc) => {
    const text = textOf(doc, id);
    if (text) replaceText(text, `${id}!`);
  };
const CHANGES: readonly [needs: keyof BoardMay, what: string, change: Change][] = [
  ['add', 'a note', (doc) => void createNote(doc, { id: 'new', zone: 'z', text: 'new' }, 't')],
  ['editOwn', 'one’s own words', write('mine')],
  ['editOwn', 'one’s own colour', (doc) => void setColour(doc, { ids: ['mine'], colour: 'rose' }, 't')],
  ['editOwn', 'a deletion', (doc) => void doc.getMap('notes').delete('mine')],
  ['editAny', 'another’s words', write('theirs')],
  ['editAny', 'another’s deletion', (doc) => void doc.getMap('notes').delete('theirs')],
  ['move', 'a place', (doc) => void moveNote(doc, { id: 'theirs', zone: 'y', x: 5, y: 5 }, 't')],
  ['group', 'a group', (doc) => void groupNotes(doc, { noteIds: ['mine', 'theirs'] }, 't')],
];
const without = (part: keyof BoardMay): BoardMay => ({
  ...MAY_ALL,
  [part]: false,
  ...(part === 'editOwn' && { editAny: false }),
});

/** As the server has it now. */
const content = () => room.live.read(BOARD, (doc) => readBoard(doc));

/** Tries a change at a door and answers whether it was taken. */
async function attempt(door: 'live' | 'yjs', change: Change): Promise<boolean> {
  const before = JSON.stringify(await content());
  if (door === 'live') {
    const raw = await Raw.join(room, 'token-first');
    raw.step1();
    await until('the board', () => raw.doc.getMap('notes').size === 2);
    const status = await raw.write(updateOf(raw.doc, change));
    raw.close();
    const after = JSON.stringify(await content());
    expect(after === before).toBe(status !== 1);
    return status === 1;
  }
  const { doc, provider, closes } = room.joinYjs('token-first');
  await until('synced', () => provider.synced);
  doc.transact(() => change(doc));
  for (let tries = 0; tries < 200 && closes.length === 0 && JSON.stringify(await content()) === before; tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 5));
  provider.disconnect();
  const taken = JSON.stringify(await content()) !== before;
  expect(closes.some((code) => code >= 4400)).toBe(!taken);
  return taken;
}

describe.each(['live', 'yjs'] as const)('by %s', (door) => {
  test.each(CHANGES)(
    '[S6] %s: %s is taken with it and refused without, without a trace',
    async (needs, _what, change) => {
      room.access.allow(BOARD, 'first', { zones: ZONES, recordAuthors: true, may: without(needs) });
      expect(await attempt(door, change)).toBe(false);
      room.access.allow(BOARD, 'first', { zones: ZONES, recordAuthors: true, may: { ...MAY_NOTHING, [needs]: true } });
      expect(await attempt(door, change)).toBe(true);
    },
  );

  test('[S7] a note that came by command is its author’s, told while the socket is open', async () => {
    room.access.allow(BOARD, 'first', { zones: ZONES, recordAuthors: true, may: { ...MAY_NOTHING, editOwn: true } });
    expect(await attempt(door, write('mine'))).toBe(true);
    room.log.createdNotes.push({ document: BOARD, noteId: 'later', personId: 'first' });
    await room.live.edit(BOARD, (doc) => {
      doc.getMap('notes').delete('theirs');
      createNote(doc, { id: 'later', zone: 'z', text: 'later' }, 't');
    });
    expect(await attempt(door, write('later'))).toBe(true);
  });

  test('[S8] a locked area and a locked note refuse', async () => {
    for (const locks of [
      { zones: ['z'], notes: [] },
      { zones: [], notes: ['theirs'] },
    ]) {
      room.access.allow(BOARD, 'first', { zones: ZONES, recordAuthors: true, locks });
      expect(await attempt(door, write('theirs'))).toBe(false);
    }
    room.access.allow(BOARD, 'first', { zones: ZONES, recordAuthors: true, locks: { zones: ['y'], notes: ['mine'] } });
    expect(await attempt(door, write('theirs'))).toBe(true);
  });
});
