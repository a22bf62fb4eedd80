/**
 * Workshops from their creation to their tombstone: made from a template, listed, searched, duplicated, archived, deleted.
 * What a caller may see of one is decided in `see`, for pages and API alike.
 */
import { initialBoardUpdate } from '#core/board/doc.ts';
import { newId, newJoinCode, newSecret } from '#core/ids.ts';
import { checkName, checkTitle, fold } from '#core/people/names.ts';
import type { Caller, Language } from '#core/people/caller.ts';
import { may } from '#core/people/policy.ts';
import { ok, refuse, type Result } from '#core/result.ts';
import { templateById } from '#core/templates/index.ts';
import { isUniqueViolation } from '../store/db.ts';
import type { Titles, Workshop } from '../store/workshops.ts';
import { accountOf, allowed, lookIn, passTo } from './doors.ts';
import type { Deps } from './deps.ts';
import { planBoards, shapeOf, type Shape } from './shapes.ts';

export interface NewWorkshop {
  readonly strategyId?: string | undefined;
  readonly title: string;
  readonly titles?: Titles | undefined;
  readonly about?: string | undefined;
  readonly template: string;
  /** Further boards beside the template's own (an imported meeting has four). */
  readonly moreTemplates?: readonly string[] | undefined;
  /** Titles of the boards in their order; the template's own name where one is left out. */
  readonly boardTitles?: readonly (Titles | null)[] | undefined;
  readonly languages: readonly Language[];
  readonly timeZone?: string | undefined;
  readonly heldOn?: string | undefined;
  readonly namesNeeded?: boolean | undefined;
  readonly organisationNeeded?: boolean | undefined;
  readonly organisations?: readonly { readonly name: string; readonly seats?: number | undefined }[] | undefined;
  /** Boards and stages as another workshop has them, in place of the templates'. */
  readonly shape?: Shape | undefined;
  readonly rehearsalOf?: string | undefined;
}

const PAGE = 50;
const DEFAULT_ZONE = 'Asia/Bishkek';

function knownTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

