import t from 'tap';
import { documentReader } from '../../src/documents/read-document.ts';
import { writeHtml } from '../../src/documents/writing/write-html.ts';
import { writeWorkbook } from '../../src/documents/writing/write-xlsx.ts';
import { documentOf, distinctFigures } from '../support/documents.ts';
import { forms, formOf } from '../support/forms.ts';

const read = documentReader(forms);

/** Two bytes for each character, as GBK has them; the decoder's own table, read backwards. */
function gbkBytes(text: string): Uint8Array {
  const decoder = new TextDecoder('gb18030');
  const table = new Map<string, readonly number[]>();
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      if (trail !== 0x7f) table.set(decoder.decode(Uint8Array.of(lead, trail)), [lead, trail]);
    }
  }
  return Uint8Array.from([...text].flatMap((character) => table.get(character) ?? [character.charCodeAt(0)]));
}

const encodings: Readonly<Record<string, (text: string) => Uint8Array>> = {
  'UTF-8 with a mark': (text) => Buffer.from(`\ufeff${text}`),
  'UTF-16, low byte first': (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  'UTF-16, high byte first': (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
  GBK: gbkBytes,
};

for (const form of forms) {
  await t.test(`edition ${form.edition.id}: a document reads the same in every encoding`, async (t) => {
    const document = documentOf(form, { cells: distinctFigures(form), texts: { overview: '本年度收到申请三件。' } });
    const html = writeHtml(document).replace('<meta charset="utf-8">', '');
    const plain = await read({ name: 'a.html', bytes: Buffer.from(html) });
    t.same(plain.sections, document.report.sections);
    for (const [encoding, encoded] of Object.entries(encodings)) {
      t.same(await read({ name: 'a.html', bytes: encoded(html) }), plain, encoding);
    }
  });
}

await t.test('a file is what it holds, whatever it is called', async (t) => {
  const document = documentOf(formOf('2021'), { cells: distinctFigures(formOf('2021')) });
  const bytes = await writeWorkbook(document);
  const named = await read({ name: 'report.pdf', mediaType: 'text/plain', bytes });
  t.same(named.sections, document.report.sections);
});

await t.test('what no report is read from is refused with what to do', async (t) => {
  for (const [start, reason] of [
    ['{\\rtf1', 'unsupported'],
    ['\u0089PNG\r\n', 'unsupported'],
    ['%PDF-1.7 broken', 'damaged'],
    ['', 'empty'],
    ['{"a": 1}', 'unsupported'],
    ['{"a": ', 'damaged'],
  ] as const) {
    const refusal: unknown = await read({ name: 'a', bytes: Buffer.from(start, 'latin1') }).catch(
      (error: unknown) => error,
    );
    t.match(refusal, { name: 'DocumentRefused', reason, words: { 'zh-CN': /。$/, en: /\.$/ } }, start);
  }
});
