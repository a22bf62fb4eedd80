/** What the API answers with. Loose on purpose: a client must live with a key that a later version adds. */
import * as v from 'valibot';
import { LANGUAGES } from '#core/people/caller.ts';
import { REFUSALS, type RefusalCode } from '#core/result.ts';

const text = v.string();
const flag = v.boolean();
const id = v.string();
const count = v.pipe(v.number(), v.integer());
const time = v.pipe(v.string(), v.isoTimestamp());
const language = v.picklist(LANGUAGES);
const maybe = <S extends v.GenericSchema>(schema: S) => v.nullable(schema);
const list = <S extends v.GenericSchema>(schema: S) => v.array(schema);
const texts = v.looseObject({ ky: v.optional(text), ru: v.optional(text), en: v.optional(text) });
const page = <S extends v.GenericSchema>(item: S) => v.looseObject({ items: list(item), cursor: maybe(text) });

export const failure = v.looseObject({
  error: v.looseObject({ code: v.picklist(Object.keys(REFUSALS) as RefusalCode[]), message: text }),
});
export const made = v.looseObject({ id });
export const revision = v.looseObject({ revision: count });
export const revealed = v.looseObject({ revealed: count, noteIds: v.optional(v.array(v.string())) });
const agendaStage = v.looseObject({ id, kind: text, title: texts, boardId: maybe(id), minutes: maybe(count) });
export const agenda = v.looseObject({ revision: count, stages: list(agendaStage) });
export const hands = list(v.looseObject({ id, name: maybe(text), organisationId: maybe(id) }));
export const locks = v.looseObject({ zones: list(text), notes: list(id) });
export const waiting = v.looseObject({
  total: count,
  byOrganisation: list(v.looseObject({ organisationId: maybe(id), count })),
});
export const inbox = list(v.looseObject({ id, zone: text, text, colour: text }));
export const approved = v.looseObject({ approved: count });
export const rehearsed = v.looseObject({ id, people: count });
export const acted = v.looseObject({ notes: count, ballots: count });
export const recovery = v.looseObject({ code: text });

export const joined = v.looseObject({ participantId: id, workshopId: id, token: text, organisationId: maybe(id) });
const account = v.looseObject({ id, email: text, name: text, role: text, status: text });
export const signedIn = v.looseObject({ account });
export const people = list(
  v.looseObject({ id, name: maybe(text), organisationId: maybe(id), language, joinedAt: time }),
);

export const rollEntry = v.looseObject({
  participantId: id,
  name: maybe(text),
  organisationId: maybe(id),
  voter: flag,
  admittedLate: flag,
  struck: flag,
  crew: flag,
  double: maybe(count),
});
export const roll = list(rollEntry);

const zone = v.looseObject({ id, name: texts });
export const templates = list(v.looseObject({ id, name: texts, zones: list(zone), stages: list(v.unknown()) }));

const organisation = v.looseObject({ id, name: text, seats: maybe(count) });
const board = v.looseObject({ id, template: text, title: texts, document: text, zones: list(zone) });
const stage = v.looseObject({ id, kind: text, boardId: maybe(id) });
const workshopFields = {
  id,
  title: text,
  titles: texts,
  template: text,
  languages: list(language),
  timeZone: text,
  heldOn: maybe(text),
  strategyId: maybe(id),
  status: v.picklist(['open', 'closed']),
  archived: flag,
  roomDocument: text,
  organisations: list(organisation),
  boards: list(board),
  stages: list(stage),
  stage: maybe(id),
  locked: flag,
  private: flag,
  anonymous: flag,
  namesNeeded: flag,
  organisationNeeded: flag,
  doorOpen: flag,
};
const ways = { joinCode: text, joinUrl: text, screenUrl: text };
export const newWorkshopMade = v.looseObject({ ...workshopFields, ...ways });
export const workshop = v.looseObject({
  ...workshopFields,
  joinCode: v.optional(text),
  joinUrl: v.optional(text),
  screenUrl: v.optional(text),
  rounds: list(v.looseObject({ id, title: text, status: text })),
});
export const workshops = page(
  v.looseObject({
    id,
    title: text,
    titles: texts,
    template: text,
    status: text,
    heldOn: maybe(text),
    timeZone: text,
    strategyId: maybe(id),
    archived: flag,
    createdAt: time,
    people: count,
  }),
);

