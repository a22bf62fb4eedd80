/** Rounds, ballots and snapshots in the description of the API. */
import * as v from 'valibot';
import {
  admitted,
  ballot,
  changedRound,
  decision,
  deskBallot,
  extension,
  newRound,
  opening,
  revote,
  sheets,
  striking,
  titled,
} from '../voting-schemas.ts';
import * as a from './answers.ts';
import type { Operations } from './operation.ts';

const whole = v.pipe(v.number(), v.integer());
const method = v.variant('kind', [
  v.object({ kind: v.literal('dots'), budget: whole, perOption: v.optional(whole) }),
  v.object({
    kind: v.literal('score'),
    criteria: v.array(v.object({ name: v.string(), weight: v.optional(v.number()) })),
    min: whole,
    max: whole,
  }),
  v.object({ kind: v.literal('ranking') }),
  v.object({ kind: v.literal('consent') }),
  v.object({ kind: v.literal('verdict'), choices: v.array(v.string()) }),
]);

const settings = {
  title: v.string(),
  of: v.picklist(['notes', 'groups']),
  method,
  secret: v.optional(v.boolean(), true),
  quorum: v.optional(v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(1)))),
  cut: v.optional(v.nullable(whole)),
  graceSeconds: v.optional(v.pipe(whole, v.minValue(0), v.maxValue(3600)), 0),
  publish: v.optional(v.boolean(), true),
  deskConfirmation: v.optional(v.boolean(), false),
  receipts: v.optional(v.boolean(), true),
  crewVotes: v.optional(v.boolean(), false),
  proxyLimit: v.optional(v.nullable(v.pipe(whole, v.minValue(0), v.maxValue(1000)))),
};
/** What the route parses, and beside it the settings that pass through to the core's own reading of them. */
export const newRoundWhole = v.looseObject({ ...newRound.entries, ...settings });
const some = v.partial(v.object(settings)).entries;
export const changedRoundWhole = v.looseObject({ ...changedRound.entries, ...some });
export const revoteWhole = v.looseObject({ ...revote.entries, ...some });

const marks = v.record(v.string(), whole);
const marked = {
  dots: v.optional(marks),
  scores: v.optional(v.record(v.string(), marks)),
  ranking: v.optional(v.array(v.string())),
  choices: v.optional(v.record(v.string(), v.string())),
  abstain: v.optional(v.boolean()),
};
export const ballotWhole = v.looseObject({ ...ballot.entries, ...marked });
export const deskBallotWhole = v.looseObject({ ...deskBallot.entries, ...marked });

