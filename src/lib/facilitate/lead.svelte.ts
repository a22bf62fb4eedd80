/**
 * What the facilitator does, as verbs: each is one command to the API. One at a time, because two stages cannot be set
 * at once; a refusal is said in the person's language and leaves everything as it was. Shown is what the room says.
 */
import type { Room } from '#core/room/room.ts';
import { api, type ApiAnswer } from '$lib/http/api.ts';
import { sentence } from '$lib/i18n/refusal.ts';
import { toast } from '$lib/ui/toast.ts';
import type { LedBoard, LedStage, LedWorkshop } from './workshop.ts';

/** Milliseconds in which two who lead are taken to act at the same time. */
const SAME_MOMENT = 1_500;

export interface LeadSource {
  readonly workshop: () => LedWorkshop;
  readonly room: () => Room;
  /** Reads the page's data again. */
  readonly refresh: () => Promise<void>;
}

export class Lead {
  /** Name of the command under way. */
  busy = $state<string | null>(null);
  readonly #source: LeadSource;

  /** The stage that this page set last, and when somebody else set another (epoch milliseconds). */
  #set: string | null = null;
  #overtaken = 0;

  /** Call where effects live. */
  constructor(source: LeadSource) {
    this.#source = source;
    let last: string | undefined;
    $effect(() => {
      const now = this.room.stage?.id;
      if (last !== undefined && now !== last && now !== this.#set) this.#overtaken = Date.now();
      last = now ?? last;
    });
  }

  get workshop(): LedWorkshop {
    return this.#source.workshop();
  }
  get room(): Room {
    return this.#source.room();
  }
  /** Place of the stage at hand in the agenda; -1 before the first. */
  get place(): number {
    const id = this.room.stage?.id ?? this.workshop.stage;
    return this.workshop.stages.findIndex((stage) => stage.id === id);
  }
  get stage(): LedStage | null {
    return this.workshop.stages[this.place] ?? null;
  }
  get next(): LedStage | null {
    return this.workshop.stages.slice(this.place + 1).find(({ skipped }) => !skipped) ?? null;
  }
  /** The board that the stage is about, or the first. */
  get board(): LedBoard | null {
    const { boards } = this.workshop;
    return boards.find(({ id }) => id === this.stage?.boardId) ?? boards[0] ?? null;
  }
  get finished(): boolean {
    return this.room.status === 'closed' || this.workshop.status === 'closed';
  }

  /** Runs one command; says what went wrong. Answers null then. */
  async run<T>(name: string, command: () => Promise<ApiAnswer<T>>): Promise<T | null> {
    if (this.busy !== null) return null;
    this.busy = name;
    try {
      const answer = await command();
      if (!answer.ok) {
        toast(answer.failure.message, { tone: 'warn', key: 'lead-failed' });
        // What is shown may be older than what is: another one leads as well.
        if (answer.failure.status === 409) await this.#source.refresh();
        return null;
      }
      await this.#source.refresh();
      return answer.value;
    } finally {
      this.busy = null;
    }
  }

  #setStage(name: string, change: Record<string, unknown>, stageId = this.stage?.id): Promise<unknown> {
    return this.run(name, () => api('POST', `/workshops/${this.workshop.id}/stage`, { stageId, ...change }));
  }

