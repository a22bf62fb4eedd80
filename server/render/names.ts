/**
 * Names of downloaded files. The title is somebody's text: it must name a file on Windows, macOS, Linux and Android, keep
 * its Kyrgyz letters, and can never end the header it travels in.
 */
import { cleanLine } from '#core/export/text.ts';

/** Characters of the title; with Cyrillic at two bytes the name stays below every file system's 255 bytes. */
const TITLE_LENGTH = 60;

/**
 * `ashar_results_КР_ЖӨБ_Союзунун_стратегиясы_2020-03-09.docx`
 * @param day YYYY-MM-DD, or '' for none.
 */
export function downloadName(kind: string, title: string, day: string, extension: string): string {
  const words = cleanLine(title)
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}\p{M}-]+/gu, '_');
  const short = [...words]
    .slice(0, TITLE_LENGTH)
    .join('')
    .replace(/^[_-]+|[_-]+$/g, '');
  const safe = (part: string) => part.replace(/[^\p{L}\p{N}_-]+/gu, '');
  return `${['ashar', safe(kind), short, safe(day)].filter((part) => part !== '').join('_')}.${safe(extension)}`;
}

const LATIN: Record<string, string> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  е: 'e',
  ё: 'e',
  ж: 'zh',
  з: 'z',
  и: 'i',
  й: 'i',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  ң: 'ng',
  о: 'o',
  ө: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ү: 'u',
  ф: 'f',
  х: 'kh',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'shch',
  ъ: '',
  ы: 'y',
  ь: '',
  э: 'e',
  ю: 'iu',
  я: 'ia',
};

/** The name in letters that every old client knows. */
function latin(name: string): string {
  const spelled = [...name].map((letter) => {
    const small = LATIN[letter.toLowerCase()];
    if (small === undefined) return letter;
    return letter === letter.toLowerCase() ? small : small.slice(0, 1).toUpperCase() + small.slice(1);
  });
  return spelled
    .join('')
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9._-]/g, '');
}

/** The Content-Disposition header of a download (RFC 6266, the name in RFC 8187). ASCII only, whatever the name holds. */
export function contentDisposition(name: string): string {
  const exact = encodeURIComponent(name.toWellFormed()).replace(
    /['()*!]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${latin(name) || 'ashar'}"; filename*=UTF-8''${exact}`;
}
