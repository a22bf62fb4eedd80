/**
 * Lines that flow into columns as wide as their window, each column a page; the pages turn by themselves, so that nothing
 * on the wall stays unseen.
 */
const SECONDS_A_PAGE = 9;

export class Pages {
  count = $state(1);
  #turn = $state(0);

  /** The page on show, from 0. */
  get page(): number {
    return this.#turn % this.count;
  }

  /** An attachment of the element that flows. */
  readonly measure = (flow: HTMLElement): (() => void) => {
    const read = () => {
      const gap = parseFloat(getComputedStyle(flow).columnGap) || 0;
      this.count = Math.max(1, Math.round((flow.scrollWidth + gap) / (flow.clientWidth + gap)));
    };
    const sizes = new ResizeObserver(read);
    sizes.observe(flow);
    const changes = new MutationObserver(read);
    changes.observe(flow, { childList: true, subtree: true, characterData: true });
    read();
    const timer = setInterval(() => this.#turn++, SECONDS_A_PAGE * 1000);
    return () => {
      sizes.disconnect();
      changes.disconnect();
      clearInterval(timer);
    };
  };
}
