/** Styles of served pages under a nonce; a text of somebody's never becomes one. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { placeStyles, styleNonce } from '../../src/lib/http/served-styles.ts';

const page = (body: string): string => `<html><head><script nonce="n1"></script></head><body>${body}</body></html>`;

test('[R80] style attributes become rules under the nonce, each once', () => {
  const html = placeStyles(
    page('<div class="a" style="left: 4px"><i style="left: 4px"></i><b style="top: 1px;"></b></div>'),
  );
  expect(html).not.toContain('style="');
  expect(html).toContain(
    '<style nonce="n1" data-served>[data-served="s0"]{left: 4px}[data-served="s1"]{top: 1px;}</style>',
  );
  expect(html).toContain('<div class="a" data-served="s0"><i data-served="s0"></i><b data-served="s1"></b>');
});

test('[R80] a text that looks like one stays a text, and a value that could end a rule is left out', () => {
  const text = '<p title="a > b">&lt;i style="color: red"> style="color: red"</p>';
  expect(placeStyles(page(text))).toBe(page(text));
  const evil = placeStyles(page('<i style="color: red}body{display: none"></i><i style="x: &lt;/style&gt;"></i>'));
  expect(evil).not.toContain('display: none');
  expect(evil).not.toContain('<style');
});

test('[R80] without a nonce nothing is placed', () => {
  expect(placeStyles('<head></head><i style="left: 1px"></i>')).not.toContain('left');
});

test('[R80] the policy takes the nonce of its scripts for styles, once', () => {
  const policy = "default-src 'self'; script-src 'self' 'nonce-abc'; style-src 'self'; img-src 'self'";
  const with_ = "default-src 'self'; script-src 'self' 'nonce-abc'; style-src 'self' 'nonce-abc'; img-src 'self'";
  expect(styleNonce(policy)).toBe(with_);
  expect(styleNonce(with_)).toBe(with_);
  expect(styleNonce("style-src 'self'")).toBe("style-src 'self'");
});

test("[R80] the one style attribute that the policy allows is that of Kit's announcer", () => {
  const root = readFileSync('node_modules/@sveltejs/kit/src/core/sync/write_root.js', 'utf8');
  const style = /svelte-announcer"[^>]*style="([^"]*)"/.exec(root)?.[1] ?? '';
  const hash = createHash('sha256').update(style).digest('base64');
  expect(readFileSync('svelte.config.js', 'utf8')).toContain(`'sha256-${hash}'`);
});
