/**
 * Editing the agenda, before the day and during it: reorder, add, leave out, skip, other minutes, words, permissions. What
 * is asked for is checked against what is there; the stage at hand stays, because the room stands in it.
 */
import type { Language } from '../people/caller.ts';
import { ok, refuse, type Result } from '../result.ts';
import type { Material, StageKind, StageView } from '../room/room.ts';
import { fileOf } from './files.ts';
import type { Permissions } from './permissions.ts';

type Words = Readonly<Partial<Record<Language, string>>>;

export interface AgendaStage {
  readonly id: string;
  readonly kind: StageKind;
  readonly title: Words;
  readonly boardId: string | null;
  readonly minutes: number | null;
  readonly instruction?: Words | null;
  readonly permissions?: Partial<Permissions> | null;
  readonly materials?: readonly Material[] | null;
  readonly view?: StageView | null;
  readonly skipped?: boolean;
  readonly moderated?: boolean;
}

/** A known stage by `id`, with what changes; or a new one by `kind`. */
export type AskedStage = { readonly [K in keyof AgendaStage]?: AgendaStage[K] | undefined };

const MAX_TITLE = 120;
const MAX_INSTRUCTION = 1000;
const MAX_MATERIALS = 20;

/** @param newId makes the id of a new stage. */
export function planAgenda(
  current: readonly AgendaStage[],
  asked: readonly AskedStage[],
  at: { readonly stageId: string | null; readonly boardIds: readonly string[] },
  newId: () => string,
): Result<readonly AgendaStage[]> {
  const known = new Map(current.map((stage) => [stage.id, stage]));
  const planned: AgendaStage[] = [];
  for (const wanted of asked) {
    const before = wanted.id === undefined ? null : known.get(wanted.id);
    if (before === undefined || (before && planned.some(({ id }) => id === before.id))) return refuse('not-found');
    const kind = before?.kind ?? wanted.kind;
    if (kind === undefined || (wanted.kind !== undefined && wanted.kind !== kind)) return refuse('malformed');
    const change = Object.fromEntries(
      Object.entries(wanted).filter(([key, value]) => value !== undefined && key !== 'id'),
    );
    const base = before ?? { id: newId(), kind, title: {}, boardId: at.boardIds[0] ?? null, minutes: null };
    const stage = { ...base, ...change } as AgendaStage;
    const fault = checkStage(stage, at.boardIds);
    if (!fault.ok) return fault;
    planned.push(stage);
  }
  const now = at.stageId === null ? null : planned.find(({ id }) => id === at.stageId);
  if (now === undefined || now?.skipped) return refuse('stage-at-hand');
  return planned.length === 0 ? refuse('malformed') : ok(planned);
}

function checkStage(
  { title, boardId, instruction, materials }: AgendaStage,
  boardIds: readonly string[],
): Result<null> {
  const titles = Object.values(title).filter((words) => words.trim() !== '');
  if (titles.length === 0) return refuse('title-needed');
  if (titles.some((words) => words.length > MAX_TITLE)) return refuse('title-too-long', { limit: MAX_TITLE });
  if (Object.values(instruction ?? {}).some((words) => words.length > MAX_INSTRUCTION))
    return refuse('note-too-long', { limit: MAX_INSTRUCTION });
  if (boardId !== null && !boardIds.includes(boardId)) return refuse('not-found');
  return checkMaterials(materials ?? []);
}

/** Links to the web, or files that were uploaded here; nothing that a browser would run. */
export function checkMaterials(materials: readonly Material[]): Result<null> {
  const isFine = ({ title, url }: Material) =>
    title.length <= MAX_TITLE && url.length <= 2000 && (/^https?:\/\//.test(url) || fileOf({ url }) !== null);
  return materials.length > MAX_MATERIALS || !materials.every(isFine) ? refuse('malformed') : ok(null);
}
