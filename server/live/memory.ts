/**
 * The live path's ports, held in memory: for the tests, and wherever a live server is wanted without a store. They keep
 * what the store keeps and forget it with the process.
 */
import type { Caller } from '#core/people/caller.ts';
import { NOBODY } from '#core/people/caller.ts';
import type {
  Access,
  Append,
  DocumentRights,
  LivePerson,
  LoggedUpdate,
  LogMark,
  LogReading,
  Presence,
  UpdateLog,
} from './ports.ts';

interface MemoryRow extends LoggedUpdate {
  readonly document: string;
  readonly personId: string | null;
}

export class MemoryLog implements UpdateLog {
  rows: MemoryRow[] = [];
  readonly states = new Map<string, { state: Uint8Array; upTo: number }>();
  readonly owners = new Map<string, string>();
  readonly refused = new Map<string, Set<number>>();
  readonly createdNotes: { document: string; noteId: string; personId: string | null }[] = [];
  /** Each commit's number of edits. */
  readonly batches: number[] = [];
  /** Set: every call that writes rejects with it. */
  failure: Error | null = null;
  /** Milliseconds that a commit takes. */
  delay = 0;
  #seq = 0;

  async append(edits: readonly Append[]): Promise<readonly number[]> {
    if (this.delay > 0) await new Promise((resolve) => setTimeout(resolve, this.delay));
    if (this.failure) throw this.failure;
    if (edits.some(({ document }) => typeof document !== 'string')) throw new TypeError('an edit without a document');
    for (const { document, claims, personId } of edits)
      for (const client of claims)
        if ((this.owners.get(`${document} ${client}`) ?? personId) !== personId)
          throw new Error('a client id is somebody else’s');
    this.batches.push(edits.length);
    return edits.map(({ document, update, personId, claims, createdNotes }) => {
      this.#seq += 1;
      this.rows.push({ seq: this.#seq, document, update: update.slice(), personId });
      for (const client of claims) {
        const key = `${document} ${client}`;
        if (personId !== null && !this.owners.has(key)) this.owners.set(key, personId);
      }
      for (const noteId of createdNotes) this.createdNotes.push({ document, noteId, personId });
      return this.#seq;
    });
  }

  load(document: string): Promise<LogReading> {
    return this.since(document, { at: '0', folded: -1 });
  }

  since(document: string, { at, folded }: LogMark): Promise<LogReading> {
    if (this.failure) return Promise.reject(this.failure);
    const kept = this.states.get(document);
    const updates = this.rows.filter((row) => row.document === document && row.seq > Number(at));
    return Promise.resolve({
      state: kept && kept.upTo !== folded ? kept.state : null,
      updates,
      mark: { at: String(updates.at(-1)?.seq ?? at), folded: kept?.upTo ?? folded },
    });
  }

  compact(
    document: string,
    merge: (state: Uint8Array | null, updates: readonly Uint8Array[]) => Uint8Array,
  ): Promise<void> {
    if (this.failure) return Promise.reject(this.failure);
    const mine = this.rows.filter((row) => row.document === document);
    const upTo = mine.at(-1)?.seq ?? 0;
    if (upTo === 0) return Promise.resolve();
    let state: Uint8Array;
    try {
      state = merge(
        this.states.get(document)?.state ?? null,
        mine.map(({ update }) => update),
      );
    } catch (error) {
      return Promise.reject(error as Error);
    }
    this.states.set(document, { state, upTo });
    this.rows = this.rows.filter((row) => row.document !== document);
    return Promise.resolve();
  }

  authorsOf(document: string): Promise<ReadonlyMap<string, string>> {
    const mine = this.createdNotes.filter((one) => one.document === document);
    return Promise.resolve(
      new Map(
        mine.flatMap(({ noteId, personId }) => (personId === null ? [] : [[noteId, personId] as const])).reverse(),
      ),
    );
  }

  ownerOf(document: string, clientId: number): Promise<string | null> {
    return Promise.resolve(this.owners.get(`${document} ${clientId}`) ?? null);
  }

  refusedClients(document: string): Promise<readonly number[]> {
    return Promise.resolve([...(this.refused.get(document) ?? [])]);
  }

  refuseClients(document: string, clientIds: readonly number[]): Promise<void> {
    const refused = this.refused.get(document) ?? new Set();
    for (const client of clientIds) refused.add(client);
    this.refused.set(document, refused);
    return Promise.resolve();
  }
}

/** People by token, rights by document and person. */
export class MemoryAccess implements Access {
  readonly people = new Map<string, LivePerson>();
  readonly rights = new Map<string, Map<string, Omit<DocumentRights, 'person'>>>();

  identify(token: string, cookieHeader: string | null): Promise<Caller | null> {
    const known = this.people.get(token === '' ? (/session=([^;]*)/.exec(cookieHeader ?? '')?.[1] ?? '') : token);
    if (!known) return Promise.resolve(null);
    const account = { accountId: known.personId, role: 'staff', name: known.name ?? '' } as const;
    return Promise.resolve({ ...NOBODY, account });
  }

  rightsOn(caller: Caller, document: string): Promise<DocumentRights | null> {
    const personId = caller.account?.accountId ?? '';
    const person = [...this.people.values()].find((known) => known.personId === personId);
    const rights = this.rights.get(document)?.get(personId) ?? this.rights.get(document)?.get('*');
    return Promise.resolve(person && rights ? { ...rights, person } : null);
  }

  /** Lets a person (`*`: everybody known) at a document. */
  allow(document: string, personId: string, rights: Partial<Omit<DocumentRights, 'person'>> = {}): void {
    const byPerson = this.rights.get(document) ?? new Map<string, Omit<DocumentRights, 'person'>>();
    const all = { workshopId: null, write: true, presence: true, zones: ['z'], recordAuthors: false, ...rights };
    this.rights.set(document, byPerson.set(personId, all));
  }
}

export class MemoryPresence implements Presence {
  readonly here: { workshopId: string; personId: string }[] = [];

  joined(workshopId: string, person: LivePerson): void {
    this.here.push({ workshopId, personId: person.personId });
  }

  left(workshopId: string, person: LivePerson): void {
    const index = this.here.findIndex((one) => one.workshopId === workshopId && one.personId === person.personId);
    if (index >= 0) this.here.splice(index, 1);
  }
}
