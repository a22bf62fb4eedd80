/**
 * A document that takes a while, for whoever waits at a screen: with `Accept: application/x-ndjson` the answer is a line for
 * each step, then the file, over the one connection that also calls it off by closing. Everybody else gets the file.
 */
import type { RequestEvent } from '@sveltejs/kit';
import type { Refusal, Result } from '#core/result.ts';
import { sentence } from '$lib/i18n/refusal.ts';
import { answerFile } from './file.ts';

interface Written {
  readonly body: Uint8Array | string;
  readonly type: string;
  readonly fileName: string;
  readonly disposition: string;
}

interface Watching {
  readonly signal: AbortSignal;
  readonly onShare?: (share: number) => void;
}

const NDJSON = 'application/x-ndjson';

export async function answerWatched(
  event: RequestEvent,
  write: (watching: Watching) => Promise<Result<Written>>,
): Promise<Response> {
  if (!event.request.headers.get('accept')?.includes(NDJSON))
    return answerFile(event, await write({ signal: event.request.signal }));
  const gone = new AbortController();
  event.request.signal.addEventListener('abort', () => gone.abort(), { once: true });
  const lines = new ReadableStream<Uint8Array>({
    async start(stream) {
      const tell = (line: object): void => {
        if (!gone.signal.aborted) stream.enqueue(new TextEncoder().encode(`${JSON.stringify(line)}\n`));
      };
      const refuse = (refusal: Refusal): void =>
        tell({ error: { code: refusal.code, message: sentence(refusal, event.locals.language) } });
      let told = -1;
      const onShare = (share: number): void => {
        if (share - told < 0.01) return;
        told = share;
        tell({ share: Math.round(share * 100) / 100 });
      };
      try {
        onShare(0);
        const written = await write({ signal: gone.signal, onShare });
        if (written.ok) {
          const { fileName, type, body } = written.value;
          tell({ file: { name: fileName, type, base64: Buffer.from(body).toString('base64') } });
        } else refuse(written.refusal);
      } catch (error) {
        // The status has gone out already: what failed is told on the line, and kept for those who look after the server.
        event.locals.app.log.error({ err: error }, 'a document was not written');
        refuse({ code: 'unexpected' });
      }
      if (!gone.signal.aborted) stream.close();
    },
    cancel: () => gone.abort(),
  });
  return new Response(lines, { headers: { 'content-type': NDJSON, 'cache-control': 'no-store' } });
}