export const VOTING: Operations = {
  '/workshops/{id}/rounds': {
    get: { summary: 'Every round of a workshop, in the order of making', who: 'members', answer: a.rounds },
    post: {
      summary: 'Prepares a round',
      who: 'facilitators',
      body: newRoundWhole,
      done: [201],
      answer: a.roundMade,
      refused: [409, 422],
    },
  },
  '/rounds/{id}': {
    get: {
      summary: 'A round as the caller may see it: the turnout until it is closed, then the result',
      who: 'members',
      answer: a.round,
    },
    patch: {
      summary: 'Other settings for a round that was never opened',
      who: 'facilitators',
      body: changedRoundWhole,
      answer: a.round,
      refused: [409, 422],
    },
    delete: { summary: 'Drops a round that was never opened', who: 'facilitators', refused: [409] },
  },
  '/rounds/{id}/open': {
    post: {
      summary: 'Freezes settings, options and roll, and takes ballots; with seconds it closes by itself',
      who: 'facilitators',
      body: opening,
      answer: a.round,
      refused: [409, 422],
    },
  },
  '/rounds/{id}/extend': {
    post: {
      summary: 'Moves the end of an open round on',
      who: 'facilitators',
      body: extension,
      answer: a.round,
      refused: [409, 422],
    },
  },
  '/rounds/{id}/run-off': {
    post: {
      summary: 'Prepares the run-off on what is tied at the cut',
      who: 'facilitators',
      done: [201],
      answer: a.roundMade,
      refused: [409, 422],
    },
  },
  '/rounds/{id}/re-vote': {
    post: {
      summary: 'Prepares a second vote on chosen options',
      who: 'facilitators',
      body: revoteWhole,
      done: [201],
      answer: a.roundMade,
      refused: [409, 422],
    },
  },
  '/rounds/{id}/decision': {
    post: {
      summary: 'Chooses among what is tied at the cut, with a reason',
      who: 'facilitators',
      body: decision,
      answer: a.round,
      refused: [409, 422],
    },
  },
  '/rounds/{id}/strike': {
    post: {
      summary: 'Takes a double off the roll before the opening',
      who: 'facilitators',
      body: striking,
      refused: [409],
    },
  },
  '/rounds/{id}/log': {
    get: {
      summary: 'What people did with a round; never who has voted',
      who: 'facilitators and staff',
      answer: a.roundLog,
    },
  },
  '/rounds/{id}/desk': {
    get: {
      summary: 'Numbers used and entries that wait for a second person',
      who: 'facilitators and staff',
      answer: a.desk,
    },
  },
  '/rounds/{id}/sheets': {
    get: {
      summary: 'The sheets that are not used yet, as PDF',
      who: 'staff',
      query: { language: { text: 'ky, ru or en', schema: v.optional(v.picklist(['ky', 'ru', 'en'])) } },
      file: ['application/pdf'],
    },
    post: {
      summary: 'Issues numbered paper ballots',
      who: 'staff',
      body: sheets,
      done: [201],
      answer: a.sheetsIssued,
      refused: [409, 422],
    },
  },
  '/rounds/{id}/paper-ballots/{entry}': {
    put: {
      summary: 'Confirms an entry of the desk by entering the same ballot again',
      who: 'staff',
      body: ballotWhole,
      answer: a.ballotTaken,
      refused: [409, 422],
    },
    delete: { summary: 'Takes back an entry that nobody confirmed', who: 'staff' },
  },
  '/rounds/{id}/close': {
    post: {
      summary: 'Ends the voting, at once or after the grace time',
      who: 'facilitators',
      answer: a.round,
      refused: [409],
    },
  },
  '/rounds/{id}/admit': {
    post: {
      summary: 'Puts somebody who came later on the roll',
      who: 'facilitators and staff',
      body: admitted,
      answer: a.rollEntry,
      refused: [409],
    },
  },
  '/rounds/{id}/roll': {
    get: {
      summary: 'Who may vote, and who came too late to; never who has voted',
      who: 'facilitators and staff',
      answer: a.roll,
    },
  },
  '/rounds/{id}/ballot': {
    get: {
      summary: "The caller's own ballot, until a secret round is closed",
      who: 'voters',
      answer: a.ownBallot,
      refused: [409],
    },
    put: {
      summary: 'Casts the ballot, or puts another in its place; the same clientKey again is the same command',
      who: 'voters',
      body: ballotWhole,
      answer: a.ballotTaken,
      refused: [409, 422],
    },
  },
  '/rounds/{id}/ballots/{receipt}': {
    get: {
      summary: 'The anonymous ballot of a receipt, once published',
      who: 'members',
      answer: a.publishedBallot,
      refused: [409],
    },
  },
  '/rounds/{id}/paper-ballots': {
    post: {
      summary: 'Enters a paper or proxy ballot at the desk',
      who: 'staff',
      body: deskBallotWhole,
      done: [201],
      answer: a.pendingEntry,
      refused: [409, 422],
    },
  },
  '/workshops/{id}/snapshots': {
    get: { summary: 'Snapshots of a workshop, newest first', who: 'members', answer: a.snapshotsTaken },
    post: {
      summary: 'Takes a snapshot',
      who: 'facilitators and staff',
      body: titled,
      done: [201],
      answer: a.snapshotTaken,
      refused: [422],
    },
  },
  '/snapshots/{id}': {
    get: {
      summary:
        'The whole snapshot, the same bytes for everybody; hash is the SHA-256 of its canonical JSON (RFC 8785) without hash',
      who: 'members',
      answer: a.snapshot,
    },
  },
};
