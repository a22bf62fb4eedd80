/** What may stand in the bodies of rounds, ballots, snapshots and strategies. Shapes only: rules are the core's. */
import * as v from 'valibot';
import { id, language } from './schemas.ts';

const clientKey = v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(100)));

/** A moment as ISO 8601, into epoch milliseconds. */
const moment = v.pipe(
  v.string(),
  v.maxLength(40),
  v.transform((text) => Date.parse(text)),
  v.check((time) => Number.isFinite(time)),
);

/** Settings pass through to the core's own reading of them. */
export const newRound = v.looseObject({ boardId: id, optionIds: v.optional(v.nullable(v.array(id))) });

/** What stays away stays as it was; other settings pass through to the core. */
export const changedRound = v.looseObject({ optionIds: v.optional(v.nullable(v.array(id))) });

/** `seconds`: for so long, then the round closes by itself. */
export const opening = v.object({ seconds: v.optional(v.nullable(v.number())) });
export const extension = v.object({ seconds: v.number() });
export const revote = v.looseObject({ optionIds: v.array(id) });
export const decision = v.object({ optionIds: v.array(id), reason: v.string() });
export const striking = v.object({ participantId: id, struck: v.optional(v.boolean(), true) });
export const sheets = v.object({ count: v.number() });

/** The ballot itself (`dots`, `scores`, `ranking`, `choices`, `abstain`) passes through to the core. */
export const ballot = v.looseObject({ clientKey, castAt: v.optional(v.nullable(moment)) });

export const deskBallot = v.looseObject({
  kind: v.picklist(['paper', 'proxy']),
  organisation: v.optional(v.nullable(v.string())),
  number: v.optional(v.nullable(v.pipe(v.number(), v.integer()))),
  code: v.optional(v.nullable(v.string())),
  clientKey,
});

export const admitted = v.object({ participantId: id });

export const titled = v.object({ title: v.string() });

/** A year, as a number or as the start of a date. */
const year = v.union([
  v.number(),
  v.pipe(
    v.string(),
    v.regex(/^\d{4}(-\d{2}(-\d{2})?)?$/),
    v.transform((text) => Number(text.slice(0, 4))),
  ),
]);

export const newStrategy = v.object({
  title: v.string(),
  periodStart: year,
  periodEnd: year,
  languages: v.optional(v.array(language), []),
});
export const changedStrategy = v.partial(
  v.object({
    title: v.string(),
    periodStart: year,
    periodEnd: year,
    languages: v.pipe(v.array(language), v.minLength(1)),
  }),
);

export const insertion = v.object({ snapshotId: id, language: v.optional(language) });
export const archive = v.object({ archived: v.optional(v.boolean(), true) });
