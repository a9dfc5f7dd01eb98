import t from 'tap';
import { formatOf, type FileClaim } from '../../../src/documents/printed/format.ts';
import { refusalOf } from '../../support/printed.ts';
import { zipOf } from '../../support/zip.ts';

const format = (content: string | Uint8Array, claim?: FileClaim) => formatOf(Buffer.from(content), claim);

const docx = zipOf({
  'word/document.xml': '<w/>',
  'word/embeddings/a.xlsx': Buffer.from(zipOf({ 'xl/workbook.xml': '' })),
});
const xlsx = zipOf({
  'xl/workbook.xml': '<w/>',
  'xl/embeddings/a.docx': Buffer.from(zipOf({ 'word/document.xml': '' })),
});

await t.test('what a file holds tells what it is, whatever it is called', async (t) => {
  const claim = { name: '年报.txt', mediaType: 'text/csv' };
  t.equal(await format('%PDF-1.7', claim), 'pdf');
  t.equal(await format('\n junk %PDF-1.4'), 'pdf');
  t.equal(await format(docx, claim), 'docx', 'with a workbook inside');
  t.equal(await format(xlsx, claim), 'xlsx', 'with a Word file inside');
  t.equal(await format('<!-- a --><!DOCTYPE html><p>甲', claim), 'html');
  t.equal(
    await format('\ufeff<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">', { name: 'a.doc' }),
    'html',
  );
  t.equal(await format('  <HTML>'), 'html');
  t.equal(await format('甲<table><tr><td>1', { name: 'a.txt' }), 'html');
  t.equal(await format(Buffer.from('\ufeff<html>', 'utf16le')), 'html');
  t.equal(await format('\ufeff { "year": 2023 }'), 'json');
});

await t.test('kinds of text are told apart by name, then by media type', async (t) => {
  t.equal(await format('甲,1'), 'text');
  t.equal(await format('甲,1', { name: '年报.CSV' }), 'csv');
  t.equal(await format('甲\t1', { mediaType: 'text/tab-separated-values; charset=gbk' }), 'csv');
  t.equal(await format('甲,1', { name: 'a.md', mediaType: 'text/csv' }), 'markdown');
  t.equal(await format('甲,1', { name: '第3.1号', mediaType: 'text/markdown' }), 'markdown');
  t.equal(await format('# 甲\n<table><tr><td>1', { name: 'a.md' }), 'markdown', 'a table within Markdown');
  t.equal(await format('甲', { name: 'a.htm' }), 'html');
  t.equal(await format(' ', { name: 'a.docx' }), 'text');
});

await t.test('what no report is read from is refused', async (t) => {
  const refused = (content: string | number[] | Uint8Array, claim?: FileClaim) =>
    refusalOf(() => formatOf(Buffer.from(content as string), claim));
  const ole = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
  t.equal(await refused(ole, { name: '年报.docx' }), 'unsupported', 'an old .doc');
  t.equal(await refused(Buffer.concat([Buffer.from(ole), Buffer.from('EncryptedPackage', 'utf16le')])), 'encrypted');
  t.equal(await refused([0xff, 0xd8, 0xff, 0xe0]), 'unsupported', 'a picture');
  t.equal(await refused('', { name: '年报.html' }), 'empty');
  t.equal(await refused('{\\rtf1 甲}'), 'unsupported');
  t.equal(await refused('MIME-Version: 1.0\n\n<html>'), 'unsupported');
  t.equal(
    await refused('<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument>'),
    'unsupported',
  );
  t.equal(await refused([1, 2, 0, 3]), 'unsupported', 'an unknown binary');
  t.equal(await refused(zipOf({ 'a.docx': Buffer.from(docx) })), 'unsupported', 'an archive of documents');
  t.equal(await refused(docx.subarray(0, 60)), 'damaged');
});
