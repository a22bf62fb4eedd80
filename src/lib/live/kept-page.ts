/** What the service worker keeps of the participant's page for a reload without network; nothing where there is none. */

const worker = (): ServiceWorkerContainer | undefined =>
  'serviceWorker' in navigator ? navigator.serviceWorker : undefined;

/** The page and the files that it loaded so far; once, when the page has time. */
export async function keepPage(): Promise<void> {
  const registration = await worker()?.ready;
  const files = performance.getEntriesByType('resource').map(({ name }) => name);
  registration?.active?.postMessage({
    keep: [location.pathname, ...files.filter((name) => name.includes('/_app/immutable/'))],
  });
}

/** Whoever leaves this device leaves no page behind. */
export function forgetPage(workshopId: string): void {
  worker()?.controller?.postMessage({ forget: `/w/${workshopId}` });
}
