/**
 * The shape of a workshop: its boards and agenda without anybody's words. A new one is made from templates, from an own
 * template that was saved, or from another workshop (duplicating, rehearsing).
 */
import { newId } from '#core/ids.ts';
import type { Caller } from '#core/people/caller.ts';
import { may } from '#core/people/policy.ts';
import { checkTitle } from '#core/people/names.ts';
import { ok, refuse, type Result } from '#core/result.ts';
import { fileOf } from '#core/stage/files.ts';
import { templateById, TEMPLATES, type Template } from '#core/templates/index.ts';
import type { Store } from '../store/port.ts';
import type { StoredBoard, StoredStage } from '../store/workshops.ts';
import { accountOf } from './doors.ts';
import type { Deps } from './deps.ts';
import type { NewWorkshop } from './workshops.ts';

export interface Shape {
  readonly boards: readonly Pick<StoredBoard, 'template' | 'title' | 'zones'>[];
  /** `board`: index into the boards; null: about none. */
  readonly stages: readonly (Omit<StoredStage, 'id' | 'boardId'> & { readonly board: number | null })[];
}

const OWN = 'own-';

const zonesOf = (template: Template): StoredBoard['zones'] => template.zones.map(({ id, name }) => ({ id, name }));

export async function shapeOf(store: Store, workshopId: string): Promise<Shape> {
  const boards = await store.workshops.boards(workshopId);
  const stages = await store.workshops.stages(workshopId);
  return {
    boards: boards.map(({ template, title, zones }) => ({ template, title, zones })),
    stages: stages.map(({ id: _id, boardId, ...stage }) => {
      const board = boards.findIndex(({ id }) => id === boardId);
      // Uploaded files stay with the workshop whose members may open them; links come along.
      const materials = stage.materials?.filter((one) => fileOf(one) === null) ?? null;
      return { ...stage, materials, board: board < 0 ? null : board };
    }),
  };
}

async function shapeFrom(store: Store, input: NewWorkshop): Promise<Result<Shape>> {
  if (input.shape) return ok(input.shape);
  if (input.template.startsWith(OWN)) {
    const own = await store.templates.byId(input.template);
    return own ? ok(own.body as Shape) : refuse('template-unknown');
  }
  const templates = [input.template, ...(input.moreTemplates ?? [])].map(templateById);
  if (templates.includes(null)) return refuse('template-unknown');
  const known = templates as Template[];
  return ok({
    boards: known.map((template, index) => ({
      template: template.id,
      title: input.boardTitles?.[index] ?? template.name,
      zones: zonesOf(template),
    })),
    stages: known.flatMap((template, board) => template.stages.map((stage) => ({ ...stage, board }))),
  });
}

/** Boards and stages of a new workshop, with ids of their own. */
export async function planBoards(
  store: Store,
  workshopId: string,
  input: NewWorkshop,
): Promise<Result<{ boards: StoredBoard[]; stages: StoredStage[] }>> {
  const shape = await shapeFrom(store, input);
  if (!shape.ok) return shape;
  const boards = shape.value.boards.map((board) => ({ ...board, id: newId(), workshopId }));
  const stages = shape.value.stages.map(({ board, ...stage }) => ({
    ...stage,
    id: newId(),
    boardId: board === null ? null : (boards[board]?.id ?? null),
  }));
  return ok({ boards, stages });
}

export function templates({ store, now }: Pick<Deps, 'store' | 'now'>) {
  return {
    /** The product's own and, for the crew, those saved here. */
    async list(caller: Caller) {
      const own = may(caller, 'template.own') ? await store.templates.all() : [];
      return ok([
        ...TEMPLATES,
        ...own.map(({ id, name, body }) => {
          const { boards, stages } = body as Shape;
          return { id, name: { ky: name, ru: name, en: name }, zones: boards.flatMap(({ zones }) => zones), stages };
        }),
      ]);
    },

    /** Saves a workshop's boards and agenda as a template; nobody's words come along. */
    async save(caller: Caller, workshopId: string, title: string): Promise<Result<{ id: string }>> {
      const account = accountOf(caller, 'template.save');
      if (!account.ok) return account;
      const name = checkTitle(title);
      if (!name.ok) return name;
      if (!(await store.workshops.byId(workshopId))) return refuse('not-found');
      const id = `${OWN}${newId()}`;
      await store.templates.insert({
        id,
        name: name.value,
        body: await shapeOf(store, workshopId),
        createdBy: account.value.accountId,
        createdAt: now(),
      });
      return ok({ id });
    },

    async remove(caller: Caller, id: string): Promise<Result<null>> {
      const account = accountOf(caller, 'template.remove');
      if (!account.ok) return account;
      return (await store.templates.remove(id)) ? ok(null) : refuse('not-found');
    },
  };
}