export function workshops({ store, live, room, config, now }: Deps) {
  const base = (origin: string): string => config.origin ?? origin;

  /** What leaders see beside what members see: the ways in. */
  const ways = (workshop: Workshop, origin: string) => ({
    joinCode: workshop.joinCode,
    joinUrl: `${base(origin)}/join/${workshop.linkToken}`,
    screenUrl: `${base(origin)}/w/${workshop.id}/screen?key=${workshop.screenKey}`,
  });

  async function details(workshop: Workshop) {
    const [boards, stages, organisations] = await Promise.all([
      store.workshops.boards(workshop.id),
      store.workshops.stages(workshop.id),
      store.workshops.organisations(workshop.id),
    ]);
    return {
      id: workshop.id,
      title: workshop.title,
      titles: workshop.titles,
      template: workshop.template,
      languages: workshop.languages,
      timeZone: workshop.timeZone,
      heldOn: workshop.heldOn,
      strategyId: workshop.strategyId,
      status: workshop.status,
      archived: workshop.archivedAt !== null,
      roomDocument: `room/${workshop.id}`,
      organisations,
      boards: boards.map(({ id, template, title, zones }) => ({ id, template, title, document: `board/${id}`, zones })),
      stages,
      stage: workshop.stageId,
      rehearsalOf: workshop.rehearsalOf ?? null,
      locked: workshop.locked,
      private: workshop.private,
      anonymous: workshop.anonymous,
      namesNeeded: workshop.namesNeeded,
      organisationNeeded: workshop.organisationNeeded,
      doorOpen: workshop.doorOpen,
    };
  }

  /** The workshop, where the caller is a member, crew or its projector; `not-found` otherwise. */
  async function visible(caller: Caller, id: string): Promise<Result<Workshop>> {
    return lookIn(store, caller, id);
  }

  /** Draws join codes until one is free: with 10⁹ codes and a few live ones the second draw is rare already. */
  async function insert(
    draft: Omit<Workshop, 'joinCode'>,
    parts: Parameters<typeof store.workshops.insert>[2],
  ): Promise<Workshop> {
    for (let tries = 0; ; tries++) {
      const workshop = { ...draft, joinCode: newJoinCode() };
      try {
        await store.workshops.insert(
          workshop,
          fold(Object.values(workshop.titles).concat(workshop.title).join(' ')),
          parts,
        );
        return workshop;
      } catch (error) {
        if (!isUniqueViolation(error) || tries > 20) throw error;
      }
    }
  }

  async function create(caller: Caller, input: NewWorkshop, origin: string) {
    const account = accountOf(caller, 'workshop.create');
    if (!account.ok) return account;
    const title = checkTitle(input.title);
    if (!title.ok) return title;
    const timeZone = input.timeZone ?? DEFAULT_ZONE;
    if (!knownTimeZone(timeZone)) return refuse('time-zone-unknown');
    if (input.strategyId !== undefined && !(await store.strategies.byId(input.strategyId))) return refuse('not-found');
    const id = newId();
    const planned = await planBoards(store, id, input);
    if (!planned.ok) return planned;
    const { boards, stages } = planned.value;
    const organisations: { id: string; name: string; seats: number | null; nameNorm: string }[] = [];
    for (const { name, seats } of input.organisations ?? []) {
      const checked = checkName(name);
      if (!checked.ok) return checked;
      const nameNorm = fold(checked.value);
      if (!organisations.some((known) => known.nameNorm === nameNorm))
        organisations.push({ id: newId(), name: checked.value, seats: seats ?? null, nameNorm });
    }
    const languages = input.languages.length > 0 ? [...new Set(input.languages)] : (['ky', 'ru'] as const);
    const workshop = await insert(
      {
        id,
        strategyId: input.strategyId ?? null,
        title: title.value,
        titles: input.titles ?? {},
        about: input.about ?? null,
        template: input.template,
        languages,
        timeZone,
        heldOn: input.heldOn ?? null,
        linkToken: newSecret(),
        screenKey: newSecret(),
        status: 'open',
        doorOpen: true,
        namesNeeded: input.namesNeeded ?? false,
        organisationNeeded: input.organisationNeeded ?? false,
        stageId: null,
        startedAt: null,
        endsAt: null,
        locked: false,
        private: false,
        anonymous: false,
        revision: 0,
        createdBy: account.value.accountId,
        createdAt: now(),
        archivedAt: null,
        rehearsalOf: input.rehearsalOf ?? null,
      },
      { organisations, boards, stages },
    );
    await store.log.append(
      boards.map((board) => ({
        document: `board/${board.id}`,
        update: initialBoardUpdate(),
        personId: null,
        claims: [],
        createdNotes: [],
      })),
    );
    await room.project(id);
    return ok({ ...(await details(workshop)), ...ways(workshop, origin) });
  }

  return {
    create,
    visible,
    /** The name that boards of a template bear unless somebody gave them another. */
    templateTitle: (template: string): Titles | null => templateById(template)?.name ?? null,

    async view(caller: Caller, id: string, origin: string) {
      const workshop = await visible(caller, id);
      if (!workshop.ok) return workshop;
      const rounds = (await store.rounds.inWorkshop(id)).map(({ id, settings, status }) => ({
        id,
        title: settings.title,
        status,
      }));
      const seen = { ...(await details(workshop.value)), rounds };
      // A projector shows the way in as well; participants need none.
      const showWays = may(caller, 'workshop.change') || caller.screens.includes(id);
      const shown: Partial<ReturnType<typeof ways>> = showWays ? ways(workshop.value, origin) : {};
      return ok({ ...seen, ...shown });
    },

    async list(caller: Caller, query: { q?: string; cursor?: string; archived?: boolean }) {
      const passes = allowed(caller, 'workshop.list');
      if (!passes.ok) return passes;
      const found = await store.workshops.list({
        search: fold(query.q ?? ''),
        archived: query.archived ?? false,
        after: query.cursor ?? null,
        limit: PAGE + 1,
      });
      const shown = found.slice(0, PAGE);
      const items = await Promise.all(
        shown.map(
          async ({ id, title, titles, template, status, createdAt, heldOn, timeZone, strategyId, archivedAt }) => ({
            id,
            title,
            titles,
            template,
            status,
            heldOn,
            timeZone,
            strategyId,
            archived: archivedAt !== null,
            createdAt: new Date(createdAt).toISOString(),
            people: await store.participants.countIn(id),
          }),
        ),
      );
      return ok({ items, cursor: found.length > PAGE ? (shown.at(-1)?.id ?? null) : null });
    },

    async change(
      caller: Caller,
      id: string,
      input: {
        title?: string;
        timeZone?: string;
        doorOpen?: boolean;
        namesNeeded?: boolean;
        organisationNeeded?: boolean;
        strategyId?: string | null;
        status?: 'open' | 'closed';
      },
    ): Promise<Result<null>> {
      const workshop = await passTo(store, caller, id, 'workshop.change');
      if (!workshop.ok) return workshop;
      const title = input.title === undefined ? null : checkTitle(input.title);
      if (title && !title.ok) return title;
      if (input.timeZone !== undefined && !knownTimeZone(input.timeZone)) return refuse('time-zone-unknown');
      if (input.strategyId && !(await store.strategies.byId(input.strategyId))) return refuse('not-found');
      await store.workshops.change(id, {
        ...input,
        ...(title?.ok && { title: title.value, titleNorm: fold(title.value) }),
      });
      if (input.status === 'closed') await store.practice.wipe(id);
      await room.project(id);
      if (input.status !== undefined)
        await live.reconsider((await store.workshops.boardsAndTables(id)).map((board) => `board/${board.id}`));
      return ok(null);
    },

    /** The same boards, agenda and organisations, empty of people, notes and rounds. */
    async duplicate(caller: Caller, id: string, origin: string, more: { readonly rehearsalOf?: string } = {}) {
      const workshop = await passTo(store, caller, id, 'workshop.duplicate');
      if (!workshop.ok) return workshop;
      const organisations = await store.workshops.organisations(id);
      const { title, titles, template, languages, timeZone, strategyId, namesNeeded, organisationNeeded } =
        workshop.value;
      return create(
        caller,
        {
          ...{ title, titles, template, languages, timeZone, namesNeeded, organisationNeeded, ...more },
          shape: await shapeOf(store, id),
          strategyId: strategyId ?? undefined,
          organisations: organisations.map(({ name, seats }) => ({ name, seats: seats ?? undefined })),
        },
        origin,
      );
    },

    async archive(caller: Caller, id: string, archived: boolean): Promise<Result<null>> {
      const workshop = await passTo(store, caller, id, 'workshop.archive');
      if (!workshop.ok) return workshop;
      await store.workshops.archive(id, archived ? now() : null);
      return ok(null);
    },

    async remove(caller: Caller, id: string): Promise<Result<null>> {
      const workshop = await passTo(store, caller, id, 'workshop.change');
      if (!workshop.ok) return workshop;
      const isOwn = workshop.value.createdBy === caller.account?.accountId;
      if (!isOwn && !may(caller, 'workshop.delete')) return refuse('forbidden');
      await store.workshops.remove(id, now());
      for (const board of await store.workshops.boardsAndTables(id)) await live.forget(`board/${board.id}`);
      await live.forget(`room/${id}`);
      return ok(null);
    },
  };
}
