/**
 * A workshop from a file and into a file (`ashar.workshop/1`). Importing makes a new workshop beside everything there is;
 * all is checked before the first row is written.
 */
import { createEach, groupNotes, nameGroup } from '#core/board/edit.ts';
import { readBoard } from '#core/board/read.ts';
import { textIn, type LocalText } from '#core/export/source.ts';
import { newId } from '#core/ids.ts';
import { LANGUAGES, type Caller, type Language } from '#core/people/caller.ts';
import { ok, refuse, type Result } from '#core/result.ts';
import { plannedBoard, workshopFile } from '#core/workshop/export.ts';
import type { PlannedBoard, WorkshopFile, WorkshopPlan } from '#core/workshop/format.ts';
import { planWorkshop } from '#core/workshop/import.ts';
import { contentDisposition, downloadName } from '../render/names.ts';
import type { Titles } from '../store/workshops.ts';
import { allowed, passTo } from './doors.ts';
import type { Deps } from './deps.ts';
import type { FileOut } from './exports.ts';
import type { rounds } from './rounds.ts';
import type { strategies } from './strategies.ts';
import { checkWorkshopFile, WorkshopFileSchema } from './workshop-format.ts';
import type { workshops } from './workshops.ts';

interface Parts {
  readonly workshops: ReturnType<typeof workshops>;
  readonly strategies: ReturnType<typeof strategies>;
  readonly rounds: ReturnType<typeof rounds>;
}

const plain = (text: LocalText): string => (typeof text === 'string' ? text : (text.ru ?? text.ky ?? text.en ?? ''));
const titles = (text: LocalText): Titles => (typeof text === 'string' ? {} : text);
const local = (plainText: string, texts: Titles | undefined): LocalText =>
  texts && Object.keys(texts).length > 0 ? texts : plainText;

