/** Whether a board holds the actions of the last programme. */
export function isReview(board: { readonly zones: readonly { readonly id: string }[] }): boolean {
  return board.zones.some(({ id }) => id === 'actions');
}
