/**
 * The strategy on its way to the General Assembly: its state, the versions that each step keeps, their public pages, and a
 * new strategy out of an old version. Versions are append-only; nothing here changes one.
 */
import { newId, newSecret } from '#core/ids.ts';
import { isLanguage, type Caller, type Language } from '#core/people/caller.ts';
import { checkTitle, cleanLine, fold, lengthOf, MAX_TITLE } from '#core/people/names.ts';
import { ok, refuse, type Result } from '#core/result.ts';
import { canonicalBytes, wellFormed } from '#core/strategy/canonical.ts';
import { appendProse, draftFragment, readDraft, type Prose } from '#core/strategy/fragment.ts';
import { checkAdoption, checkStatusStep, type Adoption, type DraftStatus } from '#core/strategy/version.ts';
import { sha256 } from '../auth/secrets.ts';
import type { Strategy } from '../store/strategies.ts';
import type { StoredVersion, VersionHead } from '../store/versions.ts';
import type { Deps } from './deps.ts';
import { draftDocumentOf, enterDraft, type DraftAccess } from './draft-doors.ts';

export interface ListedVersion {
  readonly id: string;
  readonly title: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly status: DraftStatus;
  /** SHA-256 of the canonical JSON of the text, lower-case hexadecimal. */
  readonly hash: string | null;
  readonly adoption: Adoption | null;
  /** Path of the public page; null: not published. */
  readonly publicPath: string | null;
}

export const listedVersion = (version: VersionHead): ListedVersion => ({
  id: version.id,
  title: version.title,
  createdAt: new Date(version.createdAt).toISOString(),
  status: version.status ?? 'draft',
  hash: version.hash ?? null,
  adoption: version.adoption ?? null,
  publicPath: version.publicKey ? `/v/${version.publicKey}` : null,
});

export interface StatusStep {
  readonly status: DraftStatus;
  /** Name of the version that the step keeps; not asked for on the way back to the draft. */
  readonly title?: string | undefined;
  readonly assembly?: string | undefined;
  readonly heldOn?: string | undefined;
  readonly protocol?: string | undefined;
}

/** Keeps the text as it is now under a name. */
export async function keepVersion(
  { store, live, now }: Pick<Deps, 'store' | 'live' | 'now'>,
  { strategy, person }: DraftAccess,
  kept: { readonly title: string; readonly status: DraftStatus; readonly adoption?: Adoption },
): Promise<StoredVersion> {
  const content = wellFormed(await live.read(draftDocumentOf(strategy.id), readDraft));
  const version = {
    id: newId(),
    strategyId: strategy.id,
    title: kept.title,
    accountId: person.id,
    createdAt: now(),
    status: kept.status,
    hash: sha256(canonicalBytes(content)),
    adoption: kept.adoption ?? null,
    content: JSON.stringify(content),
  };
  await store.strategies.insertVersion(version);
  return version;
}

