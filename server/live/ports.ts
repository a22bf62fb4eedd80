/**
 * What the live path needs from the rest of the server. The composition root fills these ports from the store and the
 * use cases; the tests of the live path fill them from memory. Nothing here knows SQL or HTTP pages.
 */
import type { GroupStep } from '#core/board/audit.ts';
import type { Locks } from '#core/board/change.ts';
import type { Frozen } from '#core/board/freeze.ts';
import type { Caller } from '#core/people/caller.ts';
import type { RefusalCode } from '#core/result.ts';
import type { BoardMay } from '#core/stage/permissions.ts';

/** One durable edit of a document. `seq` grows and is never used twice, even after compaction. */
export interface LoggedUpdate {
  readonly seq: number;
  readonly update: Uint8Array;
}

/** A new edit on its way into the log. */
export interface Append {
  readonly document: string;
  readonly update: Uint8Array;
  /** Opaque id of the person (participant or account), null for the server's own writes. */
  readonly personId: string | null;
  /** Yjs client ids that appear in this update for the first time, bound to the person from now on. */
  readonly claims: readonly number[];
  /** Notes that this update creates, for the table of authors (attributed boards only). */
  readonly createdNotes: readonly string[];
  /** What it did to groups, for the trail; left out: nothing. */
  readonly steps?: readonly GroupStep[];
}

/** How far one reader has come in the log of one document; what it says is for the log alone to read. */
export interface LogMark {
  readonly at: string;
  /** Which compaction was read; -1: none. */
  readonly folded: number;
}

export interface LogReading {
  /** The last compaction (V2 state); null where there is none, or none that the mark did not know. */
  readonly state: Uint8Array | null;
  /** What was written since, each row once more at worst: applying it twice changes nothing. */
  readonly updates: readonly LoggedUpdate[];
  readonly mark: LogMark;
}

/** The update log: truth of every document. */
export interface UpdateLog {
  /** Resolves when all are durable, in order; rejects when none is, also where a claim came too late. Group commit is the caller's (live/log). */
  append(edits: readonly Append[]): Promise<readonly number[]>;
  /** Last compaction (V2 state, or null) and everything after it. */
  load(document: string): Promise<LogReading>;
  /** Everything that was committed and that the reader of this mark has not seen, in whatever order it became visible. */
  since(document: string, mark: LogMark): Promise<LogReading>;
  /** Reads the log from the store and replaces it by one state, in one transaction. */
  compact(
    document: string,
    merge: (state: Uint8Array | null, updates: readonly Uint8Array[]) => Uint8Array,
  ): Promise<void>;
  /** Who first wrote the notes of a board, by note; empty where that is not on record. */
  authorsOf(document: string): Promise<ReadonlyMap<string, string>>;
  /** Who owns a Yjs client id on a document; null: nobody yet. */
  ownerOf(document: string, clientId: number): Promise<string | null>;
  /** Client ids whose writes were refused on this document: they stay refused. */
  refusedClients(document: string): Promise<readonly number[]>;
  refuseClients(document: string, clientIds: readonly number[]): Promise<void>;
}

/** A person on a socket, as the server knows them. */
export interface LivePerson {
  /** Opaque, stable: participant or account id. Never sent to others where the board is anonymous. */
  readonly personId: string;
  readonly kind: 'participant' | 'account' | 'screen';
  /** What others see; null: nameless. */
  readonly name: string | null;
  readonly organisation: string | null;
  readonly organisationId: string | null;
}

/** What one person may do with one document now. */
export interface DocumentRights {
  readonly person: LivePerson;
  readonly workshopId: string | null;
  readonly write: boolean;
  /** Why not, where `write` is false; left out: `board-locked`. Told to the person whose write is refused. */
  readonly whyNot?: RefusalCode;
  /** Whether presence of people (names, cursors) travels on this document now. */
  readonly presence: boolean;
  /** Zone ids of a board, for the schema check; empty otherwise. */
  readonly zones: readonly string[];
  /** Record who created a note (attributed boards only). */
  readonly recordAuthors: boolean;
  /** What open rounds freeze on this board; left out: nothing. */
  readonly frozen?: Frozen;
  /** What of writing the stage permits; left out: everything. */
  readonly may?: BoardMay;
  /** Locked areas and notes; left out: none. */
  readonly locks?: Locks;
}

export interface Access {
  /** The caller behind a socket token (participant's, account's, or a session cookie when the token is empty). */
  identify(token: string, cookieHeader: string | null): Promise<Caller | null>;
  /** Rights on a document by name (`board/<id>`, `room/<id>`, `draft/<id>`); null: unknown, deleted or not theirs. */
  rightsOn(caller: Caller, document: string): Promise<DocumentRights | null>;
}

/** Told by the live path how it fares, in figures and codes only, on every write: it must be cheap and may not throw. */
export interface Measure {
  /** Milliseconds from a client's write to its "saved". */
  wrote(milliseconds: number): void;
  refused(code: RefusalCode): void;
}

/** Told by the live path, for presence by organisation and for the desk. */
export interface Presence {
  joined(workshopId: string, person: LivePerson): void;
  left(workshopId: string, person: LivePerson): void;
}

/** What the rest of the server may ask of the live path. */
export interface Live {
  /** Applies a change as the server itself (own client id), durable before it resolves; loads the document if needed. */
  edit(document: string, change: (doc: import('yjs').Doc) => void): Promise<void>;
  /** A consistent read of the current document (loaded copy or from the log). */
  read<T>(document: string, view: (doc: import('yjs').Doc) => T): Promise<T>;
  /** Rights changed (stage, lock, role, removal): ask Access again for every connection of these documents; demote in place, promote by a fresh replica, close who has none. */
  reconsider(documents: readonly string[]): Promise<void>;
  /** Cuts every socket of a person (removed, signed out). */
  cut(personId: string): Promise<void>;
  /** Ends all copies of a document (deleted). */
  forget(document: string): Promise<void>;
}
