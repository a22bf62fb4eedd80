/** What the facilitator's page depends on; read again after every command and whenever the room changes. */
export const LEAD = 'ashar:lead';
