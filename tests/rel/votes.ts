/** V1, V5-V7: one ballot each and never over budget, however many try at once. */
import { clientOf, type Client, type Json } from '../e2e/client.ts';
import { outcome, type Case, type Outcome, type Size } from './case.ts';
import { addNote, Peer, pause } from './peer.ts';
import { within, type Person, type Place, type World } from './world.ts';

interface Round {
  readonly id: string;
  readonly options: readonly string[];
}

export async function roundOn(world: World, place: Place, people: readonly Person[], notes = 5): Promise<Round> {
  const writer = await Peer.join(world.one, place.board, people[0]?.token ?? '');
  for (let at = 0; at < notes; at += 1) await writer?.edit((doc) => void addNote(doc, place.zone, `option ${at}`));
  writer?.close();
  const method = { kind: 'dots', budget: 5, perOption: 5 };
  const draft = { boardId: place.boardId, title: 'Priorities', of: 'notes', method, secret: true };
  const made = await world.lead.post(`/workshops/${place.id}/rounds`, draft);
  if (made.status !== 201) throw new Error(`round: ${JSON.stringify(made.body)}`);
  const opened = await world.lead.post(`/rounds/${made.body.id}/open`);
  if (opened.status !== 200) throw new Error(`open: ${JSON.stringify(opened.body)}`);
  return { id: made.body.id, options: made.body.options.map((option: Json) => option.id) };
}

export const voterAt = (world: World, person: Person, index: number): Client =>
  clientOf(world.instances[index % world.instances.length]?.url ?? '', person.token);

export function dotsOf(round: Round, total: number): Record<string, number> {
  const dots: Record<string, number> = {};
  for (let at = 0; at < total; at += 1) {
    const option = round.options[Math.floor(Math.random() * round.options.length)] ?? '';
    dots[option] = (dots[option] ?? 0) + 1;
  }
  return dots;
}

const totalOf = (result: Json): number => result.options.reduce((sum: number, { dots }: Json) => sum + dots, 0);

function race(db: 'sqlite' | 'postgres'): (size: Size) => Promise<Outcome> {
  return async (size) => {
    const [voters, tries] = size === 'full' ? [40, 40] : [20, 10];
    return within({ db, instances: db === 'postgres' ? 2 : 1 }, async (world) => {
      const place = await world.workshop();
      const people = await place.people(voters);
      const round = await roundOn(world, place, people);
      const codes = new Map<number, number>();
      let over = 0;
      await Promise.all(
        people.map(async (person) => {
          await Promise.all(
            Array.from({ length: tries }, async (_, attempt) => {
              const isGreedy = attempt % 4 === 3;
              const dots = dotsOf(round, isGreedy ? 6 + (attempt % 3) : 5);
              const { status } = await voterAt(world, person, attempt).put(`/rounds/${round.id}/ballot`, { dots });
              codes.set(status, (codes.get(status) ?? 0) + 1);
              if (isGreedy && status === 200) over += 1;
            }),
          );
        }),
      );
      const turnout = (await world.lead.get(`/rounds/${round.id}`)).body.turnout;
      await world.lead.post(`/rounds/${round.id}/close`);
      const { result } = (await world.lead.get(`/rounds/${round.id}`)).body;
      const figures = {
        ...{ db, instances: world.instances.length, voters, tries, accepted: totalOf(result), over_budget: over },
        ...{ ballots: turnout.cast, codes: [...codes].map(([code, count]) => `${code}x${count}`).join(' ') },
      };
      return outcome(figures, {
        accepted: figures.accepted === voters * 5,
        over: over === 0,
        ballots: figures.ballots === voters,
        errors: [...codes.keys()].every((code) => code === 200 || code === 422 || code === 429 || code === 409),
      });
    });
  };
}