  /** Going on is decided on what is seen: of two leaders in one second one wins and the other is told. */
  goTo(stage: LedStage): Promise<unknown> {
    // The words on the button changed under the finger: what is pressed is not what was meant.
    if (Date.now() - this.#overtaken < SAME_MOMENT) {
      toast(sentence({ code: 'changed-meanwhile' }), { tone: 'warn', key: 'lead-failed' });
      return Promise.resolve(null);
    }
    this.#set = stage.id;
    const { revision } = this.room;
    const seen = revision === null ? {} : { revision };
    return this.#setStage('stage', { seconds: (stage.minutes ?? 0) * 60, ...seen }, stage.id);
  }
  timer(act: 'start' | 'pause' | 'resume' | 'add' | 'stop', minutes?: number): Promise<unknown> {
    const seconds = minutes === undefined ? {} : { seconds: minutes * 60 };
    return this.run('timer', () => api('POST', `/workshops/${this.workshop.id}/timer`, { act, ...seconds }));
  }
  writeNameless(anonymous: boolean): Promise<unknown> {
    return this.#setStage('anonymous', { anonymous });
  }
  setAgenda(stages: readonly Record<string, unknown>[]): Promise<unknown> {
    const { revision } = this.room;
    return this.run('agenda', () =>
      api('PUT', `/workshops/${this.workshop.id}/agenda`, { stages, ...(revision !== null && { revision }) }),
    );
  }
  /** Calls every screen to a board or an area of it; null lets them go. */
  call(boardId: string | null, zone: string | null = null): Promise<unknown> {
    return this.run('call', () => api('POST', `/workshops/${this.workshop.id}/focus`, { boardId, zone }));
  }
  lockZones(boardId: string, zones: readonly string[]): Promise<unknown> {
    return this.run('zones', () => api('PUT', `/boards/${boardId}/locks`, { zones }));
  }
  lowerHands(person: string | null): Promise<unknown> {
    const query = person === null ? '' : `?person=${person}`;
    return this.run('hands', () => api('DELETE', `/workshops/${this.workshop.id}/hands${query}`));
  }
  /** @param accountId to whom it is handed; left out: taken. */
  takeLead(accountId?: string): Promise<unknown> {
    return this.run('lead', () => api('POST', `/workshops/${this.workshop.id}/lead`, { accountId }));
  }
  /** Whoever began it. */
  endFollowing(): Promise<unknown> {
    return this.run('follow', () => api('PUT', `/workshops/${this.workshop.id}/follow`, { view: null }));
  }
  lock(locked: boolean): Promise<unknown> {
    return this.#setStage('lock', { locked });
  }
  writeApart(apart: boolean): Promise<unknown> {
    return this.#setStage('private', { private: apart });
  }
  /** @param zone one area; left out: everything that was written. */
  reveal(zone?: string): Promise<unknown> {
    const boardId = this.board?.id;
    return this.run('reveal', () => api('POST', `/workshops/${this.workshop.id}/reveal`, { boardId, zone }));
  }
  /** One note by lot, large on every screen. */
  revealOne(): Promise<unknown> {
    const boardId = this.board?.id;
    const path = `/workshops/${this.workshop.id}` as const;
    return this.run('reveal-one', async () => {
      const shown = await api<{ noteIds: string[] }>('POST', `${path}/reveal`, { boardId, count: 1 });
      const noteId = shown.ok ? shown.value.noteIds[0] : undefined;
      return noteId === undefined ? shown : api<unknown>('POST', `${path}/focus`, { boardId, noteId });
    });
  }
  change(name: string, change: Record<string, unknown>): Promise<unknown> {
    return this.run(name, () => api('PATCH', `/workshops/${this.workshop.id}`, change));
  }
  removePerson(id: string): Promise<unknown> {
    return this.run('remove', () => api('DELETE', `/workshops/${this.workshop.id}/participants/${id}`));
  }
  /** `seconds`: it closes by itself after so long. */
  openRound(id: string, seconds: number | null = null): Promise<unknown> {
    return this.run('open', () => api('POST', `/rounds/${id}/open`, { seconds }));
  }
  extendRound(id: string, seconds: number): Promise<unknown> {
    return this.run('extend', () => api('POST', `/rounds/${id}/extend`, { seconds }));
  }
  changeRound(id: string, change: Record<string, unknown>): Promise<unknown> {
    return this.run('change-round', () => api('PATCH', `/rounds/${id}`, change));
  }
  /** One press: the run-off is made and open. */
  runOff(id: string): Promise<unknown> {
    return this.run('run-off', async () => {
      const made = await api<{ id: string }>('POST', `/rounds/${id}/run-off`, {});
      return made.ok ? api('POST', `/rounds/${made.value.id}/open`, {}) : made;
    });
  }
  decide(id: string, optionIds: readonly string[], reason: string): Promise<unknown> {
    return this.run('decide', () => api('POST', `/rounds/${id}/decision`, { optionIds, reason }));
  }
  revote(id: string, optionIds: readonly string[]): Promise<unknown> {
    return this.run('revote', () => api('POST', `/rounds/${id}/re-vote`, { optionIds }));
  }
  closeRound(id: string): Promise<unknown> {
    return this.run('close', () => api('POST', `/rounds/${id}/close`, {}));
  }
  discardRound(id: string): Promise<unknown> {
    return this.run('discard', () => api('DELETE', `/rounds/${id}`));
  }
  takeSnapshot(title: string): Promise<unknown> {
    return this.run('snapshot', () => api('POST', `/workshops/${this.workshop.id}/snapshots`, { title }));
  }
}
