/** What goes from one stage of the day to the next, in the description of the API. */
import * as s from '../carrying-schemas.ts';
import * as a from './carrying-answers.ts';
import type { Operations } from './operation.ts';

export const CARRYING: Operations = {
  '/boards/{id}/actions': {
    post: {
      summary: 'Actions of the last programme from a pasted table or CSV',
      who: 'facilitators',
      body: s.actionTable,
      done: [201],
      answer: a.broughtOver,
      refused: [409, 422],
    },
  },
  '/boards/{id}/actions/table': {
    post: {
      summary: 'An .xlsx or .csv file as the text of a table, to be looked at before it is imported; writes nothing',
      who: 'facilitators',
      upload: ['application/octet-stream'],
      answer: a.tableRead,
      refused: [422],
    },
  },
  '/boards/{id}/review': {
    get: {
      summary: 'Actions of the last programme with what the room judged (once closed) and what was found',
      who: 'members',
      answer: a.review,
    },
  },
  '/boards/{id}/notes/{note}/finding': {
    put: {
      summary: 'Evidence, cause and the confirmed verdict of an action',
      who: 'facilitators',
      body: s.finding,
      refused: [409, 422],
    },
  },
  '/boards/{id}/seed': {
    post: {
      summary: 'Groups of another board as notes of this one, their origin kept',
      who: 'facilitators',
      body: s.seeding,
      done: [201],
      answer: a.broughtOver,
      refused: [409, 422],
    },
  },
  '/boards/{id}/origins': { get: { summary: 'Where its notes come from', who: 'members', answer: a.origins } },
  '/boards/{id}/matrix': {
    get: {
      summary: 'Options by pair of quadrants, and the factors that nobody used',
      who: 'members',
      answer: a.matrix,
    },
  },
  '/boards/{id}/duplicates': {
    get: {
      summary: 'Notes that may say the same, to be confirmed',
      who: 'members',
      answer: a.duplicates,
      refused: [409],
    },
    delete: { summary: 'Says that suggested notes are not alike', who: 'members', body: s.unlike, refused: [409] },
  },
  '/boards/{id}/group-log': {
    get: {
      summary: 'Who grouped what, latest first; roles only where anonymous',
      who: 'facilitators and staff',
      answer: a.groupLog,
    },
  },
  '/boards/{id}/group-log/{step}': {
    delete: { summary: 'Takes a step of the trail back', who: 'facilitators', refused: [409] },
  },
  '/boards/{id}/notes/{note}/factors': {
    put: {
      summary: 'Binds an option to the factors it rests on',
      who: 'members',
      body: s.factors,
      answer: a.bound,
      refused: [409, 422],
    },
  },
  '/rounds/{id}/carry': {
    post: {
      summary: 'What a verdict judged in these ways, as notes of an area',
      who: 'facilitators',
      body: s.carried,
      done: [201],
      answer: a.broughtOver,
      refused: [409, 422],
    },
  },
  '/boards/{id}/options': {
    post: {
      summary: 'Writes an option bound to factors of two quadrants; the same clientKey again is the same option (200)',
      who: 'members',
      body: s.newOption,
      done: [201, 200],
      answer: a.paired,
      refused: [409, 422],
    },
  },
};
