/**
 * What a stage brings along: links, pictures and PDF that its people open, and the one picture that the wall shows. A file is
 * opened by the members of its workshop and by nobody else.
 */
import { newId } from '#core/ids.ts';
import type { Caller } from '#core/people/caller.ts';
import { checkTitle, MAX_TITLE } from '#core/people/names.ts';
import { ok, refuse, type Result } from '#core/result.ts';
import type { Material } from '#core/room/room.ts';
import { checkMaterials } from '#core/stage/agenda.ts';
import { checkFile, fileAddress, fileOf, isSlide, type FileType } from '#core/stage/files.ts';
import { contentDisposition } from '../render/names.ts';
import type { StoredStage } from '../store/workshops.ts';
import { isNobody, lookIn, passTo } from './doors.ts';
import type { Deps } from './deps.ts';

const TRIES = 5;
const ENDINGS: Readonly<Record<FileType, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'application/pdf': 'pdf',
};

/** The name that a browser saves it under: its ending is that of what it is, whatever it was called. */
const withEnding = (name: string, type: FileType): string =>
  `${name.replace(/\.[A-Za-z0-9]{1,5}$/, '')}.${ENDINGS[type]}`;

export function materials({ store, room, now }: Pick<Deps, 'store' | 'room' | 'now'>) {
  async function stageOf(caller: Caller, workshopId: string, stageId: string): Promise<Result<StoredStage>> {
    const found = await passTo(store, caller, workshopId, 'workshop.lead');
    if (!found.ok) return found;
    const stage = (await store.workshops.stages(workshopId)).find(({ id }) => id === stageId);
    return stage ? ok(stage) : refuse('not-found');
  }

  /** Changes what a stage brings along, on what it is now: two leaders who add at once have both added. */
  async function change(
    caller: Caller,
    workshopId: string,
    stageId: string,
    next: (now: readonly Material[]) => readonly Material[],
  ): Promise<Result<readonly Material[]>> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const stage = await stageOf(caller, workshopId, stageId);
      if (!stage.ok) return stage;
      const before = stage.value.materials;
      const after = next(before ?? []);
      const checked = checkMaterials(after);
      if (!checked.ok) return checked;
      if (!(await store.materials.setMaterials(stageId, before, after))) continue;
      await room.project(workshopId);
      return ok(after);
    }
    return refuse('changed-meanwhile');
  }

  return {
    mayAdd: stageOf,

    /** A file for a stage: a PNG, JPEG or WebP picture or a PDF of up to 10 MiB, by what its bytes say. */
    async addFile(
      caller: Caller,
      workshopId: string,
      input: { readonly stageId: string; readonly name: string; readonly bytes: Uint8Array },
    ): Promise<Result<Material & { readonly id: string }>> {
      const stage = await stageOf(caller, workshopId, input.stageId);
      if (!stage.ok) return stage;
      const title = checkTitle([...input.name].slice(0, MAX_TITLE).join(''));
      if (!title.ok) return title;
      const type = checkFile(input.bytes, await store.materials.count(workshopId));
      if (!type.ok) return type;
      const id = newId();
      await store.materials.insert({
        ...{ id, workshopId, name: title.value, type: type.value, body: input.bytes, uploadedAt: now() },
      });
      const material: Material = { title: title.value, url: fileAddress(id), type: type.value };
      const added = await change(caller, workshopId, input.stageId, (all) => [...all, material]);
      if (added.ok) return ok({ ...material, id });
      await store.materials.drop(workshopId, id);
      return added;
    },

    addLink: (caller: Caller, workshopId: string, stageId: string, { title, url }: Material) =>
      change(caller, workshopId, stageId, (all) => [...all, { title: title.trim() || url, url }]),

    /** Takes one away; an uploaded file is gone with it. */
    async remove(caller: Caller, workshopId: string, stageId: string, url: string): Promise<Result<null>> {
      const gone = await change(caller, workshopId, stageId, (all) => all.filter((one) => one.url !== url));
      if (!gone.ok) return gone;
      const file = fileOf({ url });
      if (file !== null) await store.materials.drop(workshopId, file);
      // The places of the others have moved up: the wall shows none rather than another.
      if ((await store.materials.slide(workshopId))?.stageId === stageId) {
        await store.materials.showSlide(workshopId, null, now());
        await room.project(workshopId);
      }
      return ok(null);
    },

    /** Shows one picture of a stage full screen on the wall; null: none. */
    async show(caller: Caller, workshopId: string, stageId: string, position: number | null): Promise<Result<null>> {
      const stage = await stageOf(caller, workshopId, stageId);
      if (!stage.ok) return stage;
      const material = position === null ? null : stage.value.materials?.[position];
      if (position !== null && (!material || !isSlide(material))) return refuse('not-found');
      await store.materials.showSlide(workshopId, position === null ? null : { stageId, position }, now());
      await room.project(workshopId);
      return ok(null);
    },

    async file(caller: Caller, id: string) {
      if (isNobody(caller)) return refuse('join-needed');
      const file = await store.materials.file(id);
      if (!file) return refuse('not-found');
      const seen = await lookIn(store, caller, file.workshopId);
      if (!seen.ok) return refuse('not-found');
      const { body, type, name } = file;
      const saved = contentDisposition(withEnding(name, type));
      // A picture stands in a page; anything else is saved, never opened as a page of ours.
      return ok({
        body,
        type,
        disposition: isSlide({ ...file, title: name, url: '' }) ? saved.replace(/^attachment/, 'inline') : saved,
      });
    },
  };
}
