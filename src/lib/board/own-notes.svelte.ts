/**
 * Notes written by command, in private and anonymous work: nobody else sees them before the reveal, and they never enter
 * the shared document from here. What cannot be sent yet is kept on the device and sent again under the same key, so that
 * no note is lost and none is written twice; and only in the stage in which it was written, so that nothing turns up later
 * by itself.
 */
import { checkText } from '#core/board/edit.ts';
import type { Colour } from '#core/board/schema.ts';
import { newId } from '#core/ids.ts';
import { api } from '$lib/http/api.ts';
import { sentence } from '$lib/i18n/refusal.ts';
import { toast } from '$lib/ui/toast.ts';
import { dropKept, keepWaiting, waitingNotes } from './kept-notes.ts';

export interface OwnNote {
  /** The command's key until the server has named it. */
  readonly key: string;
  readonly id: string | null;
  readonly zone: string;
  readonly text: string;
  readonly colour: Colour;
  /** Why the facilitator set it aside. */
  readonly setAside?: string | undefined;
}

interface SeenBoard {
  readonly notes: readonly {
    id: string;
    zone: string;
    text: string;
    colour: Colour;
    private?: boolean;
    setAside?: string;
  }[];
}

const RETRY = 5_000;

export class OwnNotes {
  /** Oldest first; those without an id wait on this device. */
  notes = $state.raw<readonly OwnNote[]>([]);
  readonly #boardId: string;
  readonly #personId: string;
  readonly #stageId: string | null;
  readonly #onpassed: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sending = false;
  #destroyed = false;

  /** @param onpassed a note came too late for its stage: it waits for its writer. */
  constructor(boardId: string, personId: string, stageId: string | null, onpassed: () => void) {
    this.#boardId = boardId;
    this.#personId = personId;
    this.#stageId = stageId;
    this.#onpassed = onpassed;
    this.notes = waitingNotes(boardId, personId, stageId).map((note) => ({ ...note, id: null }));
  }

  /** Brings what the server has, and sends what waits. */
  async load(): Promise<void> {
    const seen = await api<SeenBoard>('GET', `/boards/${this.#boardId}`);
    if (this.#destroyed) return;
    if (seen.ok) {
      const own = seen.value.notes.filter((note) => note.private);
      const known = new Map(this.notes.map((note) => [note.id, note]));
      this.notes = [
        ...own.map(({ id, zone, text, colour, setAside }) => ({
          key: known.get(id)?.key ?? id,
          id,
          zone,
          text,
          colour,
          setAside,
        })),
        ...this.notes.filter(({ id }) => id === null),
      ];
    }
    await this.#send();
  }

  write(zone: string, text: string, colour: Colour): boolean {
    const checked = checkText(text);
    if (!checked.ok) {
      toast(sentence(checked.refusal), { tone: 'warn' });
      return false;
    }
    this.#set([...this.notes, { key: newId(), id: null, zone, text: checked.value, colour }]);
    void this.#send();
    return true;
  }

  async change(note: OwnNote, text: string): Promise<void> {
    const checked = checkText(text);
    if (!checked.ok) return toast(sentence(checked.refusal), { tone: 'warn' });
    this.#set(this.notes.map((each) => (each.key === note.key ? { ...each, text: checked.value } : each)));
    if (note.id === null) return;
    const done = await api('PATCH', `/boards/${this.#boardId}/notes/${note.id}`, { text: checked.value });
    if (done.ok) return;
    this.#set(this.notes.map((each) => (each.key === note.key ? note : each)));
    toast(done.failure.message, { tone: 'warn' });
  }

  async remove(note: OwnNote): Promise<void> {
    this.#set(this.notes.filter(({ key }) => key !== note.key));
    if (note.id === null) return;
    const done = await api('DELETE', `/boards/${this.#boardId}/notes/${note.id}`);
    if (done.ok || done.failure.code === 'not-found') return;
    this.#set([...this.notes, note]);
    toast(done.failure.message, { tone: 'warn' });
  }

  async #send(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    clearTimeout(this.#timer);
    for (let note = this.#next(); note; note = this.#next()) {
      const { key, zone, text, colour } = note;
      const made = await api<{ id: string }>('POST', `/boards/${this.#boardId}/notes`, {
        zone,
        text,
        colour,
        clientKey: key,
        ...(this.#stageId !== null && { stageId: this.#stageId }),
      });
      if (made.ok) {
        this.#took(key, made.value.id);
        continue;
      }
      if (made.failure.code === 'stage-passed') {
        this.#onpassed();
        break;
      }
      // Not reached, or busy: again in a while. A refusal stands: it is said, and the note stays to be copied.
      const { status } = made.failure;
      if (status !== 0 && status !== 429 && status < 500) {
        toast(made.failure.message, { tone: 'warn', key: made.failure.code ?? 'own-notes' });
        break;
      }
      this.#timer = setTimeout(() => void this.#send(), (made.failure.retryAfter ?? 0) * 1000 || RETRY);
      break;
    }
    this.#sending = false;
  }

  #took(key: string, id: string): void {
    // The stage may have gone on meanwhile, and what was on its way been put aside.
    dropKept(this.#boardId, this.#personId, key);
    this.#set(this.notes.map((each) => (each.key === key ? { ...each, id } : each)));
  }

  #next(): OwnNote | undefined {
    return this.#destroyed ? undefined : this.notes.find(({ id }) => id === null);
  }

  #set(notes: readonly OwnNote[]): void {
    this.notes = notes;
    if (this.#destroyed) return;
    const waiting = notes.filter(({ id }) => id === null);
    keepWaiting(
      this.#boardId,
      this.#personId,
      waiting.map(({ key, zone, text, colour }) => ({
        ...{ key, zone, text, colour },
        boardId: this.#boardId,
        stageId: this.#stageId,
      })),
    );
  }

  destroy(): void {
    this.#destroyed = true;
    clearTimeout(this.#timer);
  }
}
