/** What ResultBars and its table show; the caller makes it from a round's result, best first. */

export interface ResultRow {
  id: string;
  label: string;
  rank: number;
  value: number;
  tied?: boolean;
  /** One step of one ballot or less from a neighbour: a number a band; left out: in none. */
  band?: number;
  /** Stands elsewhere where each organisation has one vote. */
  flips?: boolean;
  /** False below the cut; where nothing is cut, leave it out. */
  kept?: boolean;
  /** Small print: "9 of 11 voters". */
  note?: string;
}

export interface ResultColumn {
  title: string;
  cell: (row: ResultRow) => string;
}
