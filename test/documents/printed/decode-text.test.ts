import fc from 'fast-check';
import t from 'tap';
import { decodeText } from '../../../src/documents/printed/decode-text.ts';
import { holds } from '../../support/property.ts';

const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));

/** 信息公开, and 資訊公開 in Big5. */
const gbk = [0xd0, 0xc5, 0xcf, 0xa2, 0xb9, 0xab, 0xbf, 0xaa];
const big5 = [0xb8, 0xea, 0xb0, 0x54, 0xa4, 0xbd, 0xb6, 0x7d];

await t.test('a byte order mark is believed and is no text', async (t) => {
  t.equal(decodeText(bytes([0xef, 0xbb, 0xbf], '公开')), '公开');
  t.equal(decodeText(bytes([0xff, 0xfe, 0x6c, 0x51, 0x00, 0x5f])), '公开');
  t.equal(decodeText(bytes([0xfe, 0xff, 0x51, 0x6c, 0x5f, 0x00])), '公开');
});

await t.test('what is not UTF-8 is GB18030, unless Big5 is declared', async (t) => {
  t.equal(decodeText(bytes(gbk)), '信息公开');
  t.equal(decodeText(bytes([0x81, 0x39, 0xee, 0x39])), '\u3400', 'a character of four bytes');
  t.equal(decodeText(bytes(big5), 'Big5'), '資訊公開');
  t.equal(decodeText(bytes('<meta charset="big5">', big5)).slice(-4), '資訊公開');
  t.equal(
    decodeText(bytes('<meta http-equiv="Content-Type" content="text/html; charset=gb2312">', gbk)).slice(-4),
    '信息公开',
  );
});

await t.test('what is declared wrongly is read all the same', async (t) => {
  for (const charset of ['gb2312', 'iso-8859-1', 'big5', 'no-such-charset'])
    t.equal(decodeText(bytes('信息公开'), charset), '信息公开');
  for (const charset of ['utf-8', 'iso-8859-1', undefined]) t.equal(decodeText(bytes(gbk), charset), '信息公开');
});

await t.test('a damaged byte damages one character, a file cut off none', async (t) => {
  const text = '政府信息公开工作年度报告，';
  t.equal(decodeText(bytes(text, [0xff], text)), `${text}\uFFFD${text}`);
  t.equal(decodeText(bytes(gbk, [0xff], gbk)), '信息公开\uFFFD信息公开');
  t.equal(decodeText(bytes(text).subarray(0, -1)), text.slice(0, -1));
});

await t.test('any text in UTF-8 is read as it is', async (t) => {
  const property = fc.property(fc.string({ unit: 'binary' }), (text) => {
    const written = text.replace(/^\uFEFF+/, '').toWellFormed();
    return decodeText(bytes(written)) === written;
  });
  holds(t, property);
});
