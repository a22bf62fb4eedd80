/** The page says for how long this very server keeps things. */
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => ({ days: locals.app.config.retentionDays });
