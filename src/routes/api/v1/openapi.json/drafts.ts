/** The state of a strategy, its kept versions, and the work on its draft, in the description of the API. */
import { publishing, restoring, statusStep } from '../draft-schemas.ts';
import * as d from './draft-answers.ts';
import { made, strategyMade } from './answers.ts';
import type { Operations } from './operation.ts';

export const DRAFTS: Operations = {
  '/snapshots/{id}/diff/{other}': {
    get: {
      summary: 'What changed from one snapshot to another: added, removed, reworded, moved, regrouped, ranked anew',
      who: 'members',
      answer: d.snapshotDiff,
    },
  },
  '/snapshots/{id}/restore': {
    post: {
      summary: 'A board of the snapshot as a new board of its workshop',
      who: 'facilitators and staff',
      body: restoring,
      done: [201],
      answer: made,
    },
  },
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
