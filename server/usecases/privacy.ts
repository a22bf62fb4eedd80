/**
 * What people may ask of whoever keeps their data: to see it, to have it erased, and that it is not kept longer than was
 * said. Names live in SQL only; what is erased leaves a tombstone, so that an old copy on a device does not bring it back.
 */
import * as Y from 'yjs';
import { deleteNotes } from '#core/board/notes.ts';
import { readBoard } from '#core/board/read.ts';
import { participantIn, type Caller } from '#core/people/caller.ts';
import { ok, refuse, type Result } from '#core/result.ts';
import type { Workshop } from '../store/workshops.ts';
import type { Deps } from './deps.ts';
import { accountOf, passTo } from './doors.ts';
import { personOnRecord } from './person-record.ts';
import { dueAt, MOST_DAYS } from './retention.ts';

const SERVER = 'server';

/** The log folded into one state: what was deleted is not in it any more. */
function fold(state: Uint8Array | null, updates: readonly Uint8Array[]): Uint8Array {
  const doc = new Y.Doc();
  if (state) Y.applyUpdateV2(doc, state);
  for (const update of updates) Y.applyUpdate(doc, update);
  return Y.encodeStateAsUpdateV2(doc);
}

export function privacy({ store, live, room, now, config, log }: Deps) {
  async function forgetDocuments(workshopId: string): Promise<void> {
    for (const { id } of await store.workshops.boards(workshopId)) await live.forget(`board/${id}`);
    await live.forget(`room/${workshopId}`);
  }

  async function eraseWorkshopNow(id: string): Promise<void> {
    await store.workshops.remove(id, now());
    await forgetDocuments(id);
    await store.privacy.eraseWorkshop(id, now());
  }

  async function deleteNotesOf(personId: string, workshopId: string): Promise<void> {
    for (const { id } of await store.workshops.boards(workshopId)) {
      const own = (await store.notes.authorsOf(id)).filter((one) => one.personId === personId);
      if (own.length === 0) continue;
      const there = await live.read(`board/${id}`, (doc) => new Set(readBoard(doc).notes.map((note) => note.id)));
      const ids = own.map(({ noteId }) => noteId).filter((noteId) => there.has(noteId));
      if (ids.length > 0) await live.edit(`board/${id}`, (doc) => void deleteNotes(doc, { ids }, SERVER));
      await store.log.compact(`board/${id}`, fold);
    }
  }

  return {
    /** A person's name, body, devices and authorship; with `notes`, what they wrote under their name as well. */
    async erasePerson(
      caller: Caller,
      workshopId: string,
      participantId: string,
      { notes = false }: { readonly notes?: boolean } = {},
    ): Promise<Result<null>> {
      const found = await passTo(store, caller, workshopId, 'person.erase');
      if (!found.ok) return found;
      const person = await store.participants.byId(participantId);
      if (person?.workshopId !== workshopId) return refuse('not-found');
      if (notes) await deleteNotesOf(participantId, workshopId);
      await store.privacy.erasePerson(participantId, now());
      await live.cut(participantId);
      await store.revocations.add(participantId, now());
      await room.project(workshopId);
      await store.checkpoint();
      return ok(null);
    },

    async eraseAccount(caller: Caller, accountId: string): Promise<Result<null>> {
      const admin = accountOf(caller, 'account.manage');
      if (!admin.ok) return admin;
      const all = await store.accounts.list();
      const account = all.find(({ id }) => id === accountId);
      if (!account) return refuse('not-found');
      const others = all.some((one) => one.role === 'admin' && one.status === 'active' && one.id !== accountId);
      if (account.role === 'admin' && !others) return refuse('last-admin');
      await store.privacy.eraseAccount(accountId);
      await store.revocations.add(accountId, now());
      await store.checkpoint();
      return ok(null);
    },

    /** What was written and voted on one board. Snapshots that were taken of it stay: they are the record. */
    async eraseBoard(caller: Caller, workshopId: string, boardId: string): Promise<Result<null>> {
      const found = await passTo(store, caller, workshopId, 'workshop.erase');
      if (!found.ok) return found;
      const board = await store.workshops.board(boardId);
      if (board?.workshopId !== workshopId) return refuse('not-found');
      if ((await store.rounds.openOn(boardId)).length > 0) return refuse('round-open');
      await live.forget(`board/${boardId}`);
      await store.privacy.eraseBoard(boardId);
      await room.project(workshopId);
      await store.checkpoint();
      return ok(null);
    },

    /** All of a workshop: people, boards, rounds, results, snapshots. */
    async eraseWorkshop(caller: Caller, id: string): Promise<Result<null>> {
      const found = await passTo(store, caller, id, 'workshop.erase');
      if (!found.ok) return found;
      await eraseWorkshopNow(id);
      await store.checkpoint();
      return ok(null);
    },

    /** Days after its archiving until it is erased; null: as the server's own setting says. */
    async setRetention(caller: Caller, id: string, days: number | null): Promise<Result<null>> {
      const found = await passTo(store, caller, id, 'workshop.change');
      if (!found.ok) return found;
      if (days !== null && (!Number.isInteger(days) || days < 1 || days > MOST_DAYS)) return refuse('number-invalid');
      await store.privacy.setRetention(id, days);
      return ok(null);
    },
    async retention(caller: Caller, id: string): Promise<Result<{ days: number | null; standard: number | null }>> {
      const found = await passTo(store, caller, id, 'workshop.change');
      if (!found.ok) return found;
      return ok({ days: await store.privacy.retentionOf(id), standard: config.retentionDays });
    },

    /** Everything on record about one person: for themselves, and for whoever answers their request. */
    async personData(caller: Caller, workshopId: string, participantId: string): Promise<Result<object>> {
      const own = participantIn(caller, workshopId)?.participantId === participantId;
      const found = await passTo(store, caller, workshopId, own ? 'workshop.see' : 'person.erase');
      if (!found.ok) return found;
      const person = await store.participants.byId(participantId);
      if (person?.workshopId !== workshopId) return refuse('not-found');
      return ok(await personOnRecord({ store, live }, found.value, person));
    },
    /** The same for whoever asks: the account, and each workshop that this browser took part in. */
    async ownData(caller: Caller): Promise<Result<object>> {
      const account = caller.account && (await store.accounts.byId(caller.account.accountId));
      if (!account && caller.participants.length === 0) return refuse('sign-in-needed');
      const workshops = [];
      for (const { participantId, workshopId } of caller.participants) {
        const workshop: Workshop | null = await store.workshops.byId(workshopId);
        const person = await store.participants.byId(participantId);
        if (workshop && person) workshops.push(await personOnRecord({ store, live }, workshop, person));
      }
      const own = account && {
        ...{ id: account.id, email: account.email, name: account.name, role: account.role },
        createdAt: new Date(account.createdAt).toISOString(),
        sessions: (await store.accounts.sessionsOf(account.id)).map(({ createdAt, device }) => ({
          startedAt: new Date(createdAt).toISOString(),
          device,
        })),
      };
      return ok({ account: own, workshops });
    },

    /** Erases what has had its time: workshops, and sessions, links and tokens that are of no use. How many workshops. */
    async sweep(): Promise<number> {
      let erased = 0;
      for (const workshop of await store.privacy.ended()) {
        const due = dueAt(workshop, config.retentionDays);
        if (due === null || due > now()) continue;
        await eraseWorkshopNow(workshop.id);
        erased += 1;
        log.info({ workshop: workshop.id }, 'a workshop had its time and was erased');
      }
      await store.privacy.dropExpired(now());
      if (erased > 0) await store.checkpoint();
      return erased;
    },
  };
}
