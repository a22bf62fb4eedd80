/**
 * The trace, both ways: what the draft rests on and what it leaves out; where a note went; and for participants what became
 * of their own notes, by a private link that unmasks nobody (only the link itself finds anonymous notes again).
 */
import { readBoard } from '#core/board/read.ts';
import { participantIn, type Caller, type ParticipantIdentity } from '#core/people/caller.ts';
import { ok, refuse, type Result } from '#core/result.ts';
import { draftBlocks } from '#core/strategy/draft.ts';
import { followNote, type FollowedDay, type Steps } from '#core/strategy/follow.ts';
import { passagesOf, type Passage } from '#core/strategy/passages.ts';
import { passage } from '#core/strategy/passage.ts';
import type { Snapshot } from '#core/strategy/snapshot.ts';
import { originalTexts, supportOf, type Support } from '#core/strategy/support.ts';
import { LANGUAGES } from '#core/people/caller.ts';
import { hashOf } from '../auth/secrets.ts';
import { passageWords } from '../render/passage-words.ts';
import type { Workshop } from '../store/workshops.ts';
import type { Deps } from './deps.ts';
import { draftAccess, draftDocumentOf, enterDraft } from './draft-doors.ts';
import { isNobody } from './doors.ts';
import { localText } from './gather.ts';
import { ownNotes, ownPending } from './own-notes.ts';
import { boardAccess } from './rights.ts';

const KEY = /^[A-Za-z0-9_-]{43}$/;

