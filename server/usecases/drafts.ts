/**
 * From a snapshot into the draft, and the draft's named versions. The insert is an edit of the living document by the
 * server itself: everybody who has the draft open sees it arrive, and nothing of theirs is touched.
 */
import { newId } from '#core/ids.ts';
import type { Caller, Language } from '#core/people/caller.ts';
import { checkTitle } from '#core/people/names.ts';
import { ok, refuse, type Result } from '#core/result.ts';
import { compareDrafts, type DraftDiff } from '#core/strategy/compare.ts';
import { draftBlocks } from '#core/strategy/draft.ts';
import { appendProse, draftFragment, holdsSnapshot, readDraft, type Prose } from '#core/strategy/fragment.ts';
import { passage } from '#core/strategy/passage.ts';
import type { Snapshot } from '#core/strategy/snapshot.ts';
import { passageWords } from '../render/passage-words.ts';
import type { Deps } from './deps.ts';
import { lookIn } from './doors.ts';
import { draftDocumentOf, enterDraft } from './draft-doors.ts';
import { keepVersion, listedVersion, type ListedVersion } from './versions.ts';

/** Stands for the text as it is now, where a version is asked for. */
export const CURRENT = 'current';

export function drafts({ store, live, now }: Deps) {
  async function contentOf(id: string, version: string): Promise<Result<Prose>> {
    if (version === CURRENT) return ok(await live.read(draftDocumentOf(id), readDraft));
    const stored = await store.strategies.version(id, version);
    return stored ? ok(JSON.parse(stored.content) as Prose) : refuse('not-found');
  }

  return {
    /**
     * Puts a snapshot at the end of the draft, in the draft's first language unless another is asked for. What stands there
     * already is not put there twice; what somebody took out again may be inserted anew.
     */
    async insert(
      caller: Caller,
      id: string,
      input: { readonly snapshotId: string; readonly language?: Language | undefined },
    ): Promise<Result<{ snapshotId: string; alreadyInserted: boolean }>> {
      const found = await enterDraft(store, caller, id, 'write');
      if (!found.ok) return found;
      const { strategy, duty, person } = found.value;
      if (duty !== 'manage') return refuse('forbidden');
      const stored = await store.snapshots.byId(input.snapshotId);
      if (!stored) return refuse('not-found');
      const workshop = await lookIn(store, caller, stored.workshopId);
      if (!workshop.ok) return workshop;
      const language = input.language ?? strategy.languages[0] ?? 'ru';
      const nodes = passage(draftBlocks(JSON.parse(stored.body) as Snapshot), language, passageWords(language));
      let added = false;
      await live.edit(draftDocumentOf(id), (doc) => {
        if (holdsSnapshot(doc, stored.id)) return;
        doc.transact(() => appendProse(draftFragment(doc), nodes));
        added = true;
      });
      if (added)
        await store.strategies.recordInsert({
          id: newId(),
          strategyId: id,
          snapshotId: stored.id,
          accountId: person.id,
          insertedAt: now(),
        });
      return ok({ snapshotId: stored.id, alreadyInserted: !added });
    },

    /** The text as ProseMirror JSON: of a version, or `current`. */
    async content(caller: Caller, id: string, version: string = CURRENT): Promise<Result<Prose>> {
      const found = await enterDraft(store, caller, id, 'see');
      return found.ok ? contentOf(id, version) : found;
    },

    /** Newest first. */
    async versions(caller: Caller, id: string): Promise<Result<readonly ListedVersion[]>> {
      const found = await enterDraft(store, caller, id, 'see');
      if (!found.ok) return found;
      return ok((await store.strategies.versions(id)).map(listedVersion));
    },

    /** Keeps the text as it is now under a name. */
    async saveVersion(caller: Caller, id: string, input: { readonly title: string }): Promise<Result<ListedVersion>> {
      const found = await enterDraft(store, caller, id, 'manage');
      if (!found.ok) return found;
      const title = checkTitle(input.title);
      if (!title.ok) return title;
      const status = found.value.strategy.status ?? 'draft';
      // What was adopted is one version: a second one of the same name would only put it in doubt.
      if (status === 'adopted') return refuse('draft-frozen');
      return ok(listedVersion(await keepVersion({ store, live, now }, found.value, { title: title.value, status })));
    },

    /** What changed from one version to another; either may be `current`. */
    async diff(caller: Caller, id: string, before: string, after: string): Promise<Result<DraftDiff>> {
      const found = await enterDraft(store, caller, id, 'see');
      if (!found.ok) return found;
      const a = await contentOf(id, before);
      if (!a.ok) return a;
      const b = await contentOf(id, after);
      return b.ok ? ok(compareDrafts(a.value, b.value)) : b;
    },
  };
}
