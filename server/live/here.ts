/**
 * Who is in which workshop, on this instance and on the others. Each tells the others whom it has; who is on two instances
 * (a phone and a laptop) is one person.
 */
import * as v from 'valibot';
import { asJson, fromJson, type Bus } from './bus.ts';
import type { LivePerson, Presence } from './ports.ts';

/** Words of one moment are told together. */
const GATHER_MS = 100;
const REPEAT_MS = 10_000;
const LOOK_MS = 2_000;
/** An instance that was not heard for so long is gone, and its people with it. */
const GONE_MS = 5_000;

const TOLD = v.object({
  workshopId: v.string(),
  people: v.array(
    v.object({
      personId: v.string(),
      kind: v.picklist(['participant', 'account', 'screen']),
      organisationId: v.nullable(v.string()),
    }),
  ),
});
export type Somebody = Pick<LivePerson, 'personId' | 'kind' | 'organisationId'>;

interface Elsewhere {
  heardAt: number;
  readonly rooms: Map<string, readonly Somebody[]>;
}

export class Here implements Presence {
  readonly #bus: Bus | null;
  /** Told that a room should be projected again: something changed on this instance, or one is gone. */
  readonly #changed: (workshopId: string) => void;
  readonly #rooms = new Map<string, Map<string, { person: LivePerson; sockets: number }>>();
  readonly #elsewhere = new Map<string, Elsewhere>();
  readonly #telling = new Map<string, NodeJS.Timeout>();
  readonly #repeating: NodeJS.Timeout;
  readonly #looking: NodeJS.Timeout;

  constructor(bus: Bus | null, changed: (workshopId: string) => void) {
    this.#bus = bus;
    this.#changed = changed;
    bus?.on('here', (body, from) => this.#hear(body, from));
    bus?.on('bye', (_body, from) => this.#forget(from));
    bus?.on('beat', (_body, from) => {
      const known = this.#elsewhere.get(from);
      if (known) known.heardAt = Date.now();
    });
    bus?.onReturn(() => this.#tellAll());
    this.#repeating = setInterval(() => this.#tellAll(), REPEAT_MS).unref();
    this.#looking = setInterval(() => this.#look(), LOOK_MS).unref();
  }

  joined(workshopId: string, person: LivePerson): void {
    const room = this.#rooms.get(workshopId) ?? new Map<string, { person: LivePerson; sockets: number }>();
    this.#rooms.set(workshopId, room);
    room.set(person.personId, { person, sockets: (room.get(person.personId)?.sockets ?? 0) + 1 });
    this.#tellSoon(workshopId);
    this.#changed(workshopId);
  }

  left(workshopId: string, person: LivePerson): void {
    const room = this.#rooms.get(workshopId);
    const known = room?.get(person.personId);
    if (!room || !known) return;
    if (known.sockets > 1) room.set(person.personId, { person, sockets: known.sockets - 1 });
    else room.delete(person.personId);
    if (room.size === 0) this.#rooms.delete(workshopId);
    this.#tellSoon(workshopId);
    this.#changed(workshopId);
  }

  /** Everybody who is in a workshop, each once. */
  in(workshopId: string): readonly Somebody[] {
    const people = new Map<string, Somebody>();
    for (const { rooms } of this.#elsewhere.values())
      for (const person of rooms.get(workshopId) ?? []) people.set(person.personId, person);
    for (const { person } of this.#rooms.get(workshopId)?.values() ?? []) people.set(person.personId, person);
    return [...people.values()];
  }

  close(): void {
    clearInterval(this.#repeating);
    clearInterval(this.#looking);
    for (const timer of this.#telling.values()) clearTimeout(timer);
    this.#telling.clear();
  }

  #tellSoon(workshopId: string): void {
    if (this.#bus === null || this.#telling.has(workshopId)) return;
    const telling = setTimeout(() => {
      this.#telling.delete(workshopId);
      this.#tell(workshopId);
    }, GATHER_MS);
    this.#telling.set(workshopId, telling);
  }

  #tell(workshopId: string): void {
    const people = [...(this.#rooms.get(workshopId)?.values() ?? [])].map(
      ({ person: { personId, kind, organisationId } }) => ({ personId, kind, organisationId }),
    );
    void this.#bus?.publish('here', asJson({ workshopId, people }));
  }

  #tellAll(): void {
    for (const workshopId of this.#rooms.keys()) this.#tell(workshopId);
  }

  #look(): void {
    // While the bus is away nobody is heard, and nobody is gone for that.
    if (this.#bus?.isUp !== true) return this.#elsewhere.forEach((one) => (one.heardAt = Date.now()));
    for (const [from, { heardAt }] of this.#elsewhere) if (Date.now() - heardAt > GONE_MS) this.#forget(from);
  }

  #hear(body: Uint8Array, from: string): void {
    const { workshopId, people } = v.parse(TOLD, fromJson(body));
    const rooms = this.#elsewhere.get(from)?.rooms ?? new Map<string, readonly Somebody[]>();
    this.#elsewhere.set(from, { heardAt: Date.now(), rooms });
    // Who tells it projects it as well; this instance only holds it against what it sees then.
    if (people.length > 0) rooms.set(workshopId, people);
    else rooms.delete(workshopId);
  }

  #forget(from: string): void {
    const gone = this.#elsewhere.get(from);
    this.#elsewhere.delete(from);
    for (const workshopId of gone?.rooms.keys() ?? []) this.#changed(workshopId);
  }
}
