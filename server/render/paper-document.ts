/** The sheets of a round as a document of pdfmake: what is drawn where. Pure, so that a test can read it. */
import { correction, generate } from 'lean-qr';
import { toSvgSource } from 'lean-qr/extras/svg';
import type { Column, Content, CustomTableLayout, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { optionOrder } from '#core/voting/order.ts';
import type { Method } from '#core/voting/types.ts';
import { m } from '#messages/messages.js';
import type { PaperBallots } from './paper-ballots.ts';

type Locale = { readonly locale: PaperBallots['language'] };
const BOX = 11;
const INK = '#2b2118';

const box = (round = false): Column => ({
  width: BOX + 5,
  canvas: [
    round
      ? { type: 'ellipse', x: BOX / 2, y: BOX / 2 + 2, r1: BOX / 2, r2: BOX / 2, lineColor: INK }
      : { type: 'rect', x: 0, y: 2, w: BOX, h: BOX, lineColor: INK },
  ],
});

function howTo(method: Method, ky: Locale): string {
  switch (method.kind) {
    case 'dots':
      return m.paper_dots({ budget: method.budget, cap: method.perOption }, ky);
    case 'score':
      return m.paper_score({ min: method.min, max: method.max }, ky);
    case 'ranking':
      return m.paper_ranking({}, ky);
    case 'consent':
    case 'verdict':
      return m.paper_choices({}, ky);
  }
}

const ticks = (labels: readonly string[]): Content => ({
  stack: labels.map((label) => ({ columns: [box(), { text: label, width: '*' }], columnGap: 2, margin: [0, 0, 0, 2] })),
});

/** A thin line between options, none that looks like a heading's. */
const LINES: CustomTableLayout = {
  hLineWidth: (at, { table }) => (at === 0 || at === table.body.length ? 0 : 0.5),
  vLineWidth: () => 0,
  hLineColor: () => '#8c8279',
  paddingTop: () => 4,
  paddingBottom: () => 2,
};

/** What stands beside an option, to be filled in by hand. */
function field(method: Method, ky: Locale): Content {
  switch (method.kind) {
    case 'dots':
      // More than ten circles nobody counts: there a number is written.
      return method.perOption > 10
        ? box()
        : { columns: Array.from({ length: method.perOption }, () => box(true)), columnGap: 1 };
    case 'score':
      return {
        stack: method.criteria.map(({ name }) => ({
          columns: [box(), { text: name, width: '*' }],
          columnGap: 2,
          margin: [0, 0, 0, 2],
        })),
      };
    case 'ranking':
      return box();
    case 'consent':
      return {
        stack: [
          ticks([m.vote_consent_support({}, ky), m.vote_consent_live_with({}, ky), m.vote_consent_object({}, ky)]),
          { text: m.paper_reason({}, ky), fontSize: 8, margin: [0, 1, 0, 11] },
          {
            canvas: [{ type: 'line', x1: 0, y1: 0, x2: WIDTH.consent - 8, y2: 0, lineWidth: 0.5, lineColor: INK }],
            margin: [0, 0, 0, 3],
          },
        ],
      };
    case 'verdict':
      return ticks(method.choices);
  }
}

const WIDTH: Readonly<Record<Method['kind'], number>> = {
  dots: 130,
  score: 150,
  ranking: 30,
  consent: 170,
  verdict: 150,
};

function sheet(ballots: PaperBallots, { number, code }: PaperBallots['sheets'][number], last: boolean): Content {
  const ky = { locale: ballots.language };
  const texts = new Map(ballots.options.map(({ id, text }) => [id, text]));
  const order = optionOrder(
    ballots.options.map(({ id }) => id),
    `${ballots.roundId} sheet ${number}`,
  );
  const link = `${ballots.deskUrl}&sheet=${number}&code=${code}`;
  const rows: TableCell[][] = order.map((id) => [
    { text: texts.get(id) ?? '', margin: [0, 2, 4, 4] },
    field(ballots.method, ky),
  ]);
  /** A ballot of many options takes several pages, and a page alone must still say whose it is. */
  const onEachPage: TableCell[] = [
    { text: `${m.paper_title({ number }, ky)} · ${code}`, colSpan: 2, fontSize: 7, color: '#6b6159' },
    {},
  ];
  const width =
    ballots.method.kind === 'dots'
      ? Math.min(10, ballots.method.perOption) * (BOX + 6) + 6
      : WIDTH[ballots.method.kind];
  return {
    stack: [
      {
        columns: [
          {
            width: '*',
            stack: [
              { text: ballots.workshop, fontSize: 9 },
              { text: ballots.title, fontSize: 15, bold: true, margin: [0, 2, 0, 6] },
              { text: m.paper_title({ number }, ky), fontSize: 12, bold: true },
              { text: m.paper_code({ code }, ky), characterSpacing: 1 },
            ],
          },
          { width: 84, svg: toSvgSource(generate(link, { minCorrectionLevel: correction.M })), fit: [84, 84] },
        ],
      },
      { text: howTo(ballots.method, ky), margin: [0, 10, 0, 8] },
      {
        table: { headerRows: 1, widths: ['*', width], body: [onEachPage, ...rows], dontBreakRows: true },
        layout: LINES,
      },
      { columns: [box(), { text: m.paper_abstain({}, ky), width: '*' }], columnGap: 4, margin: [0, 12, 0, 8] },
      { text: m.paper_foot({}, ky), fontSize: 8 },
    ],
    ...(last ? {} : { pageBreak: 'after' as const }),
  };
}

export function paperDocument(ballots: PaperBallots): TDocumentDefinitions {
  return {
    pageSize: 'A4',
    pageMargins: [48, 44, 48, 44],
    info: { title: ballots.title },
    language: ballots.language,
    content: ballots.sheets.map((each, at) => sheet(ballots, each, at === ballots.sheets.length - 1)),
    defaultStyle: { fontSize: 11, color: INK, lineHeight: 1.15 },
  };
}
