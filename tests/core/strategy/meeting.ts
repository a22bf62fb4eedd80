/** The meeting of March 2020 as a snapshot: a SWOT with a group, options, one closed round. */
import { createHash } from 'node:crypto';
import { createEach, groupNotes } from '#core/board/edit.ts';
import { readBoard, type Board } from '#core/board/read.ts';
import { buildSnapshot, type Snapshot, type SnapshotSource } from '#core/strategy/snapshot.ts';
import { templateById, zonesOf } from '#core/templates/index.ts';
import type { OptionResult, RoundResult, RoundSettings } from '#core/voting/types.ts';
import type * as Y from 'yjs';
import { newBoard } from '../board/boards.ts';

export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

export const NOTES = [
  { id: 's1', zone: 'strengths', text: 'Легитимный представитель интересов всех муниципалитетов', lang: 'ru' },
  { id: 's2', zone: 'strengths', text: 'Өз журналы жана маалымат каналдары бар', lang: 'ky' },
  { id: 'w1', zone: 'weaknesses', text: 'Слабая собираемость членских взносов', lang: 'ru' },
  { id: 'w2', zone: 'weaknesses', text: 'Взносы платят не все члены, и вовремя — немногие', lang: 'ru' },
];
const OPTIONS = ['Финансовая устойчивость', 'Качество услуг', 'Данные и аналитика'];

export function swotDoc(): Y.Doc {
  const doc = newBoard();
  createEach(doc, NOTES, null);
  groupNotes(doc, { id: 'fees', noteIds: ['w2'], onto: 'w1', title: 'Взносы собираются плохо' }, null);
  return doc;
}

function optionsDoc(): Y.Doc {
  const doc = newBoard();
  createEach(
    doc,
    OPTIONS.map((text, index) => ({ id: `o${index}`, zone: 'options', text, lang: 'ru' })),
    null,
  );
  return doc;
}

const settings: RoundSettings = {
  title: 'Отбор приоритетных направлений',
  of: 'notes',
  method: { kind: 'dots', budget: 3, perOption: 2 },
  secret: true,
  quorum: 0.5,
  cut: 2,
  graceSeconds: 0,
  publish: true,
};

/** Dots in the order of the options; ranks follow from them. */
export function resultOf(dots: readonly number[]): RoundResult {
  const total = dots.reduce((sum, each) => sum + each, 0);
  const options = dots
    .map((each, index): OptionResult => ({
      id: `o${index}`,
      text: OPTIONS[index] ?? '',
      rank: 1 + dots.filter((other) => other > each).length,
      tied: dots.filter((other) => other === each).length > 1,
      dots: each,
      voters: Math.ceil(each / 2),
      answered: 5,
      share: each / total,
      distribution: {},
      byOrganisation: [
        {
          organisationId: 'gamsumo',
          organisationIds: ['gamsumo'],
          name: 'ГАМСУМО',
          dots: each,
          voters: each && 3,
          suppressed: false,
        },
        { organisationId: null, organisationIds: [null], name: '', dots: 0, voters: 3, suppressed: false },
      ],
      desk: { dots: 0, voters: 0 },
    }))
    .sort((a, b) => a.rank - b.rank);
  return {
    options,
    kept: options.slice(0, 2).map(({ id }) => id),
    cutTie: [],
    organisationOrder: [],
    orderFlips: [],
    turnout: { eligible: 6, cast: 5, abstained: 0, paper: 0, proxy: 0 },
    organisationsWithheld: false,
    indicative: false,
    robust: null,
    tieBreaks: [],
    receivedAfterClose: 0,
  };
}

export interface Variant {
  readonly swot?: Y.Doc;
  readonly dots?: readonly number[];
  readonly roundId?: string;
  readonly closed?: boolean;
  readonly attributed?: boolean;
}

export function sourceOf(variant: Variant = {}): SnapshotSource {
  const board = (template: string, id: string, content: Board) => ({
    id,
    template,
    title: templateById(template)?.name ?? '',
    zones: templateById(template)?.zones ?? [],
    content,
    sight: {
      attributed: variant.attributed ?? true,
      authors: new Map([['s1', { authorId: 'person-1', organisationId: 'gamsumo' }]]),
    },
  });
  const doc = optionsDoc();
  return {
    id: 'snapshot-1',
    title: 'Итог дня',
    takenAt: Date.UTC(2020, 2, 9, 11),
    workshop: {
      id: 'w',
      title: { ru: 'Обсуждение проекта стратегии', ky: 'Стратегиянын долбоорун талкуулоо' },
      languages: ['ru', 'ky'],
      timeZone: 'Asia/Bishkek',
      heldOn: '2020-03-09',
      strategy: { id: 'st', title: 'Стратегия' },
    },
    organisations: [{ id: 'gamsumo', name: 'ГАМСУМО', seats: 5, people: 4 }],
    unaffiliated: 1,
    boards: [
      board('situation', 'empty', { notes: [], groups: [] }),
      board('swot', 'swot', readBoard(variant.swot ?? swotDoc(), zonesOf('swot'))),
      board('priorities', 'priorities', readBoard(doc, zonesOf('priorities'))),
    ],
    rounds: [
      {
        id: variant.roundId ?? 'r1',
        boardId: 'priorities',
        settings,
        options: OPTIONS.map((text, index) => ({ id: `o${index}`, text, noteIds: [`o${index}`], zone: 'options' })),
        openedAt: Date.UTC(2020, 2, 9, 10),
        closedAt: variant.closed === false ? null : Date.UTC(2020, 2, 9, 10, 30),
        result: variant.closed === false ? null : resultOf(variant.dots ?? [6, 2, 6]),
      },
    ],
  };
}

export function snapshotOf(variant: Variant = {}): Snapshot {
  return buildSnapshot(sourceOf(variant), sha256).snapshot;
}
