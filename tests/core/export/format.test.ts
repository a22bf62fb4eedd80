import { describe, expect, test } from 'vitest';
import {
  formatDate,
  formatDateTime,
  formatIsoDay,
  formatLongDate,
  formatNumber,
  formatPercent,
  formatPeriod,
  formatTime,
} from '#core/export/format.ts';

const BISHKEK = 'Asia/Bishkek';
/** 19:30 UTC on 8 March is 01:30 on 9 March in Bishkek. */
const LATE = Date.UTC(2020, 2, 8, 19, 30);

describe('dates', () => {
  test('[D4] a date is written dd.MM.yyyy in the time zone of the workshop', () => {
    expect(formatDate(LATE, BISHKEK)).toBe('09.03.2020');
    expect(formatDate(LATE, 'UTC')).toBe('08.03.2020');
    expect(formatDateTime(LATE, BISHKEK)).toBe('09.03.2020, 01:30');
    expect(formatTime('2020-03-09T18:05:00Z', BISHKEK)).toBe('00:05');
    expect(formatIsoDay(LATE, BISHKEK)).toBe('2020-03-09');
  });

  test('[D4] a day of the calendar is the same day in every time zone', () => {
    for (const zone of [BISHKEK, 'UTC', 'America/Los_Angeles', 'Pacific/Kiritimati'])
      expect(formatDate('2020-03-09', zone)).toBe('09.03.2020');
  });

  test('[D4] a long date uses the words of its language, whatever locale data the machine has', () => {
    expect(formatLongDate('2020-03-09', 'ky', BISHKEK)).toBe('9-март, 2020-ж.');
    expect(formatLongDate('2020-03-09', 'ru', BISHKEK).replaceAll('\u00A0', ' ')).toBe('9 марта 2020 г.');
    expect(formatLongDate('2020-03-09', 'en', BISHKEK).replaceAll('\u00A0', ' ')).toBe('9 March 2020');
    expect(formatLongDate('2026-12-31', 'ky', BISHKEK)).toBe('31-декабрь, 2026-ж.');
  });

  test('[D4] what is no date is empty, and an unknown time zone costs nobody the document', () => {
    expect(formatDate(Number.NaN, BISHKEK)).toBe('');
    expect(formatLongDate('yesterday', 'ru', BISHKEK)).toBe('');
    expect(formatDate(LATE, 'Mars/Olympus')).toBe('08.03.2020');
  });

  test('[D4] a period within a day names the day once', () => {
    const from = Date.UTC(2020, 2, 9, 9, 5);
    expect(formatPeriod(from, from + 900_000, BISHKEK)).toBe('09.03.2020, 15:05–15:20');
    expect(formatPeriod(from, from + 86_400_000, BISHKEK)).toBe('09.03.2020, 15:05 – 10.03.2020, 15:05');
    expect(formatPeriod(null, from, BISHKEK)).toBe('09.03.2020, 15:05');
    expect(formatPeriod(null, null, BISHKEK)).toBe('');
  });
});

describe('numbers', () => {
  test('[D4] Kyrgyz and Russian numbers have a comma and no-break spaces, English ones a point and commas', () => {
    expect(formatNumber(1234567.5, 'ky', 2)).toBe('1\u00A0234\u00A0567,5');
    expect(formatNumber(1234567.5, 'ru', 2)).toBe('1\u00A0234\u00A0567,5');
    expect(formatNumber(1234567.5, 'en', 2)).toBe('1,234,567.5');
    expect(formatNumber(2020, 'ru')).toBe('2020');
    expect(formatNumber(-3, 'ru')).toBe('\u22123');
    expect(formatNumber(-0.001, 'ru', 2)).toBe('0');
    expect(formatNumber(Number.NaN, 'en')).toBe('');
  });

  test('[D4] shares of a column have the same number of digits', () => {
    expect(formatPercent(0.23, 'ru', 1)).toBe('23,0\u00A0%');
    expect(formatPercent(0.125, 'en', 1)).toBe('12.5%');
    expect(formatPercent(1, 'ky')).toBe('100\u00A0%');
  });
});
