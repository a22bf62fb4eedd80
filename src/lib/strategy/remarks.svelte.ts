/**
 * Comments and suggestions on the page of a draft. They come from the server whole; a sign in the shared document says when
 * there is news, so that everybody's list is the same within a moment.
 */
import type * as Y from 'yjs';
import { passagesOf } from '#core/strategy/passages.ts';
import type { RemarkInput, RemarkState } from '#core/strategy/remark.ts';
import type { App } from '#server/app.ts';
import { api } from '$lib/http/api.ts';
import { toast } from '$lib/ui/toast.ts';
import { m } from '#messages/messages.js';

type Listed = Extract<Awaited<ReturnType<App['remarks']['list']>>, { ok: true }>['value'];
export type ListedRemark = Listed['remarks'][number];

const NOTHING: Listed = {
  may: { comment: false, suggest: false, settle: false },
  collecting: null,
  remarks: [],
};

export class Remarks {
  list = $state.raw<Listed>(NOTHING);
  /** Keys of the paragraphs that are there, in reading order. */
  order = $state.raw<ReadonlyMap<string, number>>(new Map());
  readonly #path: string;
  #doc: Y.Doc | null = null;

  constructor(strategyId: string) {
    this.#path = `/strategies/${strategyId}/remarks`;
  }

  /** Open ones in the order of the text, those on the whole draft first. */
  get open(): readonly ListedRemark[] {
    return this.list.remarks.filter(({ state }) => state === 'open').sort((a, b) => this.#place(a) - this.#place(b));
  }

  #place({ passage }: ListedRemark): number {
    return passage === null ? -1 : (this.order.get(passage) ?? Infinity);
  }

  /** Follows a document: reads now, and whenever it says that there is news. Returns how to stop. */
  follow(doc: Y.Doc): () => void {
    this.#doc = doc;
    const meta = doc.getMap('meta');
    const look = (event: Y.YMapEvent<unknown>) => event.keysChanged.has('remarks') && void this.load();
    meta.observe(look);
    void this.load();
    return () => meta.unobserve(look);
  }

  async load(): Promise<void> {
    const answer = await api<Listed>('GET', this.#path);
    if (answer.ok) this.list = answer.value;
    this.look();
  }

  /** Reads the order of the paragraphs anew. */
  look(): void {
    if (this.#doc) this.order = new Map(passagesOf(this.#doc).map(({ key }, at) => [key, at]));
  }

  /** A sentence where it was refused; null: it is kept. */
  async add(input: RemarkInput): Promise<string | null> {
    const answer = await api('POST', this.#path, input);
    if (!answer.ok) return answer.failure.message;
    toast(m.remark_sent(), { tone: 'good' });
    await this.load();
    return null;
  }

  async reply({ id }: ListedRemark, body: string): Promise<string | null> {
    const answer = await api('POST', `${this.#path}/${id}/replies`, { body });
    if (answer.ok) await this.load();
    return answer.ok ? null : answer.failure.message;
  }

  async settle({ id }: ListedRemark, state: RemarkState, answer?: string): Promise<string | null> {
    const done = await api('POST', `${this.#path}/${id}/settle`, { state, ...(answer !== undefined && { answer }) });
    await this.load();
    return done.ok ? null : done.failure.message;
  }
}
