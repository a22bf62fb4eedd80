/**
 * A document from the server into the person's downloads: waits for the whole of it, so that a refusal is a sentence, not a
 * page. How far it is comes over the same connection (src/routes/api/v1/watched.ts), and closing that calls it off.
 */
import { m } from '#messages/messages.js';

export type Downloaded =
  { readonly ok: true; readonly name: string } | { readonly ok: false; readonly message: string };

interface Watching {
  readonly signal?: AbortSignal;
  /** 0 to 1. */
  readonly onShare?: (share: number) => void;
}

interface Line {
  readonly share?: number;
  readonly file?: { readonly name: string; readonly type: string; readonly base64: string };
  readonly error?: { readonly message?: string };
}

export async function download(path: string, { signal, onShare }: Watching = {}): Promise<Downloaded> {
  const failed = (message: string | undefined): Downloaded => ({ ok: false, message: message ?? m.ui_error_title() });
  try {
    const response = await fetch(path, { headers: { accept: 'application/x-ndjson' }, ...(signal && { signal }) });
    if (!response.ok || !response.body)
      return failed(((await response.json().catch(() => null)) as Line | null)?.error?.message);
    for await (const line of linesOf(response.body)) {
      if (line.share !== undefined) onShare?.(line.share);
      if (line.error) return failed(line.error.message);
      if (line.file) {
        keep(line.file);
        return { ok: true, name: line.file.name };
      }
    }
    return failed(m.ui_no_connection());
  } catch {
    return failed(signal?.aborted ? '' : m.ui_no_connection());
  }
}

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Line> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let waiting = '';
  for (;;) {
    const { done, value } = await reader.read();
    waiting += decoder.decode(value, { stream: !done });
    const lines = waiting.split('\n');
    waiting = lines.pop() ?? '';
    for (const line of lines) if (line !== '') yield JSON.parse(line) as Line;
    if (done) return;
  }
}

function keep({ name, type, base64 }: { name: string; type: string; base64: string }): void {
  const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
  const address = URL.createObjectURL(new Blob([bytes], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // Some browsers read the address only after the click has ended.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
