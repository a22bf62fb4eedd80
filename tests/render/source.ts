/**
 * The meeting of March 2020 as a snapshot, made by the product's own functions: the case's notes, a secret dots round, a
 * consent check, a programme review, and a note that holds every Kyrgyz letter.
 */
import { readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import type { ResultsSource } from '#core/export/source.ts';
import { resultsSource } from '#core/strategy/results.ts';
import { buildSnapshot, type Snapshot, type SnapshotSource } from '#core/strategy/snapshot.ts';
import { templateById } from '#core/templates/index.ts';
import { generator } from '#core/voting/order.ts';
import { tally } from '#core/voting/tally.ts';
import type { Ballot, CountedBallot, Option, RoundSettings } from '#core/voting/types.ts';

export const KYRGYZ_LETTERS = 'АаБбВвГгДдЕеЁёЖжЗзИиЙйКкЛлМмНнҢңОоӨөПпРрСсТтУуҮүФфХхЦцЧчШшЩщЪъЫыЬьЭэЮюЯя';

interface CaseNote {
  readonly zone: string;
  readonly language: 'ky' | 'ru' | 'en';
  readonly text: string;
}
const union = JSON.parse(readFileSync(new URL('../fixtures/union-2020.json', import.meta.url), 'utf8')) as {
  readonly title: Record<'ky' | 'ru' | 'en', string>;
  readonly strategy: { readonly title: Record<'ky' | 'ru' | 'en', string> };
  readonly organisations: readonly { readonly name: string; readonly seats: number }[];
  readonly boards: readonly { readonly template: string; readonly notes?: readonly CaseNote[] }[];
};

type Content = SnapshotSource['boards'][number]['content'];

/** Notes in reading order; every third and fourth note of an area stand in a group. */
export function boardOf(
  template: string,
  notes: readonly CaseNote[],
  grouped = false,
): SnapshotSource['boards'][number] {
  const plan = templateById(template);
  if (!plan) throw new Error(`no template ${template}`);
  const groups: Content['groups'][number][] = [];
  const placed = plan.zones.flatMap(({ id: zone }) =>
    notes
      .filter((note) => note.zone === zone)
      .map((note, at): Content['notes'][number] => {
        const id = `${template}-${zone}-${at}`;
        const group = `${template}-${zone}-group`;
        const inside = grouped && (at === 2 || at === 3);
        if (inside && at === 2)
          groups.push({ id: group, at: [zone, 0, at], title: 'Взносы и членство: Мүчөлүк төгүмдөр', noteIds: [id] });
        if (inside && at === 3) {
          const last = groups.pop();
          if (last) groups.push({ ...last, noteIds: [...last.noteIds, id] });
        }
        return {
          id,
          at: [zone, 0, at],
          text: note.text,
          colour: 'yellow',
          lang: note.language,
          ...(inside ? { group } : {}),
        };
      }),
  );
  return {
    id: template,
    template,
    title: plan.name,
    zones: plan.zones.map(({ id, name }) => ({ id, name })),
    content: { notes: placed, groups },
    sight: { attributed: false, authors: new Map() },
  };
}

const notesOf = (template: string) => union.boards.find((board) => board.template === template)?.notes ?? [];
const organisations = union.organisations.map(({ name, seats }, at) => ({
  id: `org${at}`,
  name,
  seats,
  people: seats - (at % 2),
}));
export const EXTRA_NOTES: readonly CaseNote[] = [
  { zone: 'strengths', language: 'ky', text: `Кыргыз тамгалары: ${KYRGYZ_LETTERS}` },
  { zone: 'threats', language: 'ru', text: 'Первая строка\nвторая строка «в кавычках» – 50 % & <b>не жирный</b>' },
];

function ballotsOf(seed: string, vote: (next: () => number, person: number) => Ballot, desk = 0): CountedBallot[] {
  const next = generator(seed);
  let person = 0;
  return organisations.flatMap(({ id, people }) =>
    Array.from({ length: people }, (): CountedBallot => {
      const number = person++;
      return {
        ballot: vote(next, number),
        organisationId: id,
        source: number < desk ? 'paper' : 'device',
        receipt: `R${String(number).padStart(3, '0')}-${(next() % 46656).toString(36).padStart(3, '0')}`,
      };
    }),
  );
}

const optionsOf = (prefix: string, texts: readonly string[]): Option[] =>
  texts.map((text, at) => ({ id: `${prefix}${at}`, text, noteIds: [`${prefix}${at}`], zone: 'options' }));

export const DIRECTIONS = [
  'Представительство интересов членов в парламенте и правительстве',
  'Межбюджетные отношения и доходы местных бюджетов',
  'Мүчөлөргө көрсөтүлгөн кызматтардын сапатын жогорулатуу',
  'Обучение и обмен опытом между айыл өкмөтү',
  'Цифровизация муниципальных услуг',
  'Жарандардын бюджетке катышуусун кеңейтүү',
  'Устойчивость самого Союза: взносы, кадры, мониторинг',
  'Международное сотрудничество',
];
const ACTIONS = [
  'Довести сбор членских взносов до 70 процентов',
  'Открыть электронную площадку обмена опытом айыл өкмөтү',
];

const plain: Omit<RoundSettings, 'title' | 'method' | 'cut'> = {
  of: 'notes',
  secret: true,
  quorum: 0.5,
  graceSeconds: 0,
  publish: true,
};

function roundOf(
  id: string,
  settings: RoundSettings,
  options: readonly Option[],
  ballots: readonly CountedBallot[],
  late = 0,
) {
  const result = tally({ settings, options, ballots, organisations, eligible: 34, receivedAfterClose: late });
  const openedAt = Date.UTC(2020, 2, 9, 9, 5);
  return { id, boardId: 'priorities', settings, options, openedAt, closedAt: openedAt + 900_000, result };
}

function rounds(): SnapshotSource['rounds'] {
  const directions = optionsOf('d', DIRECTIONS);
  const dots = ballotsOf(
    'dots',
    (next, person) => {
      if (person === 7) return { kind: 'abstain' };
      const given: Record<string, number> = {};
      for (let left = 3; left > 0; left--) {
        const id = `d${Math.min(next() % 8, next() % 8)}`;
        given[id] = Math.min(2, (given[id] ?? 0) + 1);
      }
      return { kind: 'dots', dots: given };
    },
    5,
  );
  const choose = (ids: readonly string[], choices: readonly string[], seed: string) =>
    ballotsOf(seed, (next) => {
      const given = Object.fromEntries(ids.map((id) => [id, choices[Math.min(next() % 4, choices.length - 1)] ?? '']));
      const reasons = Object.fromEntries(
        Object.entries(given).flatMap(([id, choice]) =>
          choice === 'object' ? [[id, 'Бюджетте каражат каралган эмес']] : [],
        ),
      );
      return { kind: 'choices', choices: given, reasons };
    });
  const final = directions.slice(0, 3);
  const actions = optionsOf('a', ACTIONS);
  const verdicts = ['done', 'partly', 'not-done', 'unknown'];
  return [
    roundOf(
      'r0',
      { ...plain, title: 'Выполнение программы 2017–2020', method: { kind: 'verdict', choices: verdicts }, cut: null },
      actions,
      choose(['a0', 'a1'], verdicts, 'verdict'),
    ),
    roundOf(
      'r1',
      { ...plain, title: 'Отбор приоритетных направлений', method: { kind: 'dots', budget: 3, perOption: 2 }, cut: 4 },
      directions,
      dots,
      2,
    ),
    roundOf(
      'r2',
      { ...plain, title: 'Проверка согласия', method: { kind: 'consent' }, cut: null, publish: false },
      final,
      choose(
        final.map(({ id }) => id),
        ['support', 'live-with', 'object'],
        'consent',
      ),
    ),
  ];
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

export function unionSnapshot(notes: readonly CaseNote[] = EXTRA_NOTES): Snapshot {
  return buildSnapshot(
    {
      id: 'snap1',
      title: 'Итоги дня',
      takenAt: Date.UTC(2020, 2, 9, 10, 42),
      workshop: {
        id: 'w1',
        title: union.title,
        languages: ['ru', 'ky', 'en'],
        timeZone: 'Asia/Bishkek',
        heldOn: '2020-03-09',
        strategy: { id: 's1', title: union.strategy.title },
      },
      organisations,
      unaffiliated: 1,
      boards: [boardOf('situation', notesOf('situation')), boardOf('swot', [...notesOf('swot'), ...notes], true)],
      rounds: rounds(),
    },
    sha256,
  ).snapshot;
}

export const unionSource = (notes?: readonly CaseNote[]): ResultsSource => resultsSource(unionSnapshot(notes));
