/**
 * The contrast of every pair of colours that meets on a screen, computed from the tokens themselves by WCAG 2.2 (1.4.3
 * and 1.4.11): text at least 4.5, controls and the edges of notes at least 3, in both themes. OKLCH is turned into
 * linear sRGB with the matrices of CSS Color 4; what lies outside sRGB is clipped, as a cheap screen would.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync(new URL('../../src/lib/ui/tokens.css', import.meta.url), 'utf8');
type Tokens = ReadonlyMap<string, string>;

function tokensIn(block: string): Tokens {
  return new Map([...block.matchAll(/--([\w-]+):\s*([^;]+);/g)].map((match) => [match[1] ?? '', match[2] ?? '']));
}

const lightBlock = css.slice(0, css.indexOf('@media screen'));
const darkBlocks = css
  .split('/* dark-begin */')
  .slice(1)
  .map((part) => part.slice(0, part.indexOf('/* dark-end */')));
const themes: Record<string, Tokens> = { light: tokensIn(lightBlock), dark: tokensIn(darkBlocks[0] ?? '') };

/** Relative luminance, 0 to 1, of an opaque `oklch(L C H)`. */
function luminance(colour: string): number {
  const match = /^oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)$/.exec(colour);
  if (!match) throw new Error(`not an opaque oklch colour: ${colour}`);
  const [lightness, chroma, hue] = [Number(match[1]), Number(match[2]), (Number(match[3]) * Math.PI) / 180];
  const [a, b] = [chroma * Math.cos(hue), chroma * Math.sin(hue)];
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clip = (value: number) => Math.min(1, Math.max(0, value));
  const red = clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
  const green = clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
  const blue = clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(tokens: Tokens, one: string, other: string): number {
  const [x, y] = [one, other].map((name) => luminance(tokens.get(name) ?? `missing --${name}`));
  return (Math.max(x ?? 0, y ?? 0) + 0.05) / (Math.min(x ?? 0, y ?? 0) + 0.05);
}

const NOTES = ['yellow', 'rose', 'blue', 'green', 'violet', 'grey'].map((name) => `note-${name}`);
const AREAS = ['strengths', 'weaknesses', 'opportunities', 'threats', 'plain'].map((name) => `area-${name}`);
const GROUNDS = ['paper', 'paper-raised', 'paper-sunken', ...AREAS];
const WASHES = ['accent-wash', 'danger-wash', 'good-wash', 'warn-wash'];
const cross = (fronts: string[], grounds: string[]) =>
  fronts.flatMap((front) => grounds.map((g) => [front, g] as const));

const text = [
  ...cross(['ink', 'ink-soft', 'ink-faint'], GROUNDS),
  ...cross(['ink', 'ink-soft'], WASHES),
  ...cross(['accent-ink', 'danger-ink', 'good-ink', 'warn-ink'], GROUNDS),
  ...['accent', 'danger', 'good', 'warn'].flatMap((name) => [
    [`${name}-ink`, `${name}-wash`] as const,
    [`on-${name}`, name] as const,
  ]),
  ['on-accent', 'accent-strong'] as const,
  ['on-danger', 'danger-strong'] as const,
  ...NOTES.map((note) => [`${note}-ink`, note] as const),
  ...AREAS.map((area) => [`${area}-ink`, area] as const),
];

const edges = [
  ...cross(['edge', 'focus', 'accent', 'danger', 'good'], GROUNDS),
  ...cross(['accent', 'focus'], WASHES),
  ...cross(
    NOTES.map((note) => `${note}-edge`),
    GROUNDS,
  ),
  // The corner mark is drawn in the edge's colour upon the note itself; the focus ring lies on notes too.
  ...NOTES.flatMap((note) => [[`${note}-edge`, note] as const, ['focus', note] as const]),
];

describe.each(Object.entries(themes))('%s', (_theme, tokens) => {
  test.each(text)('[U1] text %s on %s is at least 4.5', (front, ground) => {
    expect(contrast(tokens, front, ground)).toBeGreaterThanOrEqual(4.5);
  });
  test.each(edges)('[U1] %s against %s is at least 3', (front, ground) => {
    expect(contrast(tokens, front, ground)).toBeGreaterThanOrEqual(3);
  });
});

test('[U2] the dark theme chosen by hand is the one that follows the system, and names what the light one names', () => {
  expect(darkBlocks).toHaveLength(2);
  expect([...tokensIn(darkBlocks[1] ?? '')]).toEqual([...tokensIn(darkBlocks[0] ?? '')]);
  expect([...(themes['dark'] ?? new Map()).keys()]).toEqual([...(themes['light'] ?? new Map()).keys()]);
});
