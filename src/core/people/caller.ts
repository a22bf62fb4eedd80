/**
 * Who is asking. A caller is the set of identities that one request or socket proved: an account, any number of
 * participants (one browser may take part in several workshops), projector keys. Every use case receives a caller and
 * picks the identity its rule is about; nobody is trusted for having reached a page.
 */
import type { InvitedDuty } from '../strategy/duty.ts';

export const ROLES = ['admin', 'facilitator', 'staff'] as const;
export type Role = (typeof ROLES)[number];

export const LANGUAGES = ['ky', 'ru', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

export function isLanguage(value: unknown): value is Language {
  return LANGUAGES.some((language) => language === value);
}

/** A signed-in account (secretariat, facilitators, administrators). */
export interface AccountIdentity {
  readonly accountId: string;
  readonly role: Role;
  readonly name: string;
}

/** Somebody who joined one workshop, without an account. */
export interface ParticipantIdentity {
  readonly participantId: string;
  readonly workshopId: string;
  readonly organisationId: string | null;
  /** null where the person stayed nameless. */
  readonly name: string | null;
  readonly language: Language;
  /** Made of the join token of the device that asks, and kept nowhere: finds one's anonymous notes again. */
  readonly noteKey?: string;
}

/** Somebody without an account who was invited to one draft by link. */
export interface DraftGuest {
  readonly memberId: string;
  readonly strategyId: string;
  readonly duty: InvitedDuty;
  readonly name: string;
  readonly organisation: string;
}

export interface Caller {
  readonly account: AccountIdentity | null;
  readonly participants: readonly ParticipantIdentity[];
  /** Workshops whose projector key was shown: may see what everybody may see, and do nothing. */
  readonly screens: readonly string[];
  /** Drafts they were invited to; left out: none. */
  readonly guests?: readonly DraftGuest[];
  readonly language: Language;
}

export const NOBODY: Caller = { account: null, participants: [], screens: [], language: 'ru' };

export function guestOf(caller: Caller, strategyId: string): DraftGuest | null {
  return caller.guests?.find((guest) => guest.strategyId === strategyId) ?? null;
}

export function participantIn(caller: Caller, workshopId: string): ParticipantIdentity | null {
  return caller.participants.find((person) => person.workshopId === workshopId) ?? null;
}

/** Where a caller stands towards one workshop (or towards none: then `outsider` is whoever joined any). */
export const STANDINGS = ['admin', 'facilitator', 'staff', 'member', 'screen', 'outsider', 'nobody'] as const;
export type Standing = (typeof STANDINGS)[number];

/** Those to whom something is given, by the names that the description of the API uses (INTERFACE: an admin may do all that both may). */
export const GROUPS = {
  anyone: STANDINGS,
  members: ['admin', 'facilitator', 'staff', 'member', 'screen'],
  /** Members but for the projector, which only looks. */
  writers: ['admin', 'facilitator', 'staff', 'member'],
  voters: ['member'],
  participants: ['member'],
  facilitators: ['admin', 'facilitator'],
  staff: ['admin', 'staff'],
  'facilitators and staff': ['admin', 'facilitator', 'staff'],
  admins: ['admin'],
} as const satisfies Record<string, readonly Standing[]>;
export type Group = keyof typeof GROUPS;

export function isIn(group: Group, standing: Standing): boolean {
  return (GROUPS[group] as readonly Standing[]).includes(standing);
}

const accountIn = (group: Group, { account }: Caller): boolean => account !== null && isIn(group, account.role);

/** Whether their words on a screen are those of somebody who leads. What they may do is asked of people/policy. */
export const mayLead = (caller: Caller): boolean => accountIn('facilitators', caller);
export const isStaff = (caller: Caller): boolean => accountIn('staff', caller);
/** Anybody with an account, whatever the role. */
export const isCrew = (caller: Caller): boolean => accountIn('facilitators and staff', caller);
