/** What the secretariat does with one kept version: its public page, and a new draft out of it. */
import { goto } from '$app/navigation';
import { resolve } from '$app/paths';
import { api } from '$lib/http/api.ts';
import { toast } from '$lib/ui/toast.ts';
import { m } from '#messages/messages.js';
import type { ListedVersion } from './versions.ts';

export async function publish(
  strategyId: string,
  { id }: ListedVersion,
  published: boolean,
): Promise<ListedVersion | null> {
  const answer = await api<ListedVersion>('POST', `/strategies/${strategyId}/versions/${id}/publish`, { published });
  if (!answer.ok) {
    toast(answer.failure.message, { tone: 'warn' });
    return null;
  }
  toast(published ? m.draft_version_published() : m.draft_version_unpublished(), { tone: 'good' });
  return answer.value;
}

/** Opens the new draft. */
export async function restore(strategyId: string, { id }: ListedVersion): Promise<void> {
  const answer = await api<{ id: string }>('POST', `/strategies/${strategyId}/versions/${id}/restore`);
  if (answer.ok) await goto(resolve(`/strategies/${answer.value.id}`));
  else toast(answer.failure.message, { tone: 'warn' });
}
