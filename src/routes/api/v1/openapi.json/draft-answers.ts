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

const change = v.looseObject({ id: text, before: maybe(text), after: maybe(text) });
const item = v.looseObject({ id: text });
export const snapshotDiff = v.looseObject({
  same: v.boolean(),
  notes: v.looseObject({
    added: v.array(item),
    removed: v.array(item),
    reworded: v.array(change),
    moved: v.array(change),
    regrouped: v.array(change),
  }),
  groups: v.looseObject({ added: v.array(item), removed: v.array(item), renamed: v.array(change) }),
  reranked: v.array(
    v.looseObject({ id: text, boardId: text, text, before: maybe(v.number()), after: maybe(v.number()) }),
  ),
});

const member = { id: text, duty: text, name: text, organisation: text, invitedAt: time };
export const members = v.array(v.looseObject(member));
export const invited = v.looseObject({ ...member, path: text });
const remark = v.looseObject({
  id: text,
  kind: text,
  passage: maybe(text),
  quote: text,
  body: text,
  wording: maybe(text),
  name: text,
  organisation: text,
  state: text,
  answer: maybe(text),
  createdAt: time,
  settledAt: maybe(time),
  replies: v.array(v.looseObject({ id: text, name: text, organisation: text, body: text, createdAt: time })),
});
export const remarks = v.looseObject({ collecting: maybe(text), remarks: v.array(remark) });
export const sections = v.array(v.looseObject({ section: text, title: text, status: text, owner: text }));

const supported = v.looseObject({ key: text, text, section: text });
export const support = v.looseObject({
  unsupported: v.array(supported),
  changed: v.array(supported),
  orphaned: v.array(
    v.looseObject({ snapshotId: text, roundId: text, optionId: text, text, rank: v.number(), listed: v.boolean() }),
  ),
});
const steps = {
  group: maybe(text),
  became: v.array(v.looseObject({ boardId: text, source: text, text })),
  votes: v.array(v.looseObject({ round: text, text, rank: v.number(), of: v.number(), kept: v.boolean() })),
  sections: v.array(text),
  passages: v.array(v.looseObject({ key: text, text })),
};
export const noteTrace = v.looseObject({ text, ...steps });
export const ownNotes = v.array(
  v.looseObject({
    workshop: v.looseObject({ id: text, title: text }),
    notes: v.array(v.looseObject({ boardId: text, id: text, text, state: text, ...steps })),
  }),
);
export const ownNotesLink = v.looseObject({ path: text });
