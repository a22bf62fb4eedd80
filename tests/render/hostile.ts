/** Texts that people paste, and that attackers write. Each must come out as the letters it went in with. */
export const HOSTILE: readonly { readonly text: string; readonly shown: string }[] = [
  '=HYPERLINK("http://evil.example","click")',
  "+1+cmd|' /C calc'!A0",
  '-2+3',
  "@SUM(1+1)*cmd|' /C calc'!A0",
  '=1+1";DROP TABLE notes;--',
  '<script>alert(1)</script><b>жирный</b>',
  '</w:t></w:r><w:r><w:instrText>INCLUDETEXT</w:instrText>',
  ']]> &amp; &#x41; &nbsp; <!-- -->',
  '{{ template }} ${x} #{y} %s {=}',
  '# заголовок *курсив* **жирный** `код` [ссылка](http://x) ![](y) | ячейка | ~~x~~ <br> www.x.kg',
  '1. пункт\n2. пункт\n- тире\n+ плюс\n> цитата\n===\n---\n    код',
  'Ооба 👩‍🏫 🇰🇬 👍🏽 ✅ … «кавычки» – — №',
  'ң'.repeat(2000),
  'Өзгөчө\tтабуляция  два пробела',
  'العربية و עברית 中文',
]
  .map((text) => ({ text, shown: text }))
  .concat([
    { text: 'ыз\u202Eгрыык\u202C \u2067rtl\u2069\u200F', shown: 'ызгрыык rtl' },
    { text: 'нөл\u0000дик\u0007 бел\u200Bги \uFEFF\uFFFF', shown: 'нөлдик белги ' },
    { text: 'жарым \uD83D түгөй \uDE00 бар', shown: 'жарым  түгөй  бар' },
    { text: 'биринчи\r\nэкинчи\u2028үчүнчү', shown: 'биринчи\nэкинчи\nүчүнчү' },
  ]);