const note = v.looseObject({
  id,
  zone: text,
  x: count,
  y: count,
  text,
  colour: text,
  groupId: maybe(id),
  language: v.optional(language),
  authorId: v.optional(id),
  organisationId: v.optional(id),
  private: v.optional(flag),
  own: v.optional(flag),
  setAside: v.optional(text),
});
export const boardSeen = v.looseObject({
  id,
  notes: list(note),
  groups: list(v.looseObject({ id, zone: text, title: text, noteIds: list(id) })),
});

const option = v.looseObject({ id, text });
export const roundMade = v.looseObject({ id, options: list(option) });
const marks = v.record(v.string(), v.number());
export const publishedBallot = v.looseObject({
  receipt: text,
  dots: v.optional(marks),
  scores: v.optional(v.record(v.string(), marks)),
  ranking: v.optional(list(id)),
  choices: v.optional(v.record(v.string(), text)),
  abstain: v.optional(flag),
});
export const ownBallot = v.looseObject({ ...publishedBallot.entries, remaining: v.optional(v.number()) });
export const ballotTaken = v.looseObject({ receipt: text, remaining: v.optional(v.nullable(v.number())) });
const cell = v.looseObject({
  organisationId: maybe(id),
  name: text,
  dots: maybe(v.number()),
  voters: maybe(count),
  suppressed: flag,
});
const counted = v.looseObject({
  id,
  text,
  rank: count,
  tied: flag,
  dots: v.number(),
  voters: count,
  share: v.number(),
  byOrganisation: list(cell),
});
const result = v.looseObject({
  options: list(counted),
  kept: list(id),
  nearTies: v.optional(list(list(id))),
  organisationOrder: list(id),
  orderFlips: list(id),
  indicative: flag,
  robust: maybe(flag),
  ballots: v.optional(list(publishedBallot)),
});
export const round = v.looseObject({
  id,
  workshopId: id,
  boardId: id,
  title: text,
  of: v.picklist(['notes', 'groups']),
  method: v.looseObject({ kind: text }),
  secret: flag,
  status: v.picklist(['draft', 'open', 'closing', 'closed']),
  options: list(option),
  turnout: v.looseObject({ eligible: count, cast: count }),
  dueAt: maybe(time),
  extensions: count,
  origin: maybe(v.looseObject({ roundId: id, kind: v.picklist(['run-off', 're-vote']) })),
  movement: maybe(list(v.looseObject({ id, text }))),
  merged: list(v.looseObject({ groupId: id, title: text, optionIds: list(id), voters: count })),
  receipts: flag,
  crewVotes: flag,
  crewOut: flag,
  /** null until the round is closed. */
  result: maybe(result),
});
export const rounds = list(round);
export const roundLog = list(
  v.looseObject({ kind: text, at: time, by: maybe(text), whom: maybe(text), detail: maybe(text) }),
);
export const sheetsIssued = v.looseObject({ from: count, to: count });
export const pendingEntry = v.looseObject({
  receipt: v.optional(text),
  entry: v.optional(id),
  pending: v.optional(flag),
});
export const desk = v.looseObject({
  sheets: list(v.looseObject({ number: count, used: flag })),
  entries: list(
    v.looseObject({
      id,
      kind: text,
      organisationId: maybe(id),
      number: maybe(count),
      enteredBy: text,
      mine: flag,
      enteredAt: time,
    }),
  ),
});

export const snapshotTaken = v.looseObject({ id, workshopId: id, title: text, hash: text, takenAt: time });
export const snapshotsTaken = list(snapshotTaken);
export const snapshot = v.looseObject({ id, title: text, hash: text, takenAt: time });

export const strategyMade = v.looseObject({ id, draftDocument: text });
const strategyFields = {
  id,
  title: text,
  periodStart: count,
  periodEnd: count,
  languages: list(language),
  draftDocument: text,
  createdAt: time,
  archived: flag,
};
export const strategies = page(v.looseObject(strategyFields));
export const version = v.looseObject({ id, title: text, createdAt: time });
export const versions = list(version);
export const strategy = v.looseObject({ ...strategyFields, mayEdit: flag, snapshots: snapshotsTaken, versions });
export const inserted = v.looseObject({ snapshotId: id, alreadyInserted: flag });
export const prose = v.looseObject({ type: v.literal('doc') });
export const difference = v.looseObject({
  same: flag,
  blocks: list(v.looseObject({ kind: v.picklist(['same', 'added', 'removed', 'changed']), block: text })),
});
