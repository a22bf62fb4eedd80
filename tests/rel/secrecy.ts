/** V2, V3: nothing is told of a vote while its round is open, and nothing ties it to a person afterwards. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { STORE_FILE } from '#server/store/open.ts';
import { clientOf } from '../e2e/client.ts';
import { outcome, type Case, type Outcome, type Size } from './case.ts';
import { Peer, pause, until } from './peer.ts';
import { dotsOf, roundOn, voterAt } from './votes.ts';
import { within, type Person } from './world.ts';

/** The same script twice, differing only in who votes what: what everybody else is sent must be the same. */
async function nonInterference(size: Size): Promise<Outcome> {
  const voters = size === 'full' ? 30 : 8;
  return within({}, async (world) => {
    const streams: string[] = [];
    let optionsSeen = 0;
    for (const taste of [0, 1]) {
      const place = await world.workshop();
      const people = await place.people(voters + 1);
      const watcher = people.at(-1) as Person;
      const round = await roundOn(world, place, people, 4);
      const room = await Peer.join(world.one, `room/${place.id}`, watcher.token);
      const board = await Peer.join(world.one, place.board, watcher.token);
      const sizes: number[] = [];
      if (board) board.heard = () => sizes.push(1);
      const seen: string[] = [];
      for (const [index, person] of people.slice(0, voters).entries()) {
        const option = round.options[(index * (taste + 1) + taste) % round.options.length] ?? '';
        await voterAt(world, person, 0).put(`/rounds/${round.id}/ballot`, { dots: { [option]: taste === 0 ? 5 : 3 } });
        await until(() => {
          const told = room?.doc.getMap<{ turnout?: { cast: number } }>('rounds').get(round.id);
          return told?.turnout?.cast === index + 1;
        }, 3_000);
        for (const client of [clientOf(world.one.url, watcher.token), world.lead, world.staff]) {
          const answer = await client.get(`/rounds/${round.id}`);
          const { options: _own, ...rest } = answer.body;
          seen.push(JSON.stringify({ status: answer.status, rest }));
        }
        const told = JSON.stringify(room?.doc.getMap('rounds').get(round.id));
        seen.push(told);
        for (const id of round.options) if (told.includes(id)) optionsSeen += 1;
      }
      // Ids, times and receipts are random; everything else must agree.
      const ids = [round.id, place.id, place.boardId];
      const masked = ids.reduce((text, id) => text.replaceAll(id, 'ID'), seen.join('\n'));
      streams.push(`${masked.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z|\b1[67]\d{11}\b/g, 'TIME')}|${sizes.join()}`);
      room?.close();
      board?.close();
    }
    const [one = '', two = ''] = streams;
    const figures = { voters, bytes: one.length, differing: one === two ? 0 : 1, options_in_streams: optionsSeen };
    return outcome(figures, { same: one === two && one.length > 500, options: optionsSeen === 0 });
  });
}

/** After the close nothing in the files leads from a ballot to a person: the key of the round is nowhere. */
async function unlink(size: Size): Promise<Outcome> {
  const rounds = size === 'full' ? 20 : 2;
  return within({}, async (world) => {
    const place = await world.workshop();
    const people = await place.people(6);
    const file = join(world.dataDir, STORE_FILE);
    const figures = { rounds, keys_left: 0, voter_keys_left: 0, tied_rows: 0 };
    for (let at = 0; at < rounds; at += 1) {
      const round = await roundOn(world, place, people, at === 0 ? 3 : 0);
      for (const person of people)
        await voterAt(world, person, 0).put(`/rounds/${round.id}/ballot`, { dots: dotsOf(round, 5) });
      const before = new Sqlite(file, { readonly: true });
      const { round_key: key } = before.prepare('select round_key from rounds where id = ?').get(round.id) as {
        round_key: Buffer;
      };
      const voters = before.prepare('select voter_key from ballots where round_id = ?').all(round.id) as {
        voter_key: string;
      }[];
      before.close();
      await world.lead.post(`/rounds/${round.id}/close`);
      await pause(200);
      const bytes = Buffer.concat([readFileSync(file), readFileSync(`${file}-wal`)]);
      if (bytes.includes(key)) figures.keys_left += 1;
      figures.voter_keys_left += voters.filter(({ voter_key: voter }) => bytes.includes(voter)).length;
      const after = new Sqlite(file, { readonly: true });
      const tied = (table: string): number =>
        (after.prepare(`select count(*) as n from ${table} where round_id = ?`).get(round.id) as { n: number }).n;
      figures.tied_rows += tied('ballot_commands') + tied('ballots');
      after.close();
    }
    return outcome(figures, {
      keys: figures.keys_left === 0,
      voters: figures.voter_keys_left === 0,
      rows: figures.tied_rows === 0,
    });
  });
}

export const secrecy: readonly Case[] = [
  {
    id: 'V2',
    name: 'vote-noninterference',
    does: 'what others see does not depend on what was voted',
    run: nonInterference,
    defence: 'told-aloud',
  },
  {
    id: 'V3',
    name: 'vote-unlink',
    does: 'nothing ties a ballot to a person after the close',
    run: unlink,
    defence: 'kept-key',
  },
];
