/**
 * Strategies from their creation to their tombstone, and what a page shows of one. The text itself is the document
 * `draft/<id>`; what goes into it and its versions are in drafts.ts.
 */
import { newId } from '#core/ids.ts';
import type { Caller, Language } from '#core/people/caller.ts';
import { may, type Action } from '#core/people/policy.ts';
import { checkTitle, fold } from '#core/people/names.ts';
import { ok, refuse, type Result } from '#core/result.ts';
import { dutyAllows } from '#core/strategy/duty.ts';
import { appendProse, draftFragment, readDraft } from '#core/strategy/fragment.ts';
import type { Strategy } from '../store/strategies.ts';
import type { Deps } from './deps.ts';
import { accountOf } from './doors.ts';
import { draftDocumentOf, enterDraft } from './draft-doors.ts';
import { listed } from './snapshots.ts';
import { listedVersion } from './versions.ts';

export interface NewStrategy {
  readonly title: string;
  /** First and last calendar year. */
  readonly periodStart: number;
  readonly periodEnd: number;
  readonly languages: readonly Language[];
}

const PAGE = 50;
const FIRST_YEAR = 1990;
const LAST_YEAR = 2200;

function checkPeriod(start: number, end: number): Result<null> {
  const years = [start, end].every((year) => Number.isInteger(year) && year >= FIRST_YEAR && year <= LAST_YEAR);
  return years && start <= end ? ok(null) : refuse('period-invalid');
}

const head = ({ id, title, periodStart, periodEnd, languages, createdAt, archivedAt, status = 'draft' }: Strategy) => ({
  ...{ id, title, periodStart, periodEnd, languages },
  draftDocument: draftDocumentOf(id),
  createdAt: new Date(createdAt).toISOString(),
  archived: archivedAt !== null,
  status,
});

