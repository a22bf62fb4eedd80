/**
 * Notes that were written by command and have not reached the server, on this device: those of the stage at hand wait to be
 * sent; those of a stage that has passed wait for their writer to say what shall become of them. Without storage (private
 * mode) they live as long as the page.
 */
import { isColour, type Colour } from '#core/board/schema.ts';

export interface KeptNote {
  /** The command's key: sent again it is the same note. */
  readonly key: string;
  readonly boardId: string;
  /** The stage in which it was written. */
  readonly stageId: string | null;
  readonly zone: string;
  readonly text: string;
  readonly colour: Colour;
}

const memory = new Map<string, string>();

function read(name: string): KeptNote[] {
  let stored: string | null;
  try {
    stored = localStorage.getItem(name);
  } catch {
    stored = memory.get(name) ?? null;
  }
  try {
    const kept: unknown = JSON.parse(stored ?? memory.get(name) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isKept) : [];
  } catch {
    return [];
  }
}

function isKept(value: unknown): value is KeptNote {
  const note = value as Partial<KeptNote> | null;
  return (
    typeof note?.key === 'string' &&
    typeof note.text === 'string' &&
    typeof note.zone === 'string' &&
    isColour(note.colour)
  );
}

function write(name: string, notes: readonly KeptNote[]): void {
  const value = JSON.stringify(notes);
  try {
    if (notes.length > 0) localStorage.setItem(name, value);
    else localStorage.removeItem(name);
    memory.delete(name);
  } catch {
    memory.set(name, value);
  }
}

const waitingName = (boardId: string, personId: string): string => `ashar-own-${boardId}-${personId}`;
const leftName = (personId: string): string => `ashar-left-${personId}`;

/** Those of this stage, to be sent. What an earlier stage left behind is put aside first. */
export function waitingNotes(boardId: string, personId: string, stageId: string | null): readonly KeptNote[] {
  putAside(boardId, personId, stageId);
  return read(waitingName(boardId, personId));
}

export function keepWaiting(boardId: string, personId: string, notes: readonly KeptNote[]): void {
  write(waitingName(boardId, personId), notes);
}

function putAside(boardId: string, personId: string, stageId: string | null): void {
  const waiting = read(waitingName(boardId, personId));
  const passed = waiting.filter((note) => note.stageId !== stageId);
  if (passed.length === 0) return;
  const known = new Set(read(leftName(personId)).map(({ key }) => key));
  const added = passed.filter(({ key }) => !known.has(key)).map((note) => ({ ...note, boardId }));
  write(leftName(personId), [...read(leftName(personId)), ...added]);
  keepWaiting(
    boardId,
    personId,
    waiting.filter((note) => note.stageId === stageId),
  );
}

/** What stages that have passed left behind on these boards, oldest first. */
export function leftNotes(boardIds: readonly string[], personId: string, stageId: string | null): readonly KeptNote[] {
  for (const boardId of boardIds) putAside(boardId, personId, stageId);
  return read(leftName(personId)).filter((note) => boardIds.includes(note.boardId));
}

/** Sent after all, or not wanted any more. */
export function dropKept(boardId: string, personId: string, key: string): void {
  for (const name of [waitingName(boardId, personId), leftName(personId)])
    if (read(name).some((note) => note.key === key))
      write(
        name,
        read(name).filter((note) => note.key !== key),
      );
}
