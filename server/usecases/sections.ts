/** How far each section of a draft is and who answers for it. A section is what stands under a heading of the first level. */
import type { Caller } from '#core/people/caller.ts';
import { ok, refuse, type Result } from '#core/result.ts';
import { passagesOf } from '#core/strategy/passages.ts';
import { checkOwner, type SectionState } from '#core/strategy/section.ts';
import type { Deps } from './deps.ts';
import { draftDocumentOf, enterDraft } from './draft-doors.ts';

export function sections({ store, live }: Pick<Deps, 'store' | 'live'>) {
  const headings = (id: string) =>
    live.read(draftDocumentOf(id), (doc) => passagesOf(doc).filter(({ key, section }) => key === section));

  return {
    /** In reading order. */
    async list(caller: Caller, id: string) {
      const access = await enterDraft(store, caller, id, 'see');
      if (!access.ok) return access;
      const work = new Map((await store.workingGroup.sections(id)).map((one) => [one.section, one]));
      return ok(
        (await headings(id)).map(({ key, text }) => ({
          ...{ section: key, title: text },
          status: work.get(key)?.status ?? ('planned' as const),
          owner: work.get(key)?.owner ?? '',
        })),
      );
    },

    async change(
      caller: Caller,
      id: string,
      section: string,
      to: { readonly status?: SectionState | undefined; readonly owner?: string | undefined },
    ): Promise<Result<null>> {
      const access = await enterDraft(store, caller, id, 'write');
      if (!access.ok) return access;
      if (!(await headings(id)).some(({ key }) => key === section)) return refuse('not-found');
      const owner = to.owner === undefined ? null : checkOwner(to.owner);
      if (owner && !owner.ok) return owner;
      const known = (await store.workingGroup.sections(id)).find((one) => one.section === section);
      await store.workingGroup.putSection(id, {
        section,
        status: to.status ?? known?.status ?? 'planned',
        owner: owner ? owner.value : (known?.owner ?? ''),
        checked: known?.checked ?? {},
      });
      return ok(null);
    },
  };
}