export function strategies({ store, live, now }: Deps) {
  async function known(caller: Caller, id: string, action: Action): Promise<Result<Strategy>> {
    const account = accountOf(caller, action);
    if (!account.ok) return account;
    const strategy = await store.strategies.byId(id);
    return strategy ? ok(strategy) : refuse('not-found');
  }

  async function begin(accountId: string, input: NewStrategy): Promise<Result<{ id: string; draftDocument: string }>> {
    const title = checkTitle(input.title);
    if (!title.ok) return title;
    const period = checkPeriod(input.periodStart, input.periodEnd);
    if (!period.ok) return period;
    const languages = input.languages.length > 0 ? [...new Set(input.languages)] : (['ky', 'ru'] as const);
    const id = newId();
    await store.strategies.insert(
      {
        ...{ id, title: title.value, periodStart: input.periodStart, periodEnd: input.periodEnd, languages },
        ...{ createdBy: accountId, createdAt: now(), archivedAt: null },
      },
      fold(title.value),
    );
    return ok({ id, draftDocument: draftDocumentOf(id) });
  }

  return {
    async create(caller: Caller, input: NewStrategy): Promise<Result<{ id: string; draftDocument: string }>> {
      const account = accountOf(caller, 'strategy.create');
      return account.ok ? begin(account.value.accountId, input) : account;
    },

    /** The same by anybody of the crew: a file that is brought in makes its strategy along with the workshop. */
    async start(caller: Caller, input: NewStrategy): Promise<Result<{ id: string; draftDocument: string }>> {
      const account = accountOf(caller, 'strategy.bring');
      return account.ok ? begin(account.value.accountId, input) : account;
    },

    async list(caller: Caller, query: { readonly q?: string; readonly cursor?: string; readonly archived?: boolean }) {
      const account = accountOf(caller, 'strategy.see');
      if (!account.ok) return account;
      const found = await store.strategies.list({
        search: fold(query.q ?? ''),
        archived: query.archived ?? false,
        after: query.cursor ?? null,
        limit: PAGE + 1,
      });
      const shown = found.slice(0, PAGE);
      return ok({ items: shown.map(head), cursor: found.length > PAGE ? (shown.at(-1)?.id ?? null) : null });
    },

    /** Everything the page of a strategy shows beside the text. */
    async view(caller: Caller, id: string) {
      const access = await enterDraft(store, caller, id, 'see');
      if (!access.ok) return access;
      const { strategy, duty } = access.value;
      const workshopIds = await store.strategies.workshopIds(id);
      const [inserts, versions, snapshots, titles] = await Promise.all([
        store.strategies.inserts(id),
        store.strategies.versions(id),
        store.snapshots.inWorkshops(workshopIds),
        store.translations.of('strategy', [id]),
      ]);
      const workshops = await Promise.all(workshopIds.map((workshopId) => store.workshops.byId(workshopId)));
      const inserted = await Promise.all(inserts.map(({ snapshotId }) => store.snapshots.byId(snapshotId)));
      return ok({
        ...head(strategy),
        titles: titles.get(id) ?? {},
        duty,
        mayEdit: dutyAllows(duty, 'write', strategy.status ?? 'draft') === null,
        workshops: workshops.flatMap((workshop) =>
          workshop
            ? [{ id: workshop.id, title: workshop.title, titles: workshop.titles, heldOn: workshop.heldOn }]
            : [],
        ),
        /** What may be inserted: the snapshots of the strategy's workshops, newest first. */
        snapshots: snapshots.map(listed),
        inserts: inserts.map(({ snapshotId, insertedAt }, at) => ({
          snapshotId,
          title: inserted[at]?.title ?? '',
          hash: inserted[at]?.hash ?? '',
          workshopId: inserted[at]?.workshopId ?? null,
          insertedAt: new Date(insertedAt).toISOString(),
        })),
        versions: versions.map(listedVersion),
      });
    },

    async change(caller: Caller, id: string, input: Partial<NewStrategy>): Promise<Result<null>> {
      const strategy = await known(caller, id, 'strategy.change');
      if (!strategy.ok) return strategy;
      const next = { ...strategy.value, ...input };
      const title = checkTitle(next.title);
      if (!title.ok) return title;
      const period = checkPeriod(next.periodStart, next.periodEnd);
      if (!period.ok) return period;
      const { periodStart, periodEnd, languages } = next;
      await store.strategies.change(id, {
        title: title.value,
        titleNorm: fold(title.value),
        periodStart,
        periodEnd,
        languages,
      });
      return ok(null);
    },

    /** The same strategy with a copy of its text; versions and what was inserted stay with the first. */
    async duplicate(caller: Caller, id: string): Promise<Result<{ id: string; draftDocument: string }>> {
      const strategy = await known(caller, id, 'strategy.duplicate');
      if (!strategy.ok) return strategy;
      const copy = await begin(caller.account?.accountId ?? '', strategy.value);
      if (!copy.ok) return copy;
      const text = await live.read(draftDocumentOf(id), readDraft);
      if (text.content && text.content.length > 0)
        await live.edit(copy.value.draftDocument, (doc) =>
          doc.transact(() => appendProse(draftFragment(doc), text.content ?? [])),
        );
      return copy;
    },

    async archive(caller: Caller, id: string, archived: boolean): Promise<Result<null>> {
      const strategy = await known(caller, id, 'strategy.archive');
      if (!strategy.ok) return strategy;
      await store.strategies.archive(id, archived ? now() : null);
      return ok(null);
    },

    /** Leaves a tombstone; the text is no longer served to anybody, old copies on devices are refused. */
    async remove(caller: Caller, id: string): Promise<Result<null>> {
      const strategy = await known(caller, id, 'strategy.archive');
      if (!strategy.ok) return strategy;
      if (!may(caller, 'strategy.delete') && strategy.value.createdBy !== caller.account?.accountId)
        return refuse('forbidden');
      await store.strategies.remove(id, now());
      await live.forget(draftDocumentOf(id));
      return ok(null);
    },
  };
}
