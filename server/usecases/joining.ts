/**
 * Coming in at the door: by link, QR or digits-only code, without an account. Coming back on the same device is being the
 * same person; a second device re-attaches with a recovery code.
 */
import { newId, newJoinCode, newSecret } from '#core/ids.ts';
import { checkName, fold } from '#core/people/names.ts';
import { participantIn, type Caller, type Language } from '#core/people/caller.ts';
import { ok, refuse, type Result } from '#core/result.ts';
import { hashOf } from '../auth/secrets.ts';
import type { Participant } from '../store/participants.ts';
import type { Workshop } from '../store/workshops.ts';
import { passTo } from './doors.ts';
import type { Deps } from './deps.ts';
import type { FailureLimit } from './limits.ts';
import { tableOf } from './places.ts';

const MOST_PEOPLE = 1000;
const RECOVERY_DIGITS = 12;

export interface JoinInput {
  readonly code: string;
  readonly name?: string | undefined;
  readonly organisation?: string | undefined;
  readonly language?: Language | undefined;
  /** Token that this device holds for this workshop already, from its cookie. */
  readonly deviceToken?: string | undefined;
  /** This browser is signed in as a facilitator or the secretariat: they vote only where a round says so. */
  readonly crew?: boolean | undefined;
}

export interface Joined {
  readonly participantId: string;
  readonly workshopId: string;
  readonly token: string;
  readonly organisationId: string | null;
}

