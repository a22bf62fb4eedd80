/** What the API answers about drafts and their working group. Loose, as in answers.ts. */
import * as v from 'valibot';
import { DRAFT_STATUSES } from '#core/strategy/version.ts';

const text = v.string();
const maybe = <S extends v.GenericSchema>(schema: S) => v.nullable(schema);
const time = v.pipe(v.string(), v.isoTimestamp());
const status = v.picklist(DRAFT_STATUSES);

export const keptVersion = v.looseObject({
  id: text,
  title: text,
  createdAt: time,
  status,
  hash: maybe(text),
  adoption: maybe(v.looseObject({ assembly: text, heldOn: text, protocol: text, recordedBy: text })),
  publicPath: maybe(text),
});
export const stepped = v.looseObject({ status, version: maybe(keptVersion) });
