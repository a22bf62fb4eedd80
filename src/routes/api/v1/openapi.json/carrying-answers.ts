/** What the API answers about what goes from one stage to the next. Loose on purpose, as all answers are. */
import * as v from 'valibot';

const id = v.string();
const text = v.string();
const count = v.pipe(v.number(), v.integer());
const time = v.pipe(v.string(), v.isoTimestamp());

export const broughtOver = v.looseObject({ ids: v.array(id) });
export const origins = v.array(
  v.looseObject({ itemId: id, source: v.picklist(['seed', 'carry', 'bond']), fromBoard: id, fromItem: id }),
);
const option = { optionId: id, text, factorIds: v.array(id) };
export const matrix = v.looseObject({
  options: v.array(v.looseObject({ ...option, pair: text })),
  loose: v.array(v.looseObject(option)),
  heat: v.array(
    v.looseObject({
      ...{ id, boardId: id, quadrant: text, text, options: count },
      ...{ rank: v.nullable(count), top: v.boolean() },
    }),
  ),
  rated: v.boolean(),
});
export const duplicates = v.array(v.looseObject({ noteIds: v.array(id) }));
export const groupLog = v.array(
  v.looseObject({
    ...{ id, groupId: id, group: v.nullable(text), act: text, detail: text, text: v.nullable(text) },
    ...{ role: text, personId: v.nullable(id), name: v.nullable(text), at: time },
  }),
);
export const bound = v.looseObject({ id, pair: v.nullable(text) });
export const paired = v.looseObject({ id, pair: text });
export const tableRead = v.looseObject({ text });
const judged = v.looseObject({
  counts: v.array(v.looseObject({ choice: text, count })),
  leading: v.array(text),
  disputed: v.boolean(),
});
export const review = v.looseObject({
  roundId: v.nullable(id),
  runningId: v.nullable(id),
  choices: v.array(text),
  actions: v.array(
    v.looseObject({
      ...{ noteId: id, text, evidence: text, cause: text },
      ...{ verdict: v.nullable(text), confirmedAt: v.nullable(time), judged: v.nullable(judged) },
    }),
  ),
});
