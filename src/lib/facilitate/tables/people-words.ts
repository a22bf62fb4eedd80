/** How somebody is called in a list of those who lead: name and organisation, as far as they are known. */
import { m } from '#messages/messages.js';
import type { LedPerson, LedWorkshop } from '../workshop.ts';

export function personWords(person: LedPerson, organisations: LedWorkshop['organisations']): string {
  const organisation = organisations.find(({ id }) => id === person.organisationId)?.name;
  return [person.name ?? m.lead_nameless(), ...(organisation === undefined ? [] : [organisation])].join(' · ');
}
