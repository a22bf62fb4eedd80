/**
 * The one policy behind every door to a document: which person a caller is there, and what they may do with it now. Used by
 * the sockets (through the Access port) and by the commands of the API.
 */
import { frozenBy } from '#core/board/freeze.ts';
import { participantIn, type Caller } from '#core/people/caller.ts';
import { may } from '#core/people/policy.ts';
import { boardRights, type BoardRights } from '#core/stage/rights.ts';
import { dutyAllows } from '#core/strategy/duty.ts';
import type { DocumentRights, LivePerson } from '../live/ports.ts';
import type { Store } from '../store/port.ts';
import type { StoredBoard, Workshop } from '../store/workshops.ts';
import { draftAccess } from './draft-doors.ts';
import { placeOf } from './places.ts';

export interface BoardAccess {
  readonly board: StoredBoard;
  readonly workshop: Workshop;
  readonly person: LivePerson;
  readonly rights: BoardRights;
  readonly leads: boolean;
  /** New notes of participants wait for who leads. */
  readonly moderated: boolean;
}

/** Who the caller is in a workshop; a participant's identity comes first, so that a leader who joined speaks as themselves. */
export async function personIn(store: Store, caller: Caller, workshop: Workshop): Promise<LivePerson | null> {
  const participant = participantIn(caller, workshop.id);
  if (participant) {
    const organisations = await store.workshops.organisations(workshop.id);
    const organisation = organisations.find((one) => one.id === participant.organisationId);
    return {
      personId: participant.participantId,
      kind: 'participant',
      name: participant.name,
      organisation: organisation?.name ?? null,
      organisationId: organisation?.id ?? null,
    };
  }
  if (caller.account)
    return {
      personId: caller.account.accountId,
      kind: 'account',
      name: caller.account.name,
      organisation: null,
      organisationId: null,
    };
  if (caller.screens.includes(workshop.id))
    return { personId: `screen-${workshop.id}`, kind: 'screen', name: null, organisation: null, organisationId: null };
  return null;
}

/** The caller's standing on a board; null where it is unknown, deleted or not theirs. */
export async function boardAccess(store: Store, caller: Caller, boardId: string): Promise<BoardAccess | null> {
  const board = await store.workshops.board(boardId);
  const workshop = board && (await store.workshops.byId(board.workshopId));
  if (!board || !workshop) return null;
  const person = await personIn(store, caller, workshop);
  if (!person) return null;
  const stage =
    workshop.stageId === null
      ? null
      : ((await store.workshops.stages(workshop.id)).find((one) => one.id === workshop.stageId) ?? null);
  const leads = person.kind === 'account' && may(caller, 'workshop.lead');
  const role =
    person.kind === 'participant' ? 'member' : person.kind === 'screen' ? 'screen' : leads ? 'lead' : 'staff';
  const place = await placeOf(store, board, role, role === 'member' ? person.personId : null);
  if (place === 'hidden') return null;
  const rights = boardRights({
    stage: stage?.kind ?? null,
    here: stage !== null && (stage.boardId === null || stage.boardId === (board.tableOf ?? board.id)),
    locked: workshop.locked,
    private: workshop.private,
    anonymous: workshop.anonymous,
    permissions: stage?.permissions,
    moderated: stage?.moderated,
    closed: workshop.status === 'closed',
    role,
    place,
  });
  return { board, workshop, person, rights, leads, moderated: !leads && stage?.moderated === true };
}

/** Rights on any document by its name (DESIGN, "Where truth lives"). */
export async function documentRights(store: Store, caller: Caller, document: string): Promise<DocumentRights | null> {
  const [kind, id] = document.split('/', 2);
  if (!kind || !id || document !== `${kind}/${id}`) return null;
  if (kind === 'board') {
    const access = await boardAccess(store, caller, id);
    if (!access) return null;
    const { rights, person, workshop, board, leads } = access;
    const frozen = frozenBy(await store.rounds.openOn(board.id));
    return {
      person,
      workshopId: workshop.id,
      write: rights.write,
      ...(rights.writeRefusal && { whyNot: rights.writeRefusal }),
      presence: rights.presence,
      zones: board.zones.map((zone) => zone.id),
      recordAuthors: rights.recordAuthors,
      frozen,
      may: rights.may,
      ...(!leads && board.locks && { locks: board.locks }),
    };
  }
  if (kind === 'room') {
    const workshop = await store.workshops.byId(id);
    const person = workshop && (await personIn(store, caller, workshop));
    if (!workshop || !person) return null;
    return {
      person,
      workshopId: id,
      write: false,
      whyNot: 'forbidden',
      presence: !workshop.anonymous && !workshop.private,
      zones: [],
      recordAuthors: false,
    };
  }
  if (kind === 'draft') {
    const access = await draftAccess(store, caller, id);
    if (!access) return null;
    const refusal = dutyAllows(access.duty, 'write', access.strategy.status ?? 'draft');
    const { organisation } = access.person;
    const person: LivePerson = {
      personId: access.person.id,
      kind: 'account',
      name: access.person.name,
      organisation: organisation === '' ? null : organisation,
      organisationId: null,
    };
    return {
      person,
      workshopId: null,
      write: refusal === null,
      ...(refusal && { whyNot: refusal }),
      presence: true,
      zones: [],
      recordAuthors: false,
    };
  }
  return null;
}
