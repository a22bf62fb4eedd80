/// <reference types="@sveltejs/kit" />
/// <reference no-default-lib="true" />
/// <reference lib="esnext" />
/// <reference lib="webworker" />
/**
 * A participant's page without network: its files and its last state are kept on the device, so that a reload in a dead
 * spot still shows the board and what was typed. Browsers allow this on https and localhost only; on plain http in a
 * hall everything works as before, except that a reload needs the network.
 */
import { build, version } from '$service-worker';

const worker = globalThis as unknown as ServiceWorkerGlobalScope;
const PAGES = 'ashar-pages';
const ASSETS = `ashar-assets-${version}`;
/** A page that the network has not brought by then is shown as it was last. */
const PATIENCE_MS = 6_000;

const isAsset = (url: URL): boolean => url.pathname.startsWith('/_app/immutable/');
/** The participant's page alone: those of who leads hold what a device should not keep. */
const isPage = (url: URL): boolean => /^\/w\/[\w-]+$/.test(url.pathname);
const pageKey = (url: URL): string => url.origin + url.pathname;

worker.addEventListener('install', () => void worker.skipWaiting());

worker.addEventListener('activate', (event) => {
  const tidy = async (): Promise<void> => {
    const mine = (await caches.keys()).filter((name) => name.startsWith('ashar-assets-'));
    // The version before stays: a page that was open when the server changed still finds its files.
    const old = mine.filter((name) => name !== ASSETS).slice(0, -1);
    await Promise.all(old.map((name) => caches.delete(name)));
  };
  event.waitUntil(tidy());
});

async function asset(request: Request): Promise<Response> {
  const kept = await caches.match(request);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) await (await caches.open(ASSETS)).put(request, response.clone());
  return response;
}

async function page(request: Request, url: URL): Promise<Response> {
  const pages = await caches.open(PAGES);
  const fresh = fetch(request).then(async (response) => {
    if (response.ok && !response.redirected) await pages.put(pageKey(url), response.clone());
    return response;
  });
  const kept = await pages.match(pageKey(url));
  if (!kept) return fresh;
  const late = new Promise<Response>((resolve) => setTimeout(() => resolve(kept), PATIENCE_MS));
  return Promise.race([fresh.catch(() => kept), late]);
}

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== worker.location.origin) return;
  if (isAsset(url)) event.respondWith(asset(request));
  else if (request.mode === 'navigate' && isPage(url)) event.respondWith(page(request, url));
});

/** `{keep}`: what a page loaded before there was a worker. `{forget}`: the page of somebody who left this device. */
worker.addEventListener('message', (event) => {
  const said = event.data as { keep?: readonly string[]; forget?: string } | null;
  const keep = async (address: string): Promise<void> => {
    const url = new URL(address, worker.location.origin);
    if (url.origin !== worker.location.origin) return;
    if (isAsset(url) && build.includes(url.pathname)) await asset(new Request(url));
    else if (isPage(url)) await page(new Request(pageKey(url), { credentials: 'same-origin' }), url);
  };
  const forget = async (path: string): Promise<void> => {
    await (await caches.open(PAGES)).delete(worker.location.origin + path);
  };
  const work = [...(said?.keep ?? []).map(keep), ...(said?.forget === undefined ? [] : [forget(said.forget)])];
  event.waitUntil(Promise.allSettled(work));
});
