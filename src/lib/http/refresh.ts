/**
 * Reads a page's data again while the server answers. Where it does not, SvelteKit would leave the page for the browser's
 * own "cannot be reached", and a projector has nobody to press "reload".
 */
import { invalidate } from '$app/navigation';

export async function refresh(key: string): Promise<void> {
  try {
    const answer = await fetch('/healthz', { method: 'HEAD', cache: 'no-store' });
    if (!answer.ok) return;
  } catch {
    return;
  }
  await invalidate(key);
}
