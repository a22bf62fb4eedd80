/** The audit log for those who answer for the server: read page by page, taken out whole, counted again from the first entry. */
import type { AuditEntry } from '#core/people/audit.ts';
import type { Caller } from '#core/people/caller.ts';
import { ok, type Result } from '#core/result.ts';
import type { Deps } from './deps.ts';
import { accountOf } from './doors.ts';

const PAGE = 100;

/** An entry with the names as they are now; who was erased has none. */
export interface ShownEntry extends AuditEntry {
  readonly actor: string | null;
}

export function audit({ store }: Pick<Deps, 'store'>) {
  return {
    /** Newest first; `before` is the number of the last entry seen. */
    async page(
      caller: Caller,
      query: { readonly before?: number | undefined; readonly actorId?: string | undefined } = {},
    ): Promise<Result<{ items: ShownEntry[]; before: number | null }>> {
      const admin = accountOf(caller, 'audit.read');
      if (!admin.ok) return admin;
      const { before = null, actorId = null } = query;
      const found = await store.audit.page({ before, actorId, limit: PAGE + 1 });
      const names = new Map((await store.accounts.list()).map(({ id, name }) => [id, name]));
      const items = found.slice(0, PAGE).map((entry) => ({ ...entry, actor: names.get(entry.actorId) ?? null }));
      return ok({ items, before: found.length > PAGE ? (items.at(-1)?.seq ?? null) : null });
    },

    /** One JSON object a line, oldest first, as it is stored: whoever has it can count the chain again. */
    async lines(caller: Caller): Promise<Result<string>> {
      const admin = accountOf(caller, 'audit.read');
      if (!admin.ok) return admin;
      const lines: string[] = [];
      for (let from = 0; ;) {
        const part = await store.audit.after(from);
        if (part.length === 0) break;
        for (const entry of part) lines.push(JSON.stringify(entry));
        from = part.at(-1)?.seq ?? from;
      }
      return ok(lines.map((line) => `${line}\n`).join(''));
    },

    /** The first entry that does not fit; null: the chain is whole. */
    async verify(caller: Caller): Promise<Result<{ broken: number | null }>> {
      const admin = accountOf(caller, 'audit.read');
      return admin.ok ? ok({ broken: await store.audit.broken() }) : admin;
    },
  };
}
