/**
 * The one table of who may do what, by role and by the state of the workshop. The server's checks ask it, the buttons of
 * the pages ask it, and tests/routes/policy.test.ts makes its cells of it. What a stage lets people write on a board is
 * the table beside it (stage/rights): that depends on the moment, this on the person.
 */
import type { RefusalCode } from '../result.ts';
import { isIn, participantIn, type Caller, type Group, type Standing } from './caller.ts';

export type WorkshopState = 'open' | 'closed' | 'archived' | 'deleted';

interface Rule {
  readonly who: Group;
  /** For whoever is not among them it is as if it were not there; left out: they are told that it is not theirs to do. */
  readonly unseen?: true;
  /** Why it is refused to those who may, once the workshop is closed or put away; left out: it is not. */
  readonly closed?: RefusalCode;
  readonly archived?: RefusalCode;
}

const ADMINS: Rule = { who: 'admins' };
const CREW: Rule = { who: 'facilitators and staff' };
const STAFF: Rule = { who: 'staff' };
const LEAD: Rule = { who: 'facilitators' };
const SEEN: Rule = { who: 'members', unseen: true };

export const POLICY = {
  'account.manage': ADMINS,
  'account.own': CREW,
  'audit.read': ADMINS,
  'metrics.read': ADMINS,

  'workshop.join': { who: 'anyone', closed: 'workshop-closed', archived: 'code-unknown' },
  'workshop.see': SEEN,
  'workshop.list': CREW,
  'workshop.create': CREW,
  'workshop.change': CREW,
  'workshop.archive': CREW,
  'workshop.duplicate': CREW,
  'workshop.import': CREW,
  'workshop.export': CREW,
  /** Whoever made it may too. */
  'workshop.delete': LEAD,
  /** For good, with its people and results. */
  'workshop.erase': LEAD,
  'workshop.lead': { who: 'facilitators', closed: 'workshop-closed' },
  'workshop.rehearse': LEAD,
  'stage.set': LEAD,
  'agenda.read': CREW,
  'hands.read': CREW,
  'people.read': CREW,
  'person.remove': LEAD,
  'person.erase': LEAD,
  'signal.give': { who: 'participants', unseen: true, closed: 'workshop-closed' },
  'recovery.make': { who: 'participants', unseen: true },
  'template.save': LEAD,
  'template.remove': LEAD,
  'template.own': CREW,

  'board.see': SEEN,
  /** Where the stage lets them, too: stage/rights. */
  'board.write': { who: 'writers', unseen: true, closed: 'workshop-closed' },
  'board.carry': LEAD,
  'board.reveal': LEAD,
  'board.history': CREW,
  'note.own': { who: 'participants', unseen: true },

  'round.see': SEEN,
  'round.plan': CREW,
  'round.lead': LEAD,
  'round.log': CREW,
  'roll.read': CREW,
  'roll.change': CREW,
  'roll.strike': LEAD,
  'ballot.cast': { who: 'voters', unseen: true },
  'ballot.paper': STAFF,
  'desk.read': CREW,

  'snapshot.take': CREW,
  'snapshot.see': SEEN,
  'strategy.create': STAFF,
  'strategy.change': STAFF,
  'strategy.see': CREW,
  'strategy.bring': CREW,
  'strategy.archive': CREW,
  'strategy.duplicate': CREW,
  /** Whoever made it may too. */
  'strategy.delete': STAFF,
  'draft.see': CREW,
  'draft.write': STAFF,
  'draft.export': CREW,
} as const satisfies Record<string, Rule>;

export type Action = keyof typeof POLICY;

/** Every way in which a caller stands towards a workshop: somebody with an account may have joined as well. */
export function standingsOf(caller: Caller, workshopId: string | null = null): readonly Standing[] {
  const standings: Standing[] = [];
  if (workshopId !== null && participantIn(caller, workshopId)) standings.push('member');
  if (caller.account) standings.push(caller.account.role);
  if (workshopId !== null && caller.screens.includes(workshopId)) standings.push('screen');
  if (standings.length > 0) return standings;
  return [caller.participants.length + caller.screens.length > 0 ? 'outsider' : 'nobody'];
}

/** Why somebody who stands so may not do this now; null: they may. */
export function objection(
  standings: readonly Standing[],
  action: Action,
  state: WorkshopState = 'open',
): RefusalCode | null {
  const rule: Rule = POLICY[action];
  if (!standings.some((standing) => isIn(rule.who, standing))) {
    if (standings.includes('nobody')) return rule.unseen ? 'join-needed' : 'sign-in-needed';
    return rule.unseen && standings.includes('outsider') ? 'not-found' : 'forbidden';
  }
  if (state === 'deleted') return 'not-found';
  return (state === 'open' ? null : rule[state]) ?? null;
}

/** Whether a caller may, for a button or a page; the same question as the server's own. */
export function may(caller: Caller, action: Action, workshopId: string | null = null): boolean {
  return objection(standingsOf(caller, workshopId), action) === null;
}