export function tracing({ store, live, now }: Pick<Deps, 'store' | 'live' | 'now'>) {
  const passages = (strategyId: string): Promise<Passage[]> => live.read(draftDocumentOf(strategyId), passagesOf);

  async function dayOf(workshop: Workshop): Promise<FollowedDay> {
    const boards = await store.workshops.boards(workshop.id);
    const rounds = await store.rounds.inWorkshop(workshop.id);
    return {
      boards: await Promise.all(
        boards.map(async ({ id, title, zones }) => ({
          ...{ id, title: localText('', title) },
          content: await live.read(`board/${id}`, (doc) =>
            readBoard(
              doc,
              zones.map((zone) => zone.id),
            ),
          ),
          origins: await store.notes.originsOf(id),
        })),
      ),
      rounds: rounds.flatMap(({ id, boardId, settings, options, status, result }) =>
        status === 'closed' && result ? [{ id, boardId, title: settings.title, options, result }] : [],
      ),
      passages: workshop.strategyId === null ? [] : await passages(workshop.strategyId),
    };
  }

  /** Whoever may not see the draft is told the sections, not the sentences. */
  const told = (steps: Steps, day: FollowedDay, seesDraft: boolean) => {
    const titles = new Map(day.passages.filter(({ level }) => level === 1).map(({ key, text }) => [key, text]));
    const sections = steps.passages.map(({ section }) => (section === null ? '' : (titles.get(section) ?? '')));
    return {
      ...{ group: steps.group, became: steps.became, votes: steps.votes },
      sections: [...new Set(sections)],
      passages: seesDraft ? steps.passages.map(({ key, text }) => ({ key, text })) : [],
    };
  };

  async function becameOf(person: ParticipantIdentity, caller: Caller) {
    const workshop = await store.workshops.byId(person.workshopId);
    if (!workshop) return null;
    const day = await dayOf(workshop);
    const seesDraft = workshop.strategyId !== null && (await draftAccess(store, caller, workshop.strategyId)) !== null;
    const notes = [];
    for (const board of await store.workshops.boards(workshop.id)) {
      const access = await boardAccess(store, caller, board.id);
      if (!access) continue;
      const title = localText('', board.title);
      const zone = (id: string) => localText('', board.zones.find((one) => one.id === id)?.name);
      const own = await ownNotes(store, caller, access);
      for (const { id, at, text, colour } of day.boards.find((one) => one.id === board.id)?.content.notes ?? [])
        if (own(id))
          notes.push({
            ...{ boardId: board.id, id, board: title, zone: zone(at[0]), text, colour, state: 'shown', reason: null },
            ...told(followNote(day, board.id, id), day, seesDraft),
          });
      for (const one of await ownPending(store, caller, access))
        notes.push({
          ...{ boardId: board.id, id: one.id, board: title, zone: zone(one.zone), text: one.text, colour: one.colour },
          ...{ state: one.state === 'aside' ? 'aside' : 'waiting', reason: one.reason ?? null },
          ...{ group: null, became: [], votes: [], sections: [], passages: [] },
        });
    }
    const { id, title, titles, strategyId } = workshop;
    return { workshop: { id, title, titles, strategyId }, notes };
  }

  return {
    /** What of the draft rests on nothing, was changed since the workshop, and which priorities nothing takes up. */
    async support(caller: Caller, id: string): Promise<Result<Support>> {
      const access = await enterDraft(store, caller, id, 'see');
      if (!access.ok) return access;
      const inserted = new Set((await store.strategies.inserts(id)).map(({ snapshotId }) => snapshotId));
      const heads = await store.snapshots.inWorkshops(await store.strategies.workshopIds(id));
      const newest = heads.filter(
        (one, at) => heads.findIndex(({ workshopId }) => workshopId === one.workshopId) === at,
      );
      const wanted = new Set([...inserted, ...newest.map((one) => one.id)]);
      const stored = await Promise.all([...wanted].map((one) => store.snapshots.byId(one)));
      const snapshots = stored.flatMap((one) => (one ? [JSON.parse(one.body) as Snapshot] : []));
      const written = snapshots
        .filter((one) => inserted.has(one.id))
        .flatMap((one) => LANGUAGES.flatMap((language) => passage(draftBlocks(one), language, passageWords(language))));
      // Of one workshop the newest says what its priorities are.
      const current = snapshots.filter((one) => newest.some((head) => head.id === one.id));
      return ok(supportOf(await passages(id), originalTexts(written), current));
    },

    /** Where one note went, for everybody who sees its board. */
    async note(caller: Caller, boardId: string, noteId: string) {
      const access = await boardAccess(store, caller, boardId);
      if (!access) return refuse(isNobody(caller) ? 'join-needed' : 'not-found');
      const { workshop } = access;
      const day = await dayOf(workshop);
      const note = day.boards.find(({ id }) => id === boardId)?.content.notes.find(({ id }) => id === noteId);
      if (!note) return refuse('not-found');
      const seesDraft =
        workshop.strategyId !== null && (await draftAccess(store, caller, workshop.strategyId)) !== null;
      return ok({
        ...{ text: note.text, colour: note.colour, strategyId: seesDraft ? workshop.strategyId : null },
        ...told(followNote(day, boardId, noteId), day, seesDraft),
      });
    },

    /** What became of one's own notes, of every workshop that this caller joined. */
    async mine(caller: Caller) {
      if (caller.participants.length === 0) return refuse(isNobody(caller) ? 'join-needed' : 'forbidden');
      const found = await Promise.all(caller.participants.map((person) => becameOf(person, caller)));
      return ok(found.flatMap((one) => one ?? []));
    },

    /** The private link to that page. It is made of the join token of this device; what is kept of it finds no note. */
    async link(caller: Caller, workshopId: string): Promise<Result<{ path: string }>> {
      const person = participantIn(caller, workshopId);
      if (!person?.noteKey) return refuse(isNobody(caller) ? 'join-needed' : 'forbidden');
      await store.workingGroup.linkOwnNotes(hashOf(person.noteKey), person.participantId, now());
      return ok({ path: `/mine/${person.noteKey}` });
    },

    /** The same page by its link, on any device. */
    async byLink(key: string) {
      const participantId = KEY.test(key) ? await store.workingGroup.ownerOfLink(hashOf(key)) : null;
      const person = participantId === null ? null : await store.participants.byId(participantId);
      if (!person || person.removedAt !== null) return refuse('link-unknown');
      const { id, workshopId, organisationId, name, language } = person;
      const identity = { participantId: id, workshopId, organisationId, name, language, noteKey: key };
      const became = await becameOf(identity, { account: null, participants: [identity], screens: [], language });
      return became ? ok([became]) : refuse('link-unknown');
    },
  };
}
