/**
 * The pages and the API without a build: a request goes through hooks.server.ts to the door that its path names, as Kit
 * would send it. For tests that want every door there is.
 */
import { isHttpError, isRedirect, type Cookies, type RequestEvent } from '@sveltejs/kit';
import { handle } from '../../src/hooks.server.ts';

type Door = Record<string, ((event: RequestEvent) => unknown) | undefined>;
const SERVERS = import.meta.glob<Door>('../../src/routes/**/+server.ts');
const PAGES = import.meta.glob<Door>('../../src/routes/**/+page.server.ts');
const LAYOUTS = import.meta.glob<Door>('../../src/routes/**/+layout.server.ts');

/** `/api/v1/boards/[id]` for a file. */
const routeOf = (file: string): string =>
  file.replace('../../src/routes', '').replace(/\/\+(server|page\.server|layout\.server)\.ts$/, '') || '/';

function params(route: string, path: string): Record<string, string> | null {
  const names = [...route.matchAll(/\[(\w+)\]/g)].map(([, name]) => name ?? '');
  const found = new RegExp(`^${route.replace(/[.]/g, '\\.').replace(/\[\w+\]/g, '([^/]+)')}$`).exec(path);
  return found && Object.fromEntries(names.map((name, at) => [name, decodeURIComponent(found[at + 1] ?? '')]));
}

/** Names win over parameters, as in Kit. */
function find(files: Record<string, () => Promise<Door>>, path: string) {
  const fits = Object.keys(files).flatMap((file) => {
    const found = params(routeOf(file), path);
    return found ? [{ file, route: routeOf(file), params: found }] : [];
  });
  return fits.sort((a, b) => Object.keys(a.params).length - Object.keys(b.params).length)[0] ?? null;
}

function jar(header: string | null): Cookies {
  const kept = new Map(
    (header ?? '').split(';').flatMap((pair) => {
      const at = pair.indexOf('=');
      return at < 0 ? [] : [[pair.slice(0, at).trim(), pair.slice(at + 1).trim()] as const];
    }),
  );
  return {
    get: (name) => kept.get(name),
    getAll: () => [...kept].map(([name, value]) => ({ name, value })),
    set: (name, value) => void kept.set(name, value),
    delete: (name) => void kept.delete(name),
    serialize: () => '',
  };
}

export interface Ask {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | undefined;
}

const ORIGIN = 'http://localhost';

/** The answer of a door of the API, or of what a page's load functions come to: 200, where they send one, or the error. */
export async function ask(target: string, { method = 'GET', headers = {}, body }: Ask = {}): Promise<Response> {
  const url = new URL(target, ORIGIN);
  const request = new Request(url, {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body }),
  });
  const server = find(SERVERS, url.pathname);
  const page = find(PAGES, url.pathname);
  const met = server ?? page;
  const event = {
    ...{ request, url, params: met?.params ?? {}, route: { id: met?.route ?? null }, locals: {}, platform: undefined },
    cookies: jar(headers['cookie'] ?? null),
    getClientAddress: () => '127.0.0.1',
    setHeaders: () => undefined,
    depends: () => undefined,
    untrack: (read: () => unknown) => read(),
    parent: async () => ({}),
    fetch,
    isDataRequest: false,
    isSubRequest: false,
  } as unknown as RequestEvent;

  async function answer(): Promise<Response> {
    if (server) {
      const door = (await SERVERS[server.file]?.())?.[method];
      return door ? ((await door(event)) as Response) : new Response(null, { status: 405 });
    }
    if (!page) return new Response(null, { status: 404 });
    const module = await PAGES[page.file]?.();
    if (method === 'POST') {
      const name = /^\?\/(\w+)/.exec(url.search)?.[1] ?? 'default';
      const actions = module?.['actions'] as unknown as Door | undefined;
      const done = (await actions?.[name]?.(event)) as { status?: number; data?: unknown } | undefined;
      return Response.json(done?.data ?? {}, { status: done?.status ?? 200 });
    }
    // A page stands inside the layouts above it, unless its name says otherwise.
    for (const file of Object.keys(LAYOUTS).filter(
      (one) => page.route.startsWith(routeOf(one)) || routeOf(one) === '/',
    ))
      if (!/\/screen$/.test(page.route)) await (await LAYOUTS[file]?.())?.['load']?.(event);
    await module?.['load']?.(event);
    return new Response(null, { status: 200 });
  }

  return handle({
    event,
    resolve: async () => {
      try {
        return await answer();
      } catch (thrown) {
        if (isRedirect(thrown))
          return new Response(null, { status: thrown.status, headers: { location: thrown.location } });
        if (isHttpError(thrown)) return new Response(null, { status: thrown.status });
        throw thrown;
      }
    },
  });
}

/** Paths with parameters in brackets. */
export const doors = (): readonly string[] => Object.keys(SERVERS).map(routeOf);
export const pages = (): readonly { readonly route: string; readonly load: () => Promise<Door> }[] =>
  Object.entries(PAGES).map(([file, load]) => ({ route: routeOf(file), load }));
