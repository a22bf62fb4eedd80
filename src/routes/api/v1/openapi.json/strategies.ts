/** Strategies and their drafts in the description of the API. */
import { archive, changedStrategy, insertion, newStrategy, titled } from '../voting-schemas.ts';
import * as a from './answers.ts';
import type { Operations } from './operation.ts';
import { PAGED } from './workshops.ts';

const crew = 'facilitators and staff';

export const STRATEGIES: Operations = {
  '/strategies': {
    get: { summary: 'Strategies, newest first, page by page', who: crew, query: PAGED, answer: a.strategies },
    post: {
      summary: 'Makes a strategy with an empty draft',
      who: 'staff',
      body: newStrategy,
      done: [201],
      answer: a.strategyMade,
      refused: [422],
    },
  },
  '/strategies/{id}': {
    get: { summary: 'A strategy, its workshops, snapshots and versions', who: crew, answer: a.strategy },
    patch: { summary: 'Changes its title, period or languages', who: 'staff', body: changedStrategy, refused: [422] },
    delete: { summary: 'Deletes it for good', who: crew },
  },
  '/strategies/{id}/archive': { post: { summary: 'Puts it away, or takes it out again', who: crew, body: archive } },
  '/strategies/{id}/duplicate': {
    post: { summary: 'The same strategy with a copy of its text', who: crew, done: [201], answer: a.strategyMade },
  },
  '/strategies/{id}/insert': {
    post: {
      summary: 'Puts a snapshot at the end of the draft, once',
      who: 'staff',
      body: insertion,
      answer: a.inserted,
    },
  },
  '/strategies/{id}/versions': {
    get: { summary: 'Named versions, newest first', who: crew, answer: a.versions },
    post: {
      summary: 'Keeps the text as it is now under a name',
      who: 'staff',
      body: titled,
      done: [201],
      answer: a.version,
      refused: [422],
    },
  },
  '/strategies/{id}/versions/{version}': {
    get: { summary: 'The text of a version, or of current, as ProseMirror JSON', who: crew, answer: a.prose },
  },
  '/strategies/{id}/versions/{version}/diff/{other}': {
    get: {
      summary: 'What changed from one version to another; either may be current',
      who: crew,
      answer: a.difference,
    },
  },
};
