/**
 * People invited to a draft by link, without an account: to write, to suggest or to comment. The link is the key; whoever
 * holds it is the person it was made for, on any device, until it is taken back.
 */
import { newId, newSecret } from '#core/ids.ts';
import { guestOf, type Caller, type DraftGuest } from '#core/people/caller.ts';
import { checkName, cleanLine } from '#core/people/names.ts';
import { ok, refuse, type Result } from '#core/result.ts';
import type { InvitedDuty } from '#core/strategy/duty.ts';
import { hashOf } from '../auth/secrets.ts';
import type { Member } from '../store/working-group.ts';
import type { Deps } from './deps.ts';
import { draftDocumentOf, enterDraft } from './draft-doors.ts';

const MOST = 500;
const LINK = /^[A-Za-z0-9_-]{22}$/;

const listedMember = ({ memberId, duty, name, organisation, createdAt }: Member) => ({
  ...{ id: memberId, duty, name, organisation },
  invitedAt: new Date(createdAt).toISOString(),
});

/** The drafts that these links open. */
export async function guestsByLinks(store: Deps['store'], links: readonly string[]): Promise<DraftGuest[]> {
  const members = await store.workingGroup.membersByLinks(links.filter((link) => LINK.test(link)).map(hashOf));
  return members.map(({ memberId, strategyId, duty, name, organisation }) => ({
    ...{ memberId, strategyId, duty, name, organisation },
  }));
}

export function members({ store, live, now }: Pick<Deps, 'store' | 'live' | 'now'>) {
  async function known(caller: Caller, id: string, memberId: string): Promise<Result<Member>> {
    const access = await enterDraft(store, caller, id, 'manage');
    if (!access.ok) return access;
    const member = (await store.workingGroup.members(id)).find((one) => one.memberId === memberId);
    return member && member.revokedAt === null ? ok(member) : refuse('not-found');
  }

  return {
    async list(caller: Caller, id: string) {
      const access = await enterDraft(store, caller, id, 'manage');
      if (!access.ok) return access;
      const all = await store.workingGroup.members(id);
      return ok(all.filter(({ revokedAt }) => revokedAt === null).map(listedMember));
    },

    /** The link is told this once. A name may be left to the one who is invited. */
    async invite(
      caller: Caller,
      id: string,
      input: { readonly duty: InvitedDuty; readonly name?: string | undefined; readonly organisation: string },
    ) {
      const access = await enterDraft(store, caller, id, 'manage');
      if (!access.ok) return access;
      const organisation = checkName(input.organisation);
      if (!organisation.ok)
        return organisation.refusal.code === 'name-needed' ? refuse('organisation-needed') : organisation;
      const name = cleanLine(input.name ?? '') === '' ? ok('') : checkName(input.name ?? '');
      if (!name.ok) return name;
      if ((await store.workingGroup.members(id)).length >= MOST) return refuse('too-large', { limit: String(MOST) });
      const secret = newSecret();
      const member: Member = {
        ...{ memberId: newId(), strategyId: id, duty: input.duty, name: name.value, organisation: organisation.value },
        ...{ createdBy: access.value.person.id, createdAt: now(), revokedAt: null },
      };
      await store.workingGroup.invite(member, hashOf(secret));
      return ok({ ...listedMember(member), path: `/invited/${secret}` });
    },

    async change(
      caller: Caller,
      id: string,
      memberId: string,
      to: { readonly duty: InvitedDuty },
    ): Promise<Result<null>> {
      const member = await known(caller, id, memberId);
      if (!member.ok) return member;
      await store.workingGroup.changeMember(memberId, { duty: to.duty });
      await live.reconsider([draftDocumentOf(id)]);
      return ok(null);
    },

    /** The link opens nothing any more, and whoever is in is shown out; what they remarked stays. */
    async revoke(caller: Caller, id: string, memberId: string): Promise<Result<null>> {
      const member = await known(caller, id, memberId);
      if (!member.ok) return member;
      await store.workingGroup.changeMember(memberId, { revoked_at: now() });
      await live.cut(memberId);
      return ok(null);
    },

    /** What the page of an invitation shows before one comes in. */
    async door(secret: string) {
      const [guest] = await guestsByLinks(store, [secret]);
      const strategy = guest && (await store.strategies.byId(guest.strategyId));
      if (!guest || !strategy) return refuse('link-unknown');
      const titles = (await store.translations.of('strategy', [strategy.id])).get(strategy.id) ?? {};
      const { strategyId, duty, name, organisation } = guest;
      return ok({ strategyId, title: strategy.title, titles, duty, name, organisation });
    },

    /** Comes in under a name. */
    async enter(secret: string, name: string): Promise<Result<{ strategyId: string }>> {
      const [guest] = await guestsByLinks(store, [secret]);
      if (!guest) return refuse('link-unknown');
      const checked = checkName(name);
      if (!checked.ok) return checked;
      if (checked.value !== guest.name) await store.workingGroup.changeMember(guest.memberId, { name: checked.value });
      return ok({ strategyId: guest.strategyId });
    },

    /** Who the caller is at this draft, for the page. */
    me(caller: Caller, id: string): { readonly id: string; readonly name: string } | null {
      if (caller.account) return { id: caller.account.accountId, name: caller.account.name };
      const guest = guestOf(caller, id);
      return guest && { id: guest.memberId, name: guest.name };
    },
  };
}
