/** What may stand in the bodies that concern documents. */
import * as v from 'valibot';

const line = v.pipe(v.string(), v.maxLength(300));

export const minutesFields = v.object({ number: line, place: line, chair: line, secretary: line });
