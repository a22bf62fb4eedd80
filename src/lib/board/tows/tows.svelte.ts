/**
 * TOWS on the screen: the matrix as the server tells it, which factors this person has pressed, and the option they are
 * writing or binding anew. Bonds stand beside the document: what is shown is read anew when the room says that they changed.
 */
import { pairOf, type Matrix, type Pair, type Quadrant } from '#core/board/bonds.ts';
import { QUADRANTS, type RatedFactor } from '#core/board/factors.ts';
import { newId } from '#core/ids.ts';
import { api, type ApiFailure } from '$lib/http/api.ts';
import { language } from '$lib/i18n/language.svelte.ts';

export interface TowsMatrix extends Matrix<RatedFactor> {
  /** False while no round has put the factors in order. */
  readonly rated: boolean;
}
export type HeatFactor = TowsMatrix['heat'][number];
export type TowsOption = TowsMatrix['loose'][number];

/** Milliseconds in which what comes together is read together. */
const TOGETHER = 250;
/** What changed on the board of the factors is not told here: looked for now and then. */
const NOW_AND_THEN = 20_000;

export class Tows {
  matrix = $state.raw<TowsMatrix | null>(null);
  failure = $state.raw<ApiFailure | null>(null);
  /** Ids of pressed factors. */
  chosen = $state.raw<readonly string[]>([]);
  text = $state('');
  /** The option that is bound anew; null: a new one is written. */
  editing = $state.raw<TowsOption | null>(null);
  /** Factors beyond the top as well. */
  all = $state(false);
  busy = $state(false);
  readonly #boardId: string;
  #key = newId();
  #soon: ReturnType<typeof setTimeout> | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(boardId: string) {
    this.#boardId = boardId;
  }

  /** @returns how to stop. */
  follow(): () => void {
    void this.load();
    this.#timer = setInterval(() => void this.load(), NOW_AND_THEN);
    return () => {
      clearInterval(this.#timer);
      clearTimeout(this.#soon);
    };
  }

  loadSoon(): void {
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => void this.load(), TOGETHER);
  }

  async load(): Promise<void> {
    const seen = await api<TowsMatrix>('GET', `/boards/${this.#boardId}/matrix`);
    if (seen.ok) [this.matrix, this.failure] = [seen.value, null];
    else if (this.matrix === null) this.failure = seen.failure;
  }

  factor(id: string): HeatFactor | undefined {
    return this.matrix?.heat.find((one) => one.id === id);
  }

  /** The top of a quadrant, or all of it where nobody rated it or all are asked for; what is pressed stays in sight. */
  shown(quadrant: Quadrant): readonly HeatFactor[] {
    const inside = (this.matrix?.heat ?? []).filter((one) => one.quadrant === quadrant);
    if (this.all || !inside.some(({ top }) => top)) return inside;
    return inside.filter(({ id, top }) => top || this.chosen.includes(id));
  }

  /** Top factors (all, where nothing is rated) that no option rests on. */
  get holes(): readonly HeatFactor[] {
    const heat = this.matrix?.heat ?? [];
    const rated = this.matrix?.rated ?? false;
    return heat.filter(({ top, options }) => options === 0 && (top || !rated));
  }

  optionsOf(pair: Pair): readonly TowsOption[] {
    return (this.matrix?.options ?? []).filter((option) => option.pair === pair);
  }

  get hidden(): number {
    const heat = this.matrix?.heat.length ?? 0;
    return heat - QUADRANTS.reduce((sum, quadrant) => sum + this.shown(quadrant).length, 0);
  }

  /** What the pressed factors make; null: no pair yet. */
  get pair(): Pair | null {
    const made = pairOf(this.chosen.flatMap((id) => this.factor(id) ?? []));
    return made.ok ? made.value : null;
  }

  toggle(id: string): void {
    this.chosen = this.chosen.includes(id) ? this.chosen.filter((one) => one !== id) : [...this.chosen, id];
  }

  edit(option: TowsOption): void {
    this.editing = option;
    this.chosen = option.factorIds;
  }

  cancel(): void {
    this.editing = null;
    this.chosen = [];
  }

  /** Writes the option, or binds the one at hand anew; what went wrong, or null. */
  async save(): Promise<ApiFailure | null> {
    if (this.busy) return null;
    this.busy = true;
    const factors = this.chosen.flatMap((id) => {
      const factor = this.factor(id);
      return factor ? [{ boardId: factor.boardId, noteId: id }] : [];
    });
    const done = this.editing
      ? await api('PUT', `/boards/${this.#boardId}/notes/${this.editing.optionId}/factors`, { factors })
      : await api('POST', `/boards/${this.#boardId}/options`, {
          ...{ text: this.text, factors, clientKey: this.#key, language: language.current },
        });
    this.busy = false;
    if (!done.ok) return done.failure;
    if (!this.editing) this.text = '';
    this.#key = newId();
    this.cancel();
    await this.load();
    return null;
  }
}
