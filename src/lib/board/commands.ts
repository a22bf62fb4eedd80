/**
 * The board's verbs by command, where nobody writes into the document itself (private and anonymous work, DESIGN "Where
 * truth lives"): each is what the API takes, one after another, and the change is seen when the server has written it.
 * There is no undo: the server writes for everybody, and whose step was last nobody is told.
 */
import type { Colour } from '#core/board/schema.ts';
import { api, type ApiAnswer } from '$lib/http/api.ts';
import { toast } from '$lib/ui/toast.ts';

interface Place {
  readonly id: string;
  readonly zone: string;
  readonly x?: number;
  readonly y?: number;
}

type Call = readonly [method: 'POST' | 'PATCH' | 'DELETE', path: string, body?: Readonly<Record<string, unknown>>];

export interface CommandOptions {
  readonly boardId: string;
  /** A new note: written beside the board, on one's own. */
  readonly compose: (zone: string) => void;
  /** Puts a text among one's own notes; false where it was not taken. */
  readonly write: (zone: string, text: string, colour: Colour) => boolean;
}

export class BoardCommands {
  readonly compose: (zone: string) => void;
  readonly write: CommandOptions['write'];
  readonly #path: string;
  /** One after another: a group must be there before it is named. */
  #last: Promise<unknown> = Promise.resolve();

  constructor({ boardId, compose, write }: CommandOptions) {
    this.#path = `/boards/${boardId}`;
    this.compose = compose;
    this.write = write;
  }

  paint = (ids: readonly string[], colour: Colour) => this.#changeEach(ids, { colour });
  delete = (ids: readonly string[]) => this.#send(ids.map((id) => ['DELETE', `/notes/${id}`]));
  reword = (id: string, text: string) => this.#changeEach([id], { text });
  leaveGroup = (ids: readonly string[]) => this.#changeEach(ids, { groupId: null });
  reorder = (id: string, beside: { before: string } | { after: string }) => this.#changeEach([id], beside);
  name = (id: string, title: string) => this.#send([['PATCH', `/groups/${id}`, { title }]]);
  ungroup = (id: string) => this.#send([['DELETE', `/groups/${id}`]]);

  place(notes: readonly Place[], groups: readonly Place[]): Promise<unknown> {
    const call = (kind: string, { id, zone, x, y }: Place): Call => [
      'PATCH',
      `/${kind}/${id}`,
      { zone, ...(x !== undefined && y !== undefined && { x: Math.round(x), y: Math.round(y) }) },
    ];
    return this.#send([...notes.map((one) => call('notes', one)), ...groups.map((one) => call('groups', one))]);
  }

  /** @param onto a note or a group. Answers the group's id, or null. */
  async group(
    noteIds: readonly string[],
    onto?: { readonly id: string; readonly isGroup: boolean },
  ): Promise<string | null> {
    if (onto?.isGroup) return (await this.#send([['PATCH', `/groups/${onto.id}`, { noteIds }]])) ? onto.id : null;
    const made = await this.#send([['POST', '/groups', { noteIds, ...(onto && { onto: onto.id }) }]]);
    return (made as { id: string } | null)?.id ?? null;
  }

  #changeEach(ids: readonly string[], change: Readonly<Record<string, unknown>>): Promise<unknown> {
    return this.#send(ids.map((id) => ['PATCH', `/notes/${id}`, change]));
  }

  /** The last answer; null where one was refused, which is said, and then those after it are not sent. */
  #send(calls: readonly Call[]): Promise<unknown> {
    const sent = this.#last.then(async () => {
      let value: unknown = null;
      for (const [method, path, body] of calls) {
        const done: ApiAnswer<unknown> = await api(method, this.#path + path, body);
        if (!done.ok) {
          toast(done.failure.message, { tone: 'warn', key: done.failure.code ?? 'board-command' });
          return null;
        }
        value = done.value ?? {};
      }
      return value;
    });
    this.#last = sent;
    return sent;
  }
}
