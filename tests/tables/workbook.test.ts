/** Tables from files that strangers made: what a real one holds comes out, and what is built to hurt is refused in time. */
import { deflateRawSync } from 'node:zlib';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { actionTexts, readActionTable, readTable, tableText } from '#core/templates/actions.ts';
import { readTableFile } from '#server/tables/table-file.ts';

type Sheet = Parameters<typeof writeXlsxFile>[0];
const workbook = async (rows: unknown): Promise<Uint8Array> =>
  new Uint8Array(await (await writeXlsxFile(rows as Sheet)).toBuffer());
const code = async (bytes: Uint8Array): Promise<string> => {
  const read = await readTableFile(bytes);
  return read.ok ? 'ok' : read.refusal.code;
};
const rowsOf = async (bytes: Uint8Array): Promise<string[][]> => {
  const read = await readTableFile(bytes);
  if (!read.ok) throw new Error(read.refusal.code);
  return readTable(read.value);
};
/** The workbook with a part changed. */
async function altered(name: RegExp, change: (xml: string) => string): Promise<Uint8Array> {
  const parts = unzipSync(await workbook([[{ value: 'Обучить' }, { value: 'x' }]]));
  for (const part of Object.keys(parts))
    if (name.test(part)) parts[part] = strToU8(change(strFromU8(parts[part] as Uint8Array)));
  return zipSync(parts);
}

describe('[S80] tables from files', () => {
  it('[S80] a workbook gives its cells as text: words in three languages, dates, numbers, and never a formula', async () => {
    const bytes = await workbook([
      [{ value: 'Иш-чара' }, { value: 'Мөөнөтү' }, { value: 'Жооптуу' }],
      [
        { value: 'Депутаттарды, "окутуу";\nкайра окутуу' },
        { value: new Date('2019-03-09'), type: Date, format: 'dd.mm.yyyy' },
        { value: 'Дирекция' },
      ],
      [{ value: '=HYPERLINK("http://x")' }, { value: 2018, type: Number }, null],
    ]);
    const rows = await rowsOf(bytes);
    expect(rows).toEqual([
      ['Иш-чара', 'Мөөнөтү', 'Жооптуу'],
      ['Депутаттарды, "окутуу";\nкайра окутуу', '09.03.2019', 'Дирекция'],
      ['=HYPERLINK("http://x")', '2018', ''],
    ]);
    const table = readActionTable(tableText(rows));
    expect(table.columns).toEqual({ text: 0, period: 1, owner: 2 });
    expect(actionTexts(table, table.columns)[0]).toContain('\n09.03.2019 · Дирекция');
    // A formula: what its file last held, or nothing, but not what it would compute.
    const formula = await altered(/sheet1/, (xml) =>
      xml.replace(/<c r="B1"[^>]*>.*?<\/c>/, '<c r="B1"><f>1+HYPERLINK("http://x")</f><v>7</v></c>'),
    );
    expect(await rowsOf(formula)).toEqual([['Обучить', '7']]);
  });

  it('[S80] text comes in the encodings that Excel writes; a column of sentences stays one column', async () => {
    const cp1251 = Uint8Array.from([0xce, 0xe1, 0xf3, 0xf7, 0xe8, 0xf2, 0xfc, 0x3b, 0x32, 0x30, 0x31, 0x38]);
    expect(await rowsOf(cp1251)).toEqual([['Обучить', '2018']]);
    expect(await rowsOf(new Uint8Array(Buffer.from('\uFEFFОбучить\t2018', 'utf16le')))).toEqual([['Обучить', '2018']]);
    expect(await rowsOf(strToU8('\uFEFFОбучить;2018\nИздать;2019'))).toEqual([
      ['Обучить', '2018'],
      ['Издать', '2019'],
    ]);
    const sentences = [
      'Обучить депутатов, глав и сотрудников',
      'Издать пособие',
      'Провести съезд, собрать взносы, избрать правление',
    ];
    expect(readTable(sentences.join('\n'))).toEqual(sentences.map((line) => [line]));
    expect(readTable(tableText(sentences.map((line) => [line])))).toEqual(sentences.map((line) => [line, '']));
  });

  it('[S81] what is no table is refused: pictures, old .xls, zips without a sheet, broken parts, nothing', async () => {
    const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d]);
    const xls = Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    expect(
      await Promise.all([png, xls, zipSync({ 'a.txt': strToU8('a') }), strToU8('PK and nothing')].map(code)),
    ).toEqual(Array.from({ length: 4 }, () => 'table-unreadable'));
    expect(await code(new Uint8Array())).toBe('table-empty');
    const whole = await workbook([[{ value: 'Обучить' }]]);
    for (let cut = 1; cut < whole.length; cut += Math.ceil(whole.length / 40))
      expect(['table-unreadable', 'table-empty', 'ok']).toContain(await code(whole.subarray(0, cut)));
    expect(await code(await altered(/sheet1/, () => '<worksheet><sheetData><row r="1"><c r="A1"'))).toMatch(/table-/);
  });

  it('[S81] a zip that grows beyond its bound is dropped on the way, whatever it says about its size', async () => {
    const bomb = await altered(/sheet1/, (xml) =>
      xml.replace('</worksheet>', `${' '.repeat(60 * 1024 * 1024)}</worksheet>`),
    );
    expect(bomb.length).toBeLessThan(200_000);
    const before = process.memoryUsage().arrayBuffers;
    const began = performance.now();
    expect(await code(bomb)).toBe('too-large');
    expect(performance.now() - began).toBeLessThan(2000);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 1024 * 1024);
    // The same, with a header that claims a few bytes: sizes in a zip are only what its writer says.
    const lying = Buffer.from(bomb);
    const name = lying.indexOf('xl/worksheets/sheet1.xml');
    lying.writeUInt32LE(10, name - 8);
    const inDirectory = lying.lastIndexOf('xl/worksheets/sheet1.xml');
    lying.writeUInt32LE(10, inDirectory - 22);
    expect(['too-large', 'table-unreadable']).toContain(await code(new Uint8Array(lying)));
    expect(deflateRawSync('').length).toBeGreaterThan(0);
  });

  it('[S81] one cell at the far corner does not make a table of seventeen thousand million', async () => {
    for (const place of ['XFD1048576', 'B1048576', 'XFD2', '&#88;FD1'])
      expect(await code(await altered(/sheet1/, (xml) => xml.replace('r="B1"', `r="${place}"`))), place).toBe(
        'too-large',
      );
    const many = Array.from({ length: 300 }, (_, at) => [`xl/worksheets/sheet${at}.xml`, strToU8('<worksheet/>')]);
    expect(await code(zipSync(Object.fromEntries(many) as Record<string, Uint8Array>))).toBe('too-large');
  });

  it('[S81] entities are not expanded', async () => {
    const lol = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>';
    const bytes = await altered(/sheet1/, (xml) =>
      xml
        .replace('?>', `?>${lol}`)
        .replace(/<c r="B1"[^>]*>.*?<\/c>/, '<c r="B1" t="inlineStr"><is><t>&b;</t></is></c>'),
    );
    const read = await readTableFile(bytes);
    expect(read.ok ? read.value : '').not.toContain('aaaa');
  });
});
