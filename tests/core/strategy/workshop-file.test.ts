/** ashar.workshop/1: the real meeting comes in, and goes out as it was. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createEach, groupNotes } from '#core/board/edit.ts';
import { readBoard } from '#core/board/read.ts';
import { zonesOf } from '#core/templates/index.ts';
import { plannedBoard, workshopFile } from '#core/workshop/export.ts';
import { actionText, readAction, type PlannedNote, type WorkshopFile } from '#core/workshop/format.ts';
import { planWorkshop } from '#core/workshop/import.ts';
import { checkWorkshopFile, parseWorkshopFile } from '#server/usecases/workshop-format.ts';
import { newBoard } from '../board/boards.ts';

const source = readFileSync(new URL('../../fixtures/union-2020.json', import.meta.url), 'utf8');
const original = JSON.parse(source) as WorkshopFile;

function planOf(file: unknown) {
  const checked = checkWorkshopFile(file);
  if (!checked.ok) throw new Error(JSON.stringify(checked.refusal));
  const plan = planWorkshop(checked.value);
  if (!plan.ok) throw new Error(JSON.stringify(plan.refusal));
  return plan.value;
}

describe('the meeting of March 2020', () => {
  const plan = planOf(original);

  it('[N9] is read whole', () => {
    expect(parseWorkshopFile(`\uFEFF${source}`).ok).toBe(true);
    expect(plan.boards.map(({ template, notes }) => [template, notes.length])).toEqual([
      ['programme-review', 6],
      ['situation', 10],
      ['swot', 24],
      ['priorities', 8],
    ]);
    expect(plan.organisations).toHaveLength(6);
    expect(plan.rounds[0]).toMatchObject({ board: 3, of: 'notes', secret: true, quorum: 0.5, cut: 4, publish: true });
    expect(plan.boards[0]?.notes[4]?.text).toBe(
      'Ежегодно передавать в парламент доклад о влиянии законов на муниципалитеты\n2018–2020 · Дирекция, ИПР',
    );
    expect(plan.boards[3]?.notes[1]).toMatchObject({
      zone: 'options',
      language: 'ru',
      translations: { ky: 'Мүчөлөр үчүн кызматтар: кеңеш, окутуу, укуктук жардам' },
    });
  });

  it('[N9] comes out as it went in', () => {
    expect(workshopFile(plan)).toEqual(original);
    expect(planOf(workshopFile(plan))).toEqual(plan);
  });

  it('[N9] comes out as it went in also by way of the boards', () => {
    const boards = plan.boards.map((board) => {
      const doc = newBoard();
      const ids = createEach(
        doc,
        board.notes.map(({ zone, text, language, colour }, index) => ({
          id: `n${index}`,
          zone,
          text,
          lang: language,
          colour,
        })),
        null,
      );
      expect(ids.ok).toBe(true);
      const note = (id: string): PlannedNote | undefined => board.notes[Number(id.slice(1))];
      return plannedBoard(board.template, board.title, readBoard(doc, zonesOf(board.template)), {
        organisationOf: (id) => note(id)?.organisation ?? null,
        translationsOf: (id) => note(id)?.translations ?? {},
      });
    });
    expect(workshopFile({ ...plan, boards })).toEqual(original);
  });
});

describe('a workshop with groups, colours and further rounds', () => {
  it('[N9] survives the round trip', () => {
    const doc = newBoard();
    createEach(
      doc,
      [...'abcd'].map((id) => ({ id, zone: 'ideas', text: id, colour: id === 'a' ? 'rose' : 'yellow' })),
      null,
    );
    groupNotes(doc, { noteIds: ['d'], onto: 'b', title: 'Топ' }, null);
    const board = plannedBoard('blank', 'Үчүнчү стол', readBoard(doc, ['ideas']), {
      organisationOf: () => null,
      translationsOf: () => ({}),
    });
    const round = {
      board: 1,
      title: { ky: 'Добуш' },
      of: 'groups' as const,
      method: { kind: 'verdict' as const, choices: ['ооба', 'жок'] },
      secret: false,
      quorum: null,
      cut: null,
      graceSeconds: 5,
      publish: false,
    };
    const plan = {
      about: null,
      title: 'Күн',
      strategy: null,
      heldOn: null,
      languages: ['ky' as const],
      timeZone: 'Asia/Bishkek',
      organisations: [],
      boards: [{ template: 'blank', title: null, notes: [], groups: [] }, board],
      rounds: [round],
    };
    const file = workshopFile(plan);
    expect(file.boards[1]?.notes?.map(({ text, group }) => [text, group])).toEqual([
      ['a', undefined],
      ['b', 0],
      ['d', 0],
      ['c', undefined],
    ]);
    expect(file.rounds?.[0]?.board).toBe(1);
    expect(planOf(JSON.parse(JSON.stringify(file)))).toEqual(plan);
  });

  it('[N9] an action keeps its period and owner in its last line', () => {
    for (const action of [
      { text: 'a\nb' },
      { text: 'a', period: '2019' },
      { text: 'a', owner: 'Дирекция' },
      { text: 'a', period: '2019', owner: 'x · y' },
    ])
      expect(readAction(actionText(action))).toEqual(action);
    expect(readAction('x · y')).toEqual({ text: 'x · y' });
  });
});

describe('a file with a fault', () => {
  /** The case with one value put in; undefined: taken out. */
  const broken = (path: string, value: unknown): unknown => {
    const file: unknown = structuredClone(original);
    const keys = path.split('.');
    const last = keys.pop() ?? '';
    const parent = keys.reduce((at, key) => at[key] as Record<string, unknown>, file as Record<string, unknown>);
    if (value === undefined) delete parent[last];
    else parent[last] = value;
    return file;
  };
  const refusal = (json: unknown) => {
    const checked = checkWorkshopFile(json);
    const result = checked.ok ? planWorkshop(checked.value) : checked;
    return result.ok ? null : result.refusal;
  };

  // Where the fault is put in; what; where it is reported, if elsewhere.
  it.each<[string, unknown, string?]>([
    ['format', 'ashar.workshop/2'],
    ['title', undefined],
    ['title', {}],
    ['title.ru', 7],
    ['date', '9 March'],
    ['languages.0', 'kg'],
    ['strategy.periodEnd', 2019],
    ['strategy.periodStart', '2020'],
    ['organisations.1.name', 'x'.repeat(121)],
    ['organisations.1.name', 'дирекция  союза мсу'],
    ['organisations.0.seats', -1],
    ['boards.1.template', 'kanban'],
    ['boards.2.notes.3.zone', 'moon'],
    ['boards.2.notes.3.text', undefined],
    ['boards.2.notes.3.text', 'x'.repeat(2001)],
    ['boards.2.notes.3.text', '\u0007 '],
    ['boards.2.notes.3.organisation', 6],
    ['boards.2.notes.3.group', 0],
    ['boards.2.notes.3.author', 'somebody'],
    ['boards.2.groups', [{ zone: 'threats', title: 'empty' }], 'boards.2.groups.0'],
    ['boards.2.actions', [{ text: 'x' }]],
    ['boards.0.actions.2.owner', null],
    ['boards.3.options.0.fr', 'x'],
    ['boards', []],
    ['rounds.0.board', 'tows'],
    ['rounds.0.method.kind', 'shout'],
    ['rounds.0.quorum', 2],
    ['rounds.0.method.budget', 0, 'rounds.0'],
  ])('[N10] at %s is refused, naming the place', (path, value, reported) => {
    expect(refusal(broken(path, value))).toMatchObject({
      code: 'import-malformed',
      params: { path: reported ?? path },
    });
  });

  it('[N10] what is no workshop at all is refused', () => {
    for (const text of ['', '{', 'null', '[]', '"x"', '{"format":"ashar.workshop/1"}', '['.repeat(50_000)])
      expect(parseWorkshopFile(text)).toMatchObject({ ok: false, refusal: { code: 'import-malformed' } });
  });
});
