import t from 'tap';
import { greatestEntries, greatestUnpacked, xmlPartsOf } from '../../../src/documents/printed/archive.ts';
import { refusalOf } from '../../support/printed.ts';
import { zipOf, type ZipFaults } from '../../support/zip.ts';

const greatestPart = 1_000_000;

const refused = (files: Record<string, string | Buffer>, faults?: ZipFaults) =>
  refusalOf(() => xmlPartsOf(zipOf(files, faults), greatestPart));

const laughs = '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>';

await t.test('the XML parts of a file are told by name', async (t) => {
  const parts = await xmlPartsOf(zipOf({ 'a/b.xml': '<甲/>', 'c.RELS': '<乙/>', 'd.png': 'P' }), greatestPart);
  t.same(
    [...parts].map(([name, content]) => `${name} ${content.toString()}`),
    ['a/b.xml <甲/>', 'c.RELS <乙/>'],
  );
});

await t.test('a file that is larger than any report is refused, whatever it declares', async (t) => {
  const part = (size: number) => ({ 'a.xml': Buffer.alloc(size, ' ') });
  t.equal(await refused(part(greatestPart)), undefined);
  t.equal(await refused(part(greatestPart + 1)), 'too-large');
  t.equal(await refused(part(1), { declaredSize: greatestPart + 1 }), 'too-large', 'declared');
  t.equal(await refused(part(greatestPart + 1), { declaredSize: 10 }), 'damaged', 'declared smaller than it is');
  const half = Buffer.alloc(greatestUnpacked / 2);
  t.equal(await refused({ 'a.png': half, 'b.png': half }), undefined);
  t.equal(await refused({ 'a.png': half, 'b.png': half, 'c.png': 'P' }), 'too-large', 'in sum');
  const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`${index}`, '']));
  t.equal(await refused(many(greatestEntries)), undefined);
  t.equal(await refused(many(greatestEntries + 1)), 'too-large');
});

await t.test('entities are refused wherever they are declared', async (t) => {
  t.equal(await refused({ 'word/document.xml': laughs }), 'unsafe');
  t.equal(await refused({ '_rels/.rels': laughs }), 'unsafe');
  t.equal(await refused({ 'a.xml': Buffer.from(`\ufeff${laughs}`, 'utf16le') }), 'unsafe');
  t.equal(await refused({ 'a.xml': Buffer.from(laughs, 'utf16le').swap16() }), 'unsafe');
});

await t.test('what is encrypted, or no zip file, says so', async (t) => {
  t.equal(await refused({ 'a.xml': '<a/>' }, { encrypted: true }), 'encrypted');
  t.equal(await refusalOf(() => xmlPartsOf(Buffer.from('PK\x03\x04'), greatestPart)), 'damaged');
  t.equal(await refusalOf(() => xmlPartsOf(zipOf({ 'a.xml': '<a/>' }).subarray(5), greatestPart)), 'damaged');
});
