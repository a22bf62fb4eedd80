import { besideEachOther } from '#core/strategy/beside.ts';
import { compareSnapshots } from '#core/strategy/diff.ts';
import { must } from '$lib/http/page.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals, params, url } = event;
  const { snapshots } = locals.app;
  const list = must(event, await snapshots.list(locals.caller, params.workshop));
  const asked = (name: string, otherwise: string | undefined): string =>
    list.find(({ id }) => id === url.searchParams.get(name))?.id ?? otherwise ?? '';
  const [after, before] = [asked('after', list[0]?.id), asked('before', list[1]?.id ?? list[0]?.id)];
  if (list.length === 0) return { list, before, after, diff: null, boards: [], names: {} };
  const [a, b] = await Promise.all([snapshots.read(locals.caller, before), snapshots.read(locals.caller, after)]);
  const [was, now] = [must(event, a), must(event, b)];
  const diff = compareSnapshots(was, now);
  const all = [...was.boards, ...now.boards];
  /** Texts by id: what a change names by id is told by its words. */
  const names = Object.fromEntries([
    ...all.flatMap((board) => board.notes.map(({ id, text }) => [id, text] as const)),
    ...all.flatMap((board) => board.groups.map(({ id, title }) => [id, title] as const)),
    ...all.flatMap((board) => board.zones.map(({ id, name }) => [`zone ${id}`, name] as const)),
  ]);
  return { list, before, after, diff, names, boards: besideEachOther(was, now, diff) };
};
