/** A table as writers need it: every row fills the grid exactly, whatever spans an editor or an import left behind. */
import { cell as emptyCell, type Cell } from '#core/export/tree.ts';

export type Placed = Cell & { readonly column: number };

/** Cuts spans that leave the table or run into another cell, and fills what is missing with empty cells. */
export function gridRows(rows: readonly (readonly Cell[])[], across: number): Placed[][] {
  /** How many further rows each column is taken by a cell above. */
  const taken = Array.from({ length: across }, () => 0);
  return rows.flatMap((row, index) => {
    const placed: Placed[] = [];
    const waiting = [...row];
    for (let column = 0; column < across;) {
      if ((taken[column] ?? 0) > 0) {
        column++;
        continue;
      }
      const { colSpan = 1, rowSpan = 1, ...cell } = waiting.shift() ?? emptyCell('');
      let width = 1;
      while (width < colSpan && column + width < across && (taken[column + width] ?? 0) === 0) width++;
      const height = Math.max(1, Math.min(rowSpan, rows.length - index));
      placed.push({
        ...cell,
        column,
        ...(width > 1 ? { colSpan: width } : {}),
        ...(height > 1 ? { rowSpan: height } : {}),
      });
      for (let at = column; at < column + width; at++) taken[at] = height;
      column += width;
    }
    // Cells beyond the last column would be lost: they go below each other into the last one.
    const last = placed.at(-1);
    if (last && waiting.length > 0)
      placed[placed.length - 1] = { ...last, blocks: [...last.blocks, ...waiting.flatMap(({ blocks }) => blocks)] };
    for (let at = 0; at < across; at++) taken[at] = Math.max(0, (taken[at] ?? 0) - 1);
    return placed.length > 0 ? [placed] : [];
  });
}