export function joining({ store, live, room, now }: Deps, failures: FailureLimit) {
  /** The workshop behind a code or link. Codes are limited; links carry 128 bits and work whatever the limiter says. */
  async function workshopBehind(code: string, address: string): Promise<Result<Workshop>> {
    const trimmed = code.trim();
    const digits = trimmed.replace(/[\s.-]/g, '');
    if (!/^\d{9}$/.test(digits)) {
      const byLink = /^[A-Za-z0-9_-]{20,64}$/.test(trimmed) ? await store.workshops.byLink(trimmed) : null;
      return byLink && byLink.archivedAt === null ? ok(byLink) : refuse('code-unknown');
    }
    const wait = await failures.wait(address);
    if (wait > 0) return refuse('too-many-requests', { seconds: wait });
    const workshop = await store.workshops.byCode(digits);
    if (workshop && workshop.archivedAt === null) return ok(workshop);
    await failures.count(address);
    return refuse('code-unknown');
  }

  async function organisationId(workshop: Workshop, name: string | undefined): Promise<Result<string | null>> {
    if (name === undefined || name.trim() === '')
      return workshop.organisationNeeded ? refuse('organisation-needed') : ok(null);
    const checked = checkName(name);
    if (!checked.ok) return checked;
    const norm = fold(checked.value);
    const known = await store.workshops.organisationByName(workshop.id, norm);
    if (known) return ok(known.id);
    const position = (await store.workshops.organisations(workshop.id)).length;
    await store.workshops.insertOrganisation(
      workshop.id,
      { id: newId(), name: checked.value, seats: null },
      norm,
      position,
    );
    return ok((await store.workshops.organisationByName(workshop.id, norm))?.id ?? null);
  }

  async function personOfDevice(workshop: Workshop, token: string | undefined): Promise<Participant | null> {
    if (token === undefined) return null;
    const [person] = await store.participants.byTokens([hashOf(token)]);
    return person?.workshopId === workshop.id && person.removedAt === null ? person : null;
  }

  return {
    /** What the door shows before one comes in. */
    async door(code: string, address: string) {
      const workshop = await workshopBehind(code, address);
      if (!workshop.ok) return workshop;
      const { id, title, titles, languages, namesNeeded, organisationNeeded, doorOpen, status } = workshop.value;
      const organisations = await store.workshops.organisations(id);
      return ok({
        id,
        title,
        titles,
        languages,
        namesNeeded,
        organisationNeeded,
        open: doorOpen && status === 'open',
        organisations,
      });
    },

    async join(input: JoinInput, address: string): Promise<Result<Joined>> {
      const found = await workshopBehind(input.code, address);
      if (!found.ok) return found;
      const workshop = found.value;
      const name = input.name === undefined || input.name.trim() === '' ? null : checkName(input.name);
      if (name && !name.ok) return name;

      const back = await personOfDevice(workshop, input.deviceToken);
      if (back && input.deviceToken !== undefined) {
        const organisation = input.organisation
          ? await organisationId(workshop, input.organisation)
          : ok(back.organisationId);
        if (!organisation.ok) return organisation;
        await store.participants.change(back.id, {
          ...(name?.ok && { name: name.value }),
          ...(input.language && { language: input.language }),
          organisationId: organisation.value,
        });
        return ok({
          participantId: back.id,
          workshopId: workshop.id,
          token: input.deviceToken,
          organisationId: organisation.value,
        });
      }

      if (workshop.status === 'closed') return refuse('workshop-closed');
      if (!workshop.doorOpen) return refuse('door-closed');
      if (!name && workshop.namesNeeded) return refuse('name-needed');
      const organisation = await organisationId(workshop, input.organisation);
      if (!organisation.ok) return organisation;
      if ((await store.participants.countIn(workshop.id)) >= MOST_PEOPLE)
        return refuse('workshop-full', { limit: MOST_PEOPLE });
      const token = newSecret() + newSecret();
      const person: Participant = {
        id: newId(),
        workshopId: workshop.id,
        name: name?.ok ? name.value : null,
        organisationId: organisation.value,
        language: input.language ?? workshop.languages[0] ?? 'ru',
        joinedAt: now(),
        removedAt: null,
        ...(input.crew && { crew: true }),
      };
      await store.participants.insert(person, hashOf(token));
      const split = await store.splits.open(workshop.id);
      if (split) await tableOf(store, split, person.id);
      return ok({ participantId: person.id, workshopId: workshop.id, token, organisationId: organisation.value });
    },

    /** A new code by which another device becomes this person; the one before it stops working. */
    async recoveryCode(caller: Caller, workshopId: string): Promise<Result<{ code: string }>> {
      const found = await passTo(store, caller, workshopId, 'recovery.make');
      const person = participantIn(caller, workshopId);
      if (!found.ok || !person) return found.ok ? refuse('join-needed') : found;
      const code = newJoinCode(RECOVERY_DIGITS);
      await store.participants.setRecovery(person.participantId, hashOf(code));
      return ok({ code });
    },

    /** A second device: the workshop's code and the person's recovery code. */
    async reattach(code: string, recovery: string, address: string): Promise<Result<Joined>> {
      const workshop = await workshopBehind(code, address);
      if (!workshop.ok) return workshop;
      const wait = await failures.wait(address);
      if (wait > 0) return refuse('too-many-requests', { seconds: wait });
      const digits = recovery.replace(/\D/g, '');
      const person =
        digits.length === RECOVERY_DIGITS
          ? await store.participants.byRecovery(workshop.value.id, hashOf(digits))
          : null;
      if (!person) {
        await failures.count(address);
        return refuse('code-unknown');
      }
      const token = newSecret() + newSecret();
      await store.participants.insertToken(person.id, hashOf(token), now());
      return ok({
        participantId: person.id,
        workshopId: person.workshopId,
        token,
        organisationId: person.organisationId,
      });
    },

    /** This device forgets the person, so that the next one starts afresh; other devices of theirs go on. */
    async leave(token: string): Promise<void> {
      await store.participants.dropToken(hashOf(token));
    },

    async changeLanguage(caller: Caller, language: Language): Promise<void> {
      for (const person of caller.participants) await store.participants.change(person.participantId, { language });
    },

    /** Who is in the workshop, for those who lead it. */
    async people(caller: Caller, workshopId: string) {
      const found = await passTo(store, caller, workshopId, 'people.read');
      if (!found.ok) return found;
      const people = await store.participants.inWorkshop(workshopId);
      return ok(
        people.map(({ id, name, organisationId, language, joinedAt }) => ({
          id,
          name,
          organisationId,
          language,
          joinedAt: new Date(joinedAt).toISOString(),
        })),
      );
    },

    async remove(caller: Caller, workshopId: string, participantId: string): Promise<Result<null>> {
      const found = await passTo(store, caller, workshopId, 'person.remove');
      if (!found.ok) return found;
      const person = await store.participants.byId(participantId);
      if (!person || person.workshopId !== workshopId) return refuse('not-found');
      await store.participants.remove(participantId, now());
      await live.cut(participantId);
      await room.project(workshopId);
      return ok(null);
    },
  };
}
