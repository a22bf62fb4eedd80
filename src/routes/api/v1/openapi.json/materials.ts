/** What a stage brings along, in the description of the API. */
import * as v from 'valibot';
import { FILE_TYPES } from '#core/stage/files.ts';
import * as s from '../material-schemas.ts';
import { id } from '../schemas.ts';
import type { Operations } from './operation.ts';

const material = v.looseObject({ title: v.string(), url: v.string(), type: v.optional(v.string()) });

const tried = v.looseObject({ note: v.nullable(v.string()), choice: v.nullable(v.string()) });

export const MATERIALS: Operations = {
  '/workshops/{id}/materials': {
    post: {
      summary: 'A link for a stage',
      who: 'facilitators',
      body: s.link,
      done: [201],
      answer: v.array(material),
      refused: [409],
    },
    delete: {
      summary: 'Takes a link or file away from a stage; an uploaded file is gone with it',
      who: 'facilitators',
      body: s.removedMaterial,
      refused: [409],
    },
  },
  '/workshops/{id}/files': {
    post: {
      summary: 'A file for a stage as the body itself: PNG, JPEG, WebP or PDF of up to 10 MiB, judged by its bytes',
      who: 'facilitators',
      upload: ['application/octet-stream'],
      query: {
        stage: { text: 'The stage that it belongs to', schema: id, required: true },
        name: { text: 'What it is called', schema: v.string(), required: true },
      },
      done: [201],
      answer: v.looseObject({ id: v.string(), title: v.string(), url: v.string(), type: v.string() }),
      refused: [400, 409, 413, 422],
    },
  },
  '/workshops/{id}/slide': {
    put: {
      summary: 'Shows one picture of a stage full screen on the projector, or none',
      who: 'facilitators',
      body: s.slide,
      refused: [409],
    },
  },
  '/workshops/{id}/practice': {
    get: { summary: 'What one tried in the welcome', who: 'participants', answer: tried, refused: [409] },
    put: {
      summary: 'A practice note and a practice vote (tea, coffee, kymyz), only in the welcome and wiped with it',
      who: 'participants',
      body: s.practice,
      answer: tried,
      refused: [409, 422],
    },
  },
  '/files/{id}': {
    get: { summary: 'An uploaded file', who: 'members', file: [...FILE_TYPES] },
  },
};
