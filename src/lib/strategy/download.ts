/** A document from the server into the person's downloads: waits for the whole of it, so that a refusal is a sentence, not a page. */
import { m } from '#messages/messages.js';

export type Downloaded =
  { readonly ok: true; readonly name: string } | { readonly ok: false; readonly message: string };

/** The name that the server gave the file (RFC 6266, the UTF-8 form first). */
function nameIn(disposition: string | null, otherwise: string): string {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '')?.[1];
  try {
    if (encoded) return decodeURIComponent(encoded);
  } catch {
    // A name that cannot be decoded is only a name.
  }
  return /filename="([^"]+)"/i.exec(disposition ?? '')?.[1] ?? otherwise;
}

export async function download(path: string, otherwise: string): Promise<Downloaded> {
  try {
    const response = await fetch(path);
    if (!response.ok) {
      const body = (await response.json().catch(() => null)) as { error?: { message?: string } } | null;
      return { ok: false, message: body?.error?.message ?? m.ui_error_title() };
    }
    const name = nameIn(response.headers.get('content-disposition'), otherwise);
    const address = URL.createObjectURL(await response.blob());
    const link = document.createElement('a');
    link.href = address;
    link.download = name;
    document.body.append(link);
    link.click();
    link.remove();
    // Some browsers read the address only after the click has ended.
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
    return { ok: true, name };
  } catch {
    return { ok: false, message: m.ui_no_connection() };
  }
}
