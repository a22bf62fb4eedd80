/** Who leads, what everybody follows and what the wall speaks, in the description of the API. */
import * as v from 'valibot';
import * as s from '../leading-schemas.ts';
import { id } from '../schemas.ts';
import type { Operations } from './operation.ts';

const leaders = v.looseObject({
  ledBy: v.nullable(id),
  me: v.nullable(id),
  leaders: v.array(v.looseObject({ id, name: v.string() })),
});

export const LEADING: Operations = {
  '/workshops/{id}/lead': {
    get: { summary: 'Who leads, and to whom the lead can be handed', who: 'facilitators', answer: leaders },
    post: {
      summary: 'Takes the lead, or hands it over',
      who: 'facilitators',
      body: s.leader,
      answer: v.looseObject({ ledBy: id }),
      refused: [409],
    },
  },
  '/workshops/{id}/follow': {
    put: {
      summary: "Everybody's board shows this view until they, or a leader, end it",
      who: 'facilitators',
      body: s.follow,
      answer: v.looseObject({ call: v.number() }),
      refused: [409, 422],
    },
  },
  '/workshops/{id}/wall': {
    put: { summary: 'The languages of the wall: one, or two', who: 'facilitators', body: s.wall, refused: [409, 422] },
  },
};
