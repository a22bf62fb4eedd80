import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanLine, cleanLink, cleanText } from '#core/export/text.ts';
import { KYRGYZ_LETTERS } from '../../render/source.ts';

test('[D3] every Kyrgyz letter, emoji families and letters of any script stay as they are', () => {
  for (const text of [
    KYRGYZ_LETTERS,
    'Өнүгүү стратегиясы: күчтүү жактар',
    '👨‍👩‍👧‍👦 🇰🇬 👍🏽 ✅️',
    'العربية עברית 中文 ქართული',
    'ﬁ №5 – «—» …\t|',
  ])
    expect(cleanText(text)).toBe(text);
});

test('[D3] control characters, half pairs, direction overrides and zero-width spaces go, letters around them stay', () => {
  expect(cleanText('а\u0000б\u0008в\u001Bг\u007Fд\uFFFEе\uD800ж')).toBe('абвгдеж');
  expect(cleanText('да\u202Eтен\u202C \u2066x\u2069\u200F\u061C')).toBe('датен x');
  expect(cleanText('со\u200Bюз\uFEFF')).toBe('союз');
  expect(cleanText('a\r\nb\rc\u2028d\u0085e')).toBe('a\nb\nc\nd\ne');
  expect(cleanLine('  два \n  слова ')).toBe('два слова');
});

test('[D3] cleaning is idempotent and leaves nothing that XML 1.0 cannot hold', () => {
  const valid = /^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u;
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      const clean = cleanText(text);
      expect(cleanText(clean)).toBe(clean);
      expect(clean).toMatch(valid);
    }),
  );
});

test('[D3] only addresses that lead to a page, a mailbox or a telephone may be followed', () => {
  expect(cleanLink('https://gov.kg/ky?a=1&b=2')).toBe('https://gov.kg/ky?a=1&b=2');
  expect(cleanLink('mailto:office@example.org')).toBe('mailto:office@example.org');
  for (const bad of [
    'javascript:alert(1)',
    'file:///etc/passwd',
    'data:text/html,x',
    '\\\\host\\share',
    'https://',
    'ht\ntps://x y',
  ])
    expect(cleanLink(bad)).toBeNull();
});