async function closeRace(size: Size): Promise<Outcome> {
  const rounds = size === 'full' ? 200 : 3;
  return within({ db: 'postgres', instances: 2 }, async (world) => {
    const place = await world.workshop();
    const people = await place.people(12);
    const figures = { rounds, acked: 0, counted: 0, acked_after: 0, differing: 0 };
    for (let at = 0; at < rounds; at += 1) {
      const round = await roundOn(world, place, people, at === 0 ? 3 : 0);
      const closing = pause(20 + Math.random() * 30).then(() => world.lead.post(`/rounds/${round.id}/close`));
      const answers = await Promise.all(
        people.map(async (person, index) => {
          await pause(Math.random() * 60);
          return (await voterAt(world, person, index).put(`/rounds/${round.id}/ballot`, { dots: dotsOf(round, 5) }))
            .status;
        }),
      );
      await closing;
      const late = await voterAt(world, people[0] as Person, 1).put(`/rounds/${round.id}/ballot`, {
        dots: dotsOf(round, 5),
      });
      if (late.status === 200) figures.acked_after += 1;
      const seen = await Promise.all(
        world.instances.map(async ({ url }) => (await clientOf(url, world.lead.token).get(`/rounds/${round.id}`)).body),
      );
      const acked = answers.filter((status) => status === 200).length;
      figures.acked += acked;
      const [first, second] = seen;
      figures.counted += first.turnout.cast;
      if (totalOf(first.result) !== acked * 5 || JSON.stringify(first.result) !== JSON.stringify(second.result))
        figures.differing += 1;
    }
    return outcome(figures, {
      counted: figures.counted === figures.acked,
      after: figures.acked_after === 0,
      same: figures.differing === 0,
    });
  });
}

async function kill9(size: Size): Promise<Outcome> {
  const rounds = size === 'full' ? 50 : 2;
  return within({}, async (world) => {
    const place = await world.workshop();
    const people = await place.people(15);
    const figures = { rounds, voters: people.length, lost: 0, double: 0, retried: 0 };
    for (let at = 0; at < rounds; at += 1) {
      const round = await roundOn(world, place, people, at === 0 ? 3 : 0);
      const voting = people.map(async (person, index) => {
        const clientKey = `ballot-${at}-${index}`;
        for (;;) {
          const put = voterAt(world, person, 0).put(`/rounds/${round.id}/ballot`, {
            dots: dotsOf(round, 5),
            clientKey,
          });
          const status = await put.then(
            (answer) => answer.status,
            () => 0,
          );
          if (status === 200) return;
          figures.retried += 1;
          await pause(100);
        }
      });
      await pause(Math.random() * 30);
      await world.one.kill();
      await world.one.start();
      await Promise.all(voting);
      await world.lead.post(`/rounds/${round.id}/close`);
      const { result, turnout } = (await world.lead.get(`/rounds/${round.id}`)).body;
      figures.lost += Math.max(0, people.length - turnout.cast);
      figures.double += Math.max(0, totalOf(result) - people.length * 5);
    }
    return outcome(figures, { lost: figures.lost === 0, double: figures.double === 0 });
  });
}

/** One person, many doors: the roll is frozen at the opening, and a second ballot of one person replaces the first. */
async function sybil(_size: Size): Promise<Outcome> {
  return within({}, async (world) => {
    const place = await world.workshop();
    const people = await place.people(4);
    const round = await roundOn(world, place, people, 3);
    const late = await place.people(6);
    const figures = { admitted: people.length, late: late.length, late_accepted: 0, budgets: 0 };
    for (const person of late) {
      const { status } = await voterAt(world, person, 0).put(`/rounds/${round.id}/ballot`, { dots: dotsOf(round, 5) });
      if (status === 200) figures.late_accepted += 1;
    }
    for (const person of [...people, ...people, ...people])
      await voterAt(world, person, 0).put(`/rounds/${round.id}/ballot`, { dots: dotsOf(round, 5) });
    await world.lead.post(`/rounds/${round.id}/close`);
    const { result, turnout } = (await world.lead.get(`/rounds/${round.id}`)).body;
    figures.budgets = totalOf(result) / 5;
    return outcome(figures, {
      late: figures.late_accepted === 0,
      budgets:
        figures.budgets === people.length && turnout.cast === people.length && turnout.eligible === people.length,
    });
  });
}

export const votes: readonly Case[] = [
  {
    id: 'V1',
    name: 'vote-race',
    does: 'everybody votes many times at once',
    run: race('sqlite'),
    defence: 'no-budget',
  },
  {
    id: 'V1b',
    name: 'vote-race-postgres',
    does: 'the same on PostgreSQL and two instances',
    run: race('postgres'),
    defence: 'no-budget',
  },
  {
    id: 'V5',
    name: 'vote-close-race',
    does: 'ballots and the close at the same moment, on two instances',
    run: closeRace,
    defence: 'told-unwritten',
  },
  {
    id: 'V6',
    name: 'vote-kill9',
    does: 'kill -9 while ballots arrive, sent again',
    run: kill9,
    defence: 'told-unwritten',
  },
  { id: 'V7', name: 'vote-sybil', does: 'late doors and second ballots', run: sybil, defence: 'no-roll' },
];
