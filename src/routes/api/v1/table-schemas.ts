/** What may stand in the bodies that are about tables. */
import * as v from 'valibot';
import { MOST_TABLES, SEATINGS, SPLIT_MODES } from '#core/stage/tables.ts';
import { id } from './schemas.ts';

const number = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MOST_TABLES - 1));

export const split = v.object({
  boardId: id,
  /** A copy of the board for each table, or some of its areas (`zones`). */
  mode: v.optional(v.picklist(SPLIT_MODES), 'board'),
  /** Bodies mixed, by lot, or by hand (`seats`: number of the table by participant). */
  seating: v.optional(v.picklist(SEATINGS), 'mixed'),
  tables: v.pipe(
    v.array(
      v.object({ name: v.optional(v.string()), zones: v.optional(v.pipe(v.array(v.string()), v.maxLength(100))) }),
    ),
    v.maxLength(200),
  ),
  seats: v.optional(v.record(v.string(), number)),
  seed: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(100))),
  withNotes: v.optional(v.boolean()),
});

export const seat = v.object({ participantId: id, tableId: id });
export const renamedTable = v.object({ name: v.string() });
