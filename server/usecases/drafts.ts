/**
 * From a snapshot into the draft, and the draft's named versions. The insert is an edit of the living document by the
 * server itself: everybody who has the draft open sees it arrive, and nothing of theirs is touched.
 */
import { newId } from '#core/ids.ts';
import type { AccountIdentity, Caller, Language } from '#core/people/caller.ts';
import type { Action } from '#core/people/policy.ts';
import { checkTitle } from '#core/people/names.ts';
import { ok, refuse, type Result } from '#core/result.ts';
import { compareDrafts, type DraftDiff } from '#core/strategy/compare.ts';
import { draftBlocks } from '#core/strategy/draft.ts';
import { appendProse, draftFragment, holdsSnapshot, readDraft, type Prose } from '#core/strategy/fragment.ts';
import { passage } from '#core/strategy/passage.ts';
import type { Snapshot } from '#core/strategy/snapshot.ts';
import { passageWords } from '../render/passage-words.ts';
import type { Strategy } from '../store/strategies.ts';
import type { Deps } from './deps.ts';
import { accountOf, lookIn } from './doors.ts';
import { draftDocumentOf } from './strategies.ts';

export interface ListedVersion {
  readonly id: string;
  readonly title: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
}

/** Stands for the text as it is now, where a version is asked for. */
export const CURRENT = 'current';

export function drafts({ store, live, now }: Deps) {
  async function known(
    caller: Caller,
    id: string,
    action: Action,
  ): Promise<Result<{ strategy: Strategy; account: AccountIdentity }>> {
    const account = accountOf(caller, action);
    if (!account.ok) return account;
    const strategy = await store.strategies.byId(id);
    return strategy ? ok({ strategy, account: account.value }) : refuse('not-found');
  }

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
      const found = await known(caller, id, 'draft.write');
      if (!found.ok) return found;
      const { strategy, account } = found.value;
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
          accountId: account.accountId,
          insertedAt: now(),
        });
      return ok({ snapshotId: stored.id, alreadyInserted: !added });
    },

    /** The text as ProseMirror JSON: of a version, or `current`. */
    async content(caller: Caller, id: string, version: string = CURRENT): Promise<Result<Prose>> {
      const found = await known(caller, id, 'draft.see');
      return found.ok ? contentOf(id, version) : found;
    },

    /** Newest first. */
    async versions(caller: Caller, id: string): Promise<Result<readonly ListedVersion[]>> {
      const found = await known(caller, id, 'draft.see');
      if (!found.ok) return found;
      const versions = await store.strategies.versions(id);
      return ok(
        versions.map((version) => ({
          id: version.id,
          title: version.title,
          createdAt: new Date(version.createdAt).toISOString(),
        })),
      );
    },

    /** Keeps the text as it is now under a name. */
    async saveVersion(caller: Caller, id: string, input: { readonly title: string }): Promise<Result<ListedVersion>> {
      const found = await known(caller, id, 'draft.write');
      if (!found.ok) return found;
      const title = checkTitle(input.title);
      if (!title.ok) return title;
      const content = await live.read(draftDocumentOf(id), readDraft);
      const version = {
        id: newId(),
        strategyId: id,
        title: title.value,
        accountId: found.value.account.accountId,
        createdAt: now(),
      };
      await store.strategies.insertVersion({ ...version, content: JSON.stringify(content) });
      return ok({ id: version.id, title: version.title, createdAt: new Date(version.createdAt).toISOString() });
    },

    /** What changed from one version to another; either may be `current`. */
    async diff(caller: Caller, id: string, before: string, after: string): Promise<Result<DraftDiff>> {
      const found = await known(caller, id, 'draft.see');
      if (!found.ok) return found;
      const a = await contentOf(id, before);
      if (!a.ok) return a;
      const b = await contentOf(id, after);
      return b.ok ? ok(compareDrafts(a.value, b.value)) : b;
    },
  };
}
