/** The state of a strategy, its kept versions, and the work on its draft, in the description of the API. */
import { publishing, statusStep } from '../draft-schemas.ts';
import * as d from './draft-answers.ts';
import { strategyMade } from './answers.ts';
import type { Operations } from './operation.ts';

export const DRAFTS: Operations = {
  '/strategies/{id}/status': {
    post: {
      summary:
        'Moves it on (sent, submitted, adopted), keeping a version, or back to the draft; adopted is frozen for good',
      who: 'staff',
      body: statusStep,
      answer: d.stepped,
      refused: [409, 422],
    },
  },
  '/strategies/{id}/versions/{version}/publish': {
    post: {
      summary: 'Makes the public page of a version, or takes it away',
      who: 'staff',
      body: publishing,
      answer: d.keptVersion,
    },
  },
  '/strategies/{id}/versions/{version}/restore': {
    post: {
      summary: 'A new strategy that begins with the text of a version',
      who: 'staff',
      done: [201],
      answer: strategyMade,
    },
  },
};
