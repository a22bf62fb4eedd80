/**
 * What a passage of the draft says it rests on: the attributes that an insert writes (core/strategy/passage). The draft is
 * written by clients and a passage may be pasted from anywhere, so that whatever stands there is read with suspicion.
 */

export interface Rest {
  readonly snapshotId: string;
  readonly boardId: string | null;
  readonly zone: string | null;
  readonly groupId: string | null;
  readonly roundId: string | null;
  readonly optionIds: readonly string[];
  readonly noteIds: readonly string[];
}

/** A longer trace does not travel through the clipboard: the server takes attributes of up to 4 KiB from a person. */
const LONGEST = 3_000;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const idOf = (value: unknown): string | null =>
  typeof value === 'string' && /^[\w-]{1,64}$/.test(value) ? value : null;
const idsOf = (value: unknown): string[] => (Array.isArray(value) ? value.flatMap((each) => idOf(each) ?? []) : []);

/** null where the passage comes from no snapshot. */
export function restOf(attrs: Readonly<Record<string, unknown>>): Rest | null {
  const snapshotId = idOf(attrs['snapshotId']);
  if (snapshotId === null) return null;
  const trace = isObject(attrs['trace']) ? attrs['trace'] : {};
  return {
    snapshotId,
    boardId: idOf(trace['boardId']),
    zone: idOf(trace['zone']),
    groupId: idOf(trace['groupId']),
    roundId: idOf(trace['roundId']),
    optionIds: idsOf(trace['optionIds']),
    noteIds: idsOf(trace['noteIds']),
  };
}

/** The trace as an attribute of the clipboard's HTML; without its notes where they are too many, else with all it has. */
export function traceToText(trace: unknown): string | null {
  if (!isObject(trace)) return null;
  const whole = JSON.stringify(trace);
  return whole.length <= LONGEST ? whole : JSON.stringify({ ...trace, noteIds: [] });
}

/** From the clipboard; null for anything that is no trace of ours. */
export function traceFromText(text: string | null): Record<string, unknown> | null {
  if (text === null || text.length > LONGEST) return null;
  try {
    const value: unknown = JSON.parse(text);
    if (!isObject(value)) return null;
    const ids = ['snapshotId', 'boardId', 'zone', 'groupId', 'roundId'].flatMap((name) => {
      const id = idOf(value[name]);
      return id === null ? [] : [[name, id] as const];
    });
    const hash = value['snapshotHash'];
    return {
      ...Object.fromEntries(ids),
      ...(typeof hash === 'string' && /^[0-9a-f]{64}$/.test(hash) && { snapshotHash: hash }),
      optionIds: idsOf(value['optionIds']),
      noteIds: idsOf(value['noteIds']),
    };
  } catch {
    return null;
  }
}
