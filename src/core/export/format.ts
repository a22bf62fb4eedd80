/**
 * Dates and numbers as people here write them, the same in the browser, on the server and in every document. Chromium has
 * no Kyrgyz locale data and Node's Kyrgyz short date is wrong, so only the calendar parts come from `Intl` (always in
 * 'en-GB', always in a named time zone) and the words from this page.
 */
import type { Language } from '../people/caller.ts';

/** Epoch milliseconds, or ISO 8601. `2020-03-09` alone is a day of the calendar, the same in every time zone. */
export type Moment = number | string;

const MONTHS: Record<Language, readonly string[]> = {
  ky: [
    'январь',
    'февраль',
    'март',
    'апрель',
    'май',
    'июнь',
    'июль',
    'август',
    'сентябрь',
    'октябрь',
    'ноябрь',
    'декабрь',
  ],
  ru: [
    'января',
    'февраля',
    'марта',
    'апреля',
    'мая',
    'июня',
    'июля',
    'августа',
    'сентября',
    'октября',
    'ноября',
    'декабря',
  ],
  en: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
};

const NBSP = '\u00A0';

interface Parts {
  readonly year: string;
  readonly month: string;
  readonly day: string;
  readonly hour: string;
  readonly minute: string;
}

const calendars = new Map<string, Intl.DateTimeFormat>();

function calendarIn(timeZone: string): Intl.DateTimeFormat {
  const known = calendars.get(timeZone);
  if (known) return known;
  const options = {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  } as const;
  let made: Intl.DateTimeFormat;
  try {
    made = new Intl.DateTimeFormat('en-GB', { ...options, timeZone });
  } catch {
    // A zone that this machine's tables lack must not cost anybody the document.
    made = new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' });
  }
  calendars.set(timeZone, made);
  return made;
}

function partsOf(moment: Moment, timeZone: string): Parts | null {
  const day = typeof moment === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(moment);
  const date = new Date(moment);
  if (Number.isNaN(date.getTime())) return null;
  const parts = calendarIn(day ? 'UTC' : timeZone).formatToParts(date);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? '';
  return { year: part('year'), month: part('month'), day: part('day'), hour: part('hour'), minute: part('minute') };
}

/** 09.03.2020, in all three languages; '' for what is no date. */
export function formatDate(moment: Moment, timeZone: string): string {
  const parts = partsOf(moment, timeZone);
  return parts ? `${parts.day}.${parts.month}.${parts.year}` : '';
}

/** 14:05 */
export function formatTime(moment: Moment, timeZone: string): string {
  const parts = partsOf(moment, timeZone);
  return parts ? `${parts.hour}:${parts.minute}` : '';
}

/** '09.03.2020, 14:05–14:20'; both days where they differ, one moment where the other is unknown, '' for neither. */
export function formatPeriod(from: Moment | null, to: Moment | null, timeZone: string): string {
  const [start, end] = [from, to].map((moment) => (moment === null ? '' : formatDateTime(moment, timeZone)));
  if (!start || !end) return start || end || '';
  const sameDay = from !== null && to !== null && formatDate(from, timeZone) === formatDate(to, timeZone);
  return sameDay ? `${start}–${formatTime(to, timeZone)}` : `${start} – ${end}`;
}

/** 09.03.2020, 14:05 */
export function formatDateTime(moment: Moment, timeZone: string): string {
  const parts = partsOf(moment, timeZone);
  return parts ? `${parts.day}.${parts.month}.${parts.year}, ${parts.hour}:${parts.minute}` : '';
}

/** 2020-03-09, for file names. */
export function formatIsoDay(moment: Moment, timeZone: string): string {
  const parts = partsOf(moment, timeZone);
  return parts ? `${parts.year}-${parts.month}-${parts.day}` : '';
}

/** '9-март, 2020-ж.' · '9 марта 2020 г.' · '9 March 2020' */
export function formatLongDate(moment: Moment, language: Language, timeZone: string): string {
  const parts = partsOf(moment, timeZone);
  if (!parts) return '';
  const day = Number(parts.day);
  const month = MONTHS[language][Number(parts.month) - 1] ?? '';
  if (language === 'ky') return `${day}-${month}, ${parts.year}-ж.`;
  if (language === 'ru') return `${day}${NBSP}${month} ${parts.year}${NBSP}г.`;
  return `${day}${NBSP}${month} ${parts.year}`;
}

/**
 * 12 345,6 (ky, ru: thousands by a no-break space from 10,000 up) · 12,345.6 (en).
 * @param digits most digits after the point; trailing zeros are left out.
 */
export function formatNumber(value: number, language: Language, digits = 0): string {
  return written(value, language, digits, false);
}

function written(value: number, language: Language, digits: number, zeros: boolean): string {
  if (!Number.isFinite(value)) return '';
  const fixed = Math.abs(value).toFixed(digits);
  const [whole = '0', rest = ''] = fixed.split('.');
  const fraction = zeros ? rest : rest.replace(/0+$/, '');
  const grouped =
    whole.length < 5 && language !== 'en' ? whole : whole.replace(/\B(?=(\d{3})+$)/g, language === 'en' ? ',' : NBSP);
  const point = language === 'en' ? '.' : ',';
  const sign = value < 0 && Number(fixed) !== 0 ? '\u2212' : '';
  return `${sign}${grouped}${fraction ? point + fraction : ''}`;
}

/**
 * 0.125 → '12,5 %' (ky, ru) · '12.5%' (en).
 * @param digits digits after the point, kept even where they are zeros: a column of shares lines up.
 */
export function formatPercent(share: number, language: Language, digits = 0): string {
  const number = written(share * 100, language, digits, true);
  if (number === '') return '';
  return language === 'en' ? `${number}%` : `${number}${NBSP}%`;
}
