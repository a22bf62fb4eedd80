/** The gallery's board lives in the browser only: there is nothing to render on the server. */
export const ssr = false;