export function transfer({ store, live, now }: Deps, parts: Parts) {
  async function writeBoard(
    boardId: string,
    planned: PlannedBoard,
    organisationIds: readonly string[],
  ): Promise<Result<null>> {
    const notes = planned.notes.map((note) => ({ ...note, id: newId() }));
    await store.notes.recordAuthors(
      boardId,
      notes.flatMap(({ id, organisation }) =>
        organisation === null
          ? []
          : [{ noteId: id, personId: '', organisationId: organisationIds[organisation] ?? null }],
      ),
    );
    await store.translations.put(
      'note',
      notes
        .filter((note) => Object.keys(note.translations).length > 0)
        .map(({ id, translations }) => ({ id, texts: translations })),
    );
    let result: Result<null> = ok(null);
    await live.edit(`board/${boardId}`, (doc) => {
      const made = createEach(
        doc,
        notes.map(({ id, zone, text, colour, language }) => ({ id, zone, text, colour, lang: language })),
        'import',
      );
      if (!made.ok) {
        result = made;
        return;
      }
      for (const [index, { title }] of planned.groups.entries()) {
        const noteIds = notes.filter((note) => note.group === index).map(({ id }) => id);
        if (noteIds.length === 0) continue;
        const group = groupNotes(doc, { noteIds }, 'import');
        if (group.ok && title !== '') nameGroup(doc, { id: group.value.id, title }, 'import');
      }
    });
    return result;
  }

  async function carryOut(caller: Caller, plan: WorkshopPlan, origin: string) {
    const [first, ...more] = plan.boards;
    if (!first) return refuse('import-malformed', { path: 'boards', problem: 'empty', expected: '' });
    const strategy = plan.strategy
      ? await parts.strategies.start(caller, {
          title: plain(plan.strategy.title),
          periodStart: plan.strategy.periodStart,
          periodEnd: plan.strategy.periodEnd,
          languages: plan.languages,
        })
      : null;
    if (strategy && !strategy.ok) return strategy;
    if (strategy && plan.strategy)
      await store.translations.put('strategy', [{ id: strategy.value.id, texts: titles(plan.strategy.title) }]);
    const made = await parts.workshops.create(
      caller,
      {
        strategyId: strategy?.value.id,
        title: plain(plan.title),
        titles: titles(plan.title),
        about: plan.about ?? undefined,
        template: first.template,
        moreTemplates: more.map((board) => board.template),
        boardTitles: plan.boards.map((board) =>
          board.title === null ? null : typeof board.title === 'string' ? { ru: board.title } : board.title,
        ),
        languages: plan.languages,
        timeZone: plan.timeZone ?? undefined,
        heldOn: plan.heldOn ?? undefined,
        organisationNeeded: plan.organisations.length > 0,
        organisations: plan.organisations.map(({ name, seats }) => ({ name, seats: seats ?? undefined })),
      },
      origin,
    );
    if (!made.ok) {
      if (strategy) await store.strategies.remove(strategy.value.id, now());
      return made.refusal.code === 'time-zone-unknown'
        ? refuse('import-malformed', { path: 'timeZone', problem: 'time-zone-unknown', expected: '' })
        : made;
    }
    const { id, boards } = made.value;
    const organisationIds = plan.organisations.map(
      ({ name }) => made.value.organisations.find((one) => one.name === name)?.id ?? '',
    );
    let filled: Result<null> | null = null;
    try {
      filled = await fill(
        plan,
        id,
        boards.map((board) => board.id),
        organisationIds,
      );
    } finally {
      // Half a workshop would look like a whole one.
      if (!filled?.ok)
        await withdraw(
          id,
          boards.map((board) => board.id),
          strategy?.value.id ?? null,
        );
    }
    return filled.ok ? ok({ ...made.value, strategyId: strategy?.value.id ?? null }) : filled;
  }

  async function fill(
    plan: WorkshopPlan,
    id: string,
    boardIds: readonly string[],
    organisationIds: readonly string[],
  ): Promise<Result<null>> {
    for (const [index, planned] of plan.boards.entries()) {
      const written = await writeBoard(boardIds[index] ?? '', planned, organisationIds);
      if (!written.ok) return written;
    }
    for (const [index, { board, title, ...settings }] of plan.rounds.entries()) {
      const round = await parts.rounds.prepare(id, {
        ...settings,
        title: plain(title),
        boardId: boardIds[board] ?? '',
      });
      if (!round.ok)
        return refuse('import-malformed', { path: `rounds.${index}`, problem: round.refusal.code, expected: '' });
      await store.translations.put('round', [{ id: round.value.id, texts: titles(title) }]);
    }
    return ok(null);
  }

  async function withdraw(id: string, boardIds: readonly string[], strategyId: string | null): Promise<void> {
    await store.workshops.remove(id, now());
    if (strategyId !== null) await store.strategies.remove(strategyId, now());
    for (const name of [...boardIds.map((board) => `board/${board}`), `room/${id}`]) await live.forget(name);
  }

  /** The workshop as a file: what was written and how it was to be voted on; no person's name. */
  async function takeOut(caller: Caller, workshopId: string): Promise<Result<WorkshopFile>> {
    const found = await passTo(store, caller, workshopId, 'workshop.export');
    if (!found.ok) return found;
    const workshop = found.value;
    const organisations = await store.workshops.organisations(workshopId);
    const boards = await store.workshops.boards(workshopId);
    const planned: PlannedBoard[] = [];
    for (const board of boards) {
      const content = await live.read(`board/${board.id}`, (doc) =>
        readBoard(
          doc,
          board.zones.map(({ id }) => id),
        ),
      );
      const authors = workshop.anonymous ? [] : await store.notes.authorsOf(board.id);
      const organisationOf = new Map(
        authors.map((author) => [author.noteId, organisations.findIndex(({ id }) => id === author.organisationId)]),
      );
      const texts = await store.translations.of(
        'note',
        content.notes.map(({ id }) => id),
      );
      planned.push(
        plannedBoard(board.template, boardTitle(board), content, {
          organisationOf: (id) => ((organisationOf.get(id) ?? -1) < 0 ? null : (organisationOf.get(id) ?? null)),
          translationsOf: (id) => texts.get(id) ?? {},
        }),
      );
    }
    const rounds = await store.rounds.inWorkshop(workshopId);
    const roundTitles = await store.translations.of(
      'round',
      rounds.map(({ id }) => id),
    );
    const strategy = workshop.strategyId ? await store.strategies.byId(workshop.strategyId) : null;
    const strategyTitles = strategy
      ? (await store.translations.of('strategy', [strategy.id])).get(strategy.id)
      : undefined;
    return ok(
      workshopFile({
        about: workshop.about,
        title: local(workshop.title, workshop.titles),
        strategy: strategy && {
          title: local(strategy.title, strategyTitles),
          periodStart: strategy.periodStart,
          periodEnd: strategy.periodEnd,
        },
        heldOn: workshop.heldOn,
        languages: workshop.languages,
        timeZone: workshop.timeZone === 'Asia/Bishkek' ? null : workshop.timeZone,
        organisations: organisations.map(({ name, seats }) => ({ name, seats })),
        boards: planned,
        rounds: rounds.map(({ id, boardId, settings }) => ({
          ...settings,
          title: local(settings.title, roundTitles.get(id)),
          board: Math.max(
            0,
            boards.findIndex((board) => board.id === boardId),
          ),
        })),
      }),
    );
  }

  return {
    /** The shape of a file, for the description of the API. */
    schema: WorkshopFileSchema,

    /** A new workshop (and its strategy) from a file as it was parsed; refusals name the place in the file. */
    async bringIn(caller: Caller, json: unknown, origin: string) {
      const passes = allowed(caller, 'workshop.import');
      if (!passes.ok) return passes;
      const file = checkWorkshopFile(json);
      if (!file.ok) return file;
      const plan = planWorkshop(file.value);
      return plan.ok ? carryOut(caller, plan.value, origin) : plan;
    },

    takeOut,

    /** The same as a download, named in the language of whoever asks. */
    async file(caller: Caller, workshopId: string, language: Language): Promise<Result<FileOut>> {
      const taken = await takeOut(caller, workshopId);
      if (!taken.ok) return taken;
      const fileName = downloadName('workshop', textIn(taken.value.title, language), taken.value.date ?? '', 'json');
      const body = `${JSON.stringify(taken.value, null, 1)}\n`;
      return ok({ body, type: 'application/json', fileName, disposition: contentDisposition(fileName) });
    },
  };

  /** null where the board has its template's own name: the file then says nothing. */
  function boardTitle(board: { template: string; title: Titles }): LocalText | null {
    const own = parts.workshops.templateTitle(board.template);
    return LANGUAGES.every((language) => own?.[language] === board.title[language]) ? null : board.title;
  }
}
