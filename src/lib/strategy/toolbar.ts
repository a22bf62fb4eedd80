/**
 * A toolbar is one stop of the Tab key; arrows move within it. Pressing with a pointer leaves the caret in the text. The
 * buttons are found anew at each step, because they come and go with what is selected.
 */
export function asToolbar(bar: HTMLElement): () => void {
  const stops = (): HTMLElement[] => [...bar.querySelectorAll<HTMLElement>('button')];
  const only = (current: HTMLElement | undefined) => {
    for (const stop of stops()) stop.tabIndex = stop === current ? 0 : -1;
  };
  const keydown = (event: KeyboardEvent) => {
    const all = stops();
    const at = all.indexOf(document.activeElement as HTMLElement);
    if (at < 0) return;
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const stop = all[(next + all.length) % all.length];
    only(stop);
    stop?.focus();
  };
  const focusin = (event: FocusEvent) => only(stops().find((stop) => stop === event.target));
  const mousedown = (event: MouseEvent) => event.preventDefault();
  only(stops()[0]);
  bar.addEventListener('keydown', keydown);
  bar.addEventListener('focusin', focusin);
  bar.addEventListener('mousedown', mousedown);
  return () => {
    bar.removeEventListener('keydown', keydown);
    bar.removeEventListener('focusin', focusin);
    bar.removeEventListener('mousedown', mousedown);
  };
}
