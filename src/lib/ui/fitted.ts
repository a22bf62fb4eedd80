/** How large the words of a note are written: few large, many small, so that a sheet stays a sheet. */

/** Pixels at a body size of 16: 20 down to 15. */
export function fittedSize(text: string): number {
  if (text.length <= 36) return 20;
  if (text.length <= 80) return 18;
  return text.length <= 150 ? 16 : 15;
}