export function versions(deps: Deps) {
  const { store, live, now } = deps;

  async function found(
    caller: Caller,
    id: string,
    versionId: string,
  ): Promise<Result<DraftAccess & { version: StoredVersion }>> {
    const access = await enterDraft(store, caller, id, 'manage');
    if (!access.ok) return access;
    const version = await store.strategies.version(id, versionId);
    return version ? ok({ ...access.value, version }) : refuse('not-found');
  }

  /** Nobody writes between the freezing and the reading: what is kept is what was adopted. */
  async function adopt(access: DraftAccess, from: DraftStatus, kept: { title: string; adoption: Adoption }) {
    const { id } = access.strategy;
    if (!(await store.strategies.changeStatus(id, from, 'adopted'))) return refuse('changed-meanwhile');
    try {
      await live.reconsider([draftDocumentOf(id)]);
      return ok(await keepVersion(deps, access, { ...kept, status: 'adopted' }));
    } catch (error) {
      await store.strategies.changeStatus(id, 'adopted', from);
      await live.reconsider([draftDocumentOf(id)]);
      throw error;
    }
  }

  return {
    /** Moves the strategy on, or back to the draft. Every step forward keeps a version; `adopted` freezes the text for good. */
    async step(
      caller: Caller,
      id: string,
      to: StatusStep,
    ): Promise<Result<{ status: DraftStatus; version: ListedVersion | null }>> {
      const access = await enterDraft(store, caller, id, 'manage');
      if (!access.ok) return access;
      const from = access.value.strategy.status ?? 'draft';
      const step = checkStatusStep(from, to.status);
      if (!step.ok) return step;
      if (to.status === 'draft') {
        if (from !== 'draft' && !(await store.strategies.changeStatus(id, from, 'draft')))
          return refuse('changed-meanwhile');
        return ok({ status: 'draft', version: null });
      }
      const title = checkTitle(to.title ?? '');
      if (!title.ok) return title;
      if (to.status === 'adopted') {
        const adoption = checkAdoption(to, access.value.person.name);
        if (!adoption.ok) return adoption;
        const kept = await adopt(access.value, from, { title: title.value, adoption: adoption.value });
        return kept.ok ? ok({ status: 'adopted', version: listedVersion(kept.value) }) : kept;
      }
      if (from !== to.status && !(await store.strategies.changeStatus(id, from, to.status)))
        return refuse('changed-meanwhile');
      const kept = await keepVersion(deps, access.value, { title: title.value, status: to.status });
      return ok({ status: to.status, version: listedVersion(kept) });
    },

    /** Makes the public page of a version, or takes it away; published again, it has another address. */
    async publish(caller: Caller, id: string, versionId: string, published: boolean): Promise<Result<ListedVersion>> {
      const one = await found(caller, id, versionId);
      if (!one.ok) return one;
      const { version } = one.value;
      if (published === Boolean(version.publicKey)) return ok(listedVersion(version));
      const publicKey = published ? newSecret() : null;
      await store.strategies.publishVersion(versionId, publicKey);
      return ok(listedVersion({ ...version, publicKey }));
    },

    /** A new strategy that begins with the text of a version; nothing is written back into the old one. */
    async restore(
      caller: Caller,
      id: string,
      versionId: string,
    ): Promise<Result<{ id: string; draftDocument: string }>> {
      const one = await found(caller, id, versionId);
      if (!one.ok) return one;
      const { strategy, version, person } = one.value;
      const title = restoredTitle(strategy.title, version.title);
      const copy: Strategy = {
        ...{ id: newId(), title, periodStart: strategy.periodStart, periodEnd: strategy.periodEnd },
        ...{ languages: strategy.languages, createdBy: person.id, createdAt: now(), archivedAt: null },
      };
      await store.strategies.insert(copy, fold(title));
      const { content = [] } = JSON.parse(version.content) as Prose;
      if (content.length > 0)
        await live.edit(draftDocumentOf(copy.id), (doc) =>
          doc.transact(() => appendProse(draftFragment(doc), content)),
        );
      return ok({ id: copy.id, draftDocument: draftDocumentOf(copy.id) });
    },

    /** What everybody with the address of a published version reads; no account, nobody's name but that of the strategy. */
    async publicPage(key: string) {
      const version = /^[A-Za-z0-9_-]{22}$/.test(key) ? await store.strategies.publicVersion(key) : null;
      const strategy = version && (await store.strategies.byId(version.strategyId));
      if (!version || !strategy) return refuse('link-unknown');
      const titles = (await store.translations.of('strategy', [strategy.id])).get(strategy.id) ?? {};
      const { status, title, createdAt, hash } = listedVersion(version);
      const { assembly, heldOn, protocol } = version.adoption ?? {};
      return ok({
        strategy: { title: strategy.title, titles, periodStart: strategy.periodStart, periodEnd: strategy.periodEnd },
        language: firstLanguage(strategy.languages),
        version: { title, createdAt, status, hash },
        adoption: assembly && heldOn && protocol ? { assembly, heldOn, protocol } : null,
        content: (JSON.parse(version.content) as Prose).content ?? [],
      });
    },
  };
}

const firstLanguage = (languages: readonly Language[]): Language => languages.find(isLanguage) ?? 'ru';

/** Both titles, as far as they fit. */
function restoredTitle(strategy: string, version: string): string {
  const whole = cleanLine(`${strategy} (${version})`);
  return lengthOf(whole) <= MAX_TITLE ? whole : [...whole].slice(0, MAX_TITLE).join('');
}
