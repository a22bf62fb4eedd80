/** Tables in the description of the API. */
import * as v from 'valibot';
import * as s from '../table-schemas.ts';
import type { Operations } from './operation.ts';

const count = v.pipe(v.number(), v.integer());
const table = v.looseObject({
  id: v.string(),
  name: v.string(),
  state: v.picklist(['open', 'closing', 'back']),
  people: count,
  here: count,
  ready: count,
});
const seen = v.looseObject({
  split: v.nullable(v.looseObject({ id: v.string(), boardId: v.string(), mode: v.string(), seed: v.string() })),
  mine: v.nullable(v.looseObject({ id: v.string(), name: v.string(), boardId: v.string() })),
  tables: v.array(table),
});
const brought = v.looseObject({ brought: count });

export const TABLES: Operations = {
  '/workshops/{id}/tables': {
    get: {
      summary: 'The room at tables: numbers for everybody, boards and what was written for those who lead',
      who: 'members',
      answer: seen,
    },
    post: {
      summary: 'Splits the room into tables, each with a copy of the board or with areas of its own',
      who: 'facilitators',
      body: s.split,
      done: [201],
      answer: v.looseObject({ id: v.string(), seed: v.string() }),
      refused: [409, 422],
    },
    delete: {
      summary: 'Everybody back to the shared board, with every note of every table',
      who: 'facilitators',
      answer: brought,
      refused: [409, 422],
    },
  },
  '/workshops/{id}/tables/seats': {
    put: {
      summary: 'Seats somebody at another table',
      who: 'facilitators',
      body: s.seat,
      refused: [409, 422],
    },
  },
  '/workshops/{id}/tables/{table}': {
    patch: { summary: 'Names a table', who: 'facilitators', body: s.renamedTable, refused: [409, 422] },
  },
  '/workshops/{id}/tables/{table}/back': {
    post: {
      summary: 'Brings the notes of one table to the shared board, and its people',
      who: 'facilitators',
      answer: brought,
      refused: [409, 422],
    },
  },
};
