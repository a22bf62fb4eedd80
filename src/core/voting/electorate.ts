/**
 * Who may vote: frozen when the round opens. Facilitators and the secretariat are out unless the round says so. An organisation with seats has that many votes, and they go to those who
 * joined first; an organisation without a number of seats, and people without an organisation, are not capped.
 */

export interface Elector {
  readonly participantId: string;
  readonly organisationId: string | null;
  /** Came in from a browser that was signed in as a facilitator or the secretariat. */
  readonly crew?: boolean;
}

/** @param people everybody in the workshop who was not removed, first joined first. */
export function electorate(
  people: readonly Elector[],
  organisations: readonly { readonly id: string; readonly seats: number | null }[],
  crewVotes = false,
): readonly Elector[] {
  const left = new Map(organisations.map(({ id, seats }) => [id, seats ?? Infinity]));
  return people.filter(({ organisationId, crew = false }) => {
    if (crew && !crewVotes) return false;
    if (organisationId === null) return true;
    const seats = left.get(organisationId) ?? Infinity;
    left.set(organisationId, seats - 1);
    return seats > 0;
  });
}
