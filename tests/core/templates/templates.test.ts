/** Templates are data: what every one of them must have. */
import { describe, expect, it } from 'vitest';
import { isBoardId } from '#core/board/schema.ts';
import { LANGUAGES } from '#core/people/caller.ts';
import { checkEmail, checkName, checkTitle, fold, lengthOf } from '#core/people/names.ts';
import { templateById, TEMPLATES, zonesOf } from '#core/templates/index.ts';

describe.each(TEMPLATES.map((template) => [template.id, template] as const))('template %s', (_, template) => {
  it('[S5] says everything in three languages', () => {
    const words = [
      template.name,
      template.about,
      ...template.zones.map(({ name }) => name),
      ...template.stages.map(({ title }) => title),
    ];
    for (const said of words) {
      for (const language of LANGUAGES) expect(said[language].trim()).not.toBe('');
      expect(said.en).not.toMatch(/\p{Script=Cyrillic}/u);
    }
  });

  it('[S5] has areas with ids of their own and a stage in which people write', () => {
    const ids = zonesOf(template.id);
    expect(ids.every(isBoardId)).toBe(true);
    expect(new Set(ids).size).toBe(ids.length);
    expect(template.stages.some(({ kind }) => kind === 'collect')).toBe(true);
    expect(template.stages.every(({ minutes }) => Number.isInteger(minutes) && minutes > 0)).toBe(true);
  });
});

it('[S5] the templates that scripts rely on are there', () => {
  const ids = ['swot', 'tows', 'situation', 'programme-review', 'pestle', 'priorities', 'blank'];
  expect(ids.filter((id) => templateById(id) === null)).toEqual([]);
  expect(zonesOf('swot')).toEqual(['strengths', 'weaknesses', 'opportunities', 'threats']);
  expect(zonesOf('situation')).toEqual(['achievements', 'problems', 'resources']);
  expect(zonesOf('nothing')).toEqual([]);
  expect(templateById('__proto__')).toBeNull();
});

describe('names', () => {
  const code = (result: { ok: boolean; refusal?: { code: string } }) => (result.ok ? 'ok' : result.refusal?.code);

  it('[R1] a name is 1 to 120 letters, counted as people count them', () => {
    expect(code(checkName('Ү'.repeat(120)))).toBe('ok');
    expect(code(checkName('😀'.repeat(120)))).toBe('ok');
    expect(code(checkName('Ү'.repeat(121)))).toBe('name-too-long');
    expect(code(checkName('x'.repeat(10_000)))).toBe('name-too-long');
    expect(code(checkTitle('x'.repeat(10_000)))).toBe('title-too-long');
    for (const empty of ['', '   ', '\u200B', '\u202E\u2066', '\u0000\t'])
      expect(code(checkName(empty))).toBe('name-needed');
    expect(lengthOf('😀ң')).toBe(2);
  });

  it('[R1] what cannot be seen is taken out, what can be seen stays', () => {
    expect(checkName(' \u202EАйыл\u200B  өкмөтү\u0007 ')).toEqual({ ok: true, value: 'Айыл өкмөтү' });
    expect(checkName('и\u0306 ')).toEqual({ ok: true, value: 'й' });
    expect(checkName('👩\u200D🌾')).toEqual({ ok: true, value: '👩\u200D🌾' });
    expect(checkName('«Голос граждан…»: O’Neil')).toEqual({ ok: true, value: '«Голос граждан…»: O’Neil' });
  });

  it('[R2] search and doubles do not need ң, ө, ү or ё', () => {
    expect(fold('  КӨЙГӨЙЛӨР  Үчүн ')).toBe(fold('койгойлор учун'));
    expect(fold('Ёлка ң')).toBe('елка н');
    expect(fold('Гамсумо')).not.toBe(fold('Гамсум'));
  });

  it('[R3] an address has a name, an at and a host', () => {
    expect(checkEmail(' Director@Example.KG ')).toEqual({ ok: true, value: 'director@example.kg' });
    for (const bad of ['', 'x', '@x.kg', 'x@', 'a b@x.kg', 'x@x..kg', 'x@x.kg, y@x.kg', `${'x'.repeat(300)}@x.kg`])
      expect(code(checkEmail(bad))).toBe('email-invalid');
  });
});
