/**
 * Styles that a page is served with, without `unsafe-inline`: what stands in `style` attributes of the server's HTML (a
 * browser would refuse it) goes into one style element that bears the request's nonce. The page's script sets the same
 * values by itself when it takes over, and the element goes.
 */
const TAG = /<[a-z][a-z0-9-]*(?:\s+[^\s"'<>/=]+(?:="[^"]*")?)*\s*\/?>/gi;
const STYLE = /\sstyle="([^"]*)"/i;
/** What could end a rule or the element; no value of ours has it. */
const UNSAFE = /[{}<>@\\]/;
const MARK = 'data-served';

const plain = (value: string): string =>
  value
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

/** The HTML without `style` attributes, and with what they said under `nonce` before the end of its head. */
export function placeStyles(html: string): string {
  const places = new Map<string, string>();
  const placed = html.replace(TAG, (tag) =>
    tag.replace(STYLE, (_, value: string) => {
      const rule = plain(value);
      if (UNSAFE.test(rule)) return '';
      const place = places.get(rule) ?? `s${places.size}`;
      places.set(rule, place);
      return ` ${MARK}="${place}"`;
    }),
  );
  const nonce = /\bnonce="([^"]+)"/.exec(html)?.[1];
  if (places.size === 0 || nonce === undefined) return placed;
  const rules = [...places].map(([rule, place]) => `[${MARK}="${place}"]{${rule}}`).join('');
  return placed.replace('</head>', () => `<style nonce="${nonce}" ${MARK}>${rules}</style></head>`);
}

/** The policy with the nonce that its scripts have for style elements too. */
export function styleNonce(policy: string): string {
  const nonce = /'nonce-[^']+'/.exec(policy)?.[0];
  return nonce === undefined || policy.includes(`style-src 'self' ${nonce}`)
    ? policy
    : policy.replace("style-src 'self'", `style-src 'self' ${nonce}`);
}
