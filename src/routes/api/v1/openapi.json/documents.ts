/** Documents: results, minutes, posters, the draft, and what is typed for them. */
import * as v from 'valibot';
import { FORMATS } from '#core/export/formats.ts';
import { LANGUAGES } from '#core/people/caller.ts';
import { minutesFields } from '../document-schemas.ts';
import { id } from '../schemas.ts';
import type { Operations } from './operation.ts';

const crew = 'facilitators and staff';
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const PROGRESS =
  'With `Accept: application/x-ndjson`: lines {"share"} while it is written, then {"file": {name, type, base64}}; closing the connection calls it off';
const language = {
  text: 'Of the document; the language of the request where it is left out',
  schema: v.picklist(LANGUAGES),
};

export const DOCUMENTS: Operations = {
  '/workshops/{id}/export': {
    get: {
      summary: `Results, minutes or a board as a poster, or (format=ashar) the workshop itself as a file. ${PROGRESS}`,
      who: crew,
      query: {
        format: { text: `${FORMATS.results.join(', ')}, or ashar`, schema: v.string(), required: true },
        kind: {
          text: 'results, minutes or poster',
          schema: v.optional(v.picklist(['results', 'minutes', 'poster']), 'results'),
        },
        snapshot: { text: 'A snapshot that was taken, in place of the state now', schema: id },
        board: { text: 'For pictures: which board; that with the most notes where it is left out', schema: id },
        language,
      },
      file: [
        DOCX,
        XLSX,
        'application/pdf',
        'image/png',
        'text/csv',
        'text/markdown',
        'application/json',
        'application/x-ndjson',
      ],
      refused: [422, 429],
    },
  },
  '/workshops/{id}/minutes': {
    get: { summary: 'What was typed for the minutes: number, place, who signs', who: crew, answer: minutesFields },
    put: { summary: 'Keeps what is typed for the minutes', who: crew, body: minutesFields, answer: minutesFields },
  },
  '/strategies/{id}/export': {
    get: {
      summary: `The draft, or a version of it, as a document. ${PROGRESS}`,
      who: crew,
      query: {
        format: { text: FORMATS.strategy.join(', '), schema: v.string(), required: true },
        version: { text: 'A version; the text as it is now where it is left out', schema: v.string() },
        language,
      },
      file: [DOCX, 'application/pdf', 'text/markdown', 'application/json', 'application/x-ndjson'],
      refused: [422, 429],
    },
  },
};
