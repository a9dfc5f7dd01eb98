import { decodeText } from './decode-text.ts';
import { bufferOf, encrypted, entryNames } from './archive.ts';
import { DocumentRefused } from '../refusal.ts';
import type { Words } from '../../domain/language.ts';

/** The kinds of file a report is read from. */
export const documentFormats = ['html', 'text', 'markdown', 'docx', 'xlsx', 'csv', 'pdf', 'json'] as const;
export type DocumentFormat = (typeof documentFormats)[number];

/** What a file is called and said to be; either may be wrong. */
export interface FileClaim {
  readonly name?: string;
  readonly mediaType?: string;
}

const byExtension: ReadonlyMap<string, DocumentFormat> = new Map([
  ['html', 'html'],
  ['htm', 'html'],
  ['shtml', 'html'],
  ['xhtml', 'html'],
  ['md', 'markdown'],
  ['markdown', 'markdown'],
  ['csv', 'csv'],
  ['tsv', 'csv'],
  ['txt', 'text'],
]);

const byMediaType: ReadonlyMap<string, DocumentFormat> = new Map([
  ['text/html', 'html'],
  ['application/xhtml+xml', 'html'],
  ['text/markdown', 'markdown'],
  ['text/csv', 'csv'],
  ['text/tab-separated-values', 'csv'],
  ['text/plain', 'text'],
]);

/** How kinds of file that no report is read from begin. */
const unread: readonly { readonly starts: readonly string[]; readonly what: Words }[] = [
  {
    starts: ['\xd0\xcf\x11\xe0', '{\\rtf', 'MIME-Version:'],
    what: {
      'zh-CN': '旧版办公文档（.doc、.xls、.rtf、.mht）',
      en: 'a document of an old kind (.doc, .xls, .rtf, .mht)',
    },
  },
  {
    starts: ['\x89PNG', '\xff\xd8\xff', 'GIF8', 'II*\0', 'MM\0*', 'RIFF'],
    what: { 'zh-CN': '图片', en: 'a picture' },
  },
  {
    starts: ['Rar!', '7z\xbc\xaf', '\x1f\x8b'],
    what: { 'zh-CN': '压缩包', en: 'an archive' },
  },
];

/** How much of a text is looked at to tell what it is. */
const sampleBytes = 65_536;

/** Where a PDF may begin, and how far into a page its first tags stand. */
const pdfStartBytes = 1_024;
const pageStartCharacters = 4_096;

/**
 * The format of a file: by what it holds; where that leaves a choice between kinds of text, by its name, then by its
 * media type.
 * @throws DocumentRefused `empty`, `unsupported`, `encrypted`, `too-large` or `damaged`
 */
export async function formatOf(bytes: Uint8Array, claim: FileClaim = {}): Promise<DocumentFormat> {
  if (bytes.length === 0) throw empty();
  const start = bufferOf(bytes).subarray(0, pdfStartBytes).toString('latin1');
  if (start.startsWith('PK\x03\x04')) return officeFormat(bytes);
  if (start.includes('%PDF-')) return 'pdf';
  if (isEncryptedOffice(bytes)) throw encrypted();
  const kind = unread.find(({ starts }) => starts.some((signature) => start.startsWith(signature)));
  if (kind) throw unsupported(kind.what);
  return textFormat(decodeText(bytes.subarray(0, sampleBytes)), claim);
}

/** A zip file is what its folders say; a Word file may hold workbooks, and a workbook Word files. */
async function officeFormat(bytes: Uint8Array): Promise<DocumentFormat> {
  const names = await entryNames(bytes);
  if (names.some((name) => name.startsWith('word/'))) return 'docx';
  if (names.includes('xl/workbook.xml')) return 'xlsx';
  throw unsupported({ 'zh-CN': '压缩包或其他办公文档', en: 'an archive, or an office document of another kind' });
}

/** Word and Excel put what they encrypt into a container of the old kind, under this name. */
function isEncryptedOffice(bytes: Uint8Array): boolean {
  return bytes[0] === 0xd0 && bufferOf(bytes).includes(Buffer.from('EncryptedPackage', 'utf16le'));
}

function textFormat(text: string, claim: FileClaim): DocumentFormat {
  const start = text.slice(0, pageStartCharacters);
  if (text.includes('\0'))
    throw unsupported({ 'zh-CN': '无法识别的二进制文件', en: 'a binary file of an unknown kind' });
  if (/<(?:!doctype\s+html|html|head|body|meta)\b/i.test(start)) return 'html';
  if (/^\s*<\?xml/.test(start)) throw unsupported({ 'zh-CN': 'XML 文件', en: 'an XML file' });
  if (/^\s*\{/.test(start)) return 'json';
  const claimed = claimedFormat(claim);
  if (claimed && claimed !== 'text') return claimed;
  return /<(?:table|tr|td|div|p)[\s>]/i.test(text) ? 'html' : 'text';
}

function claimedFormat({ name, mediaType }: FileClaim): DocumentFormat | undefined {
  const extension = /\.(\w+)$/.exec(name ?? '')?.[1]?.toLowerCase();
  const essence = mediaType?.split(';')[0]?.trim().toLowerCase();
  return byExtension.get(extension ?? '') ?? byMediaType.get(essence ?? '');
}

function empty(): DocumentRefused {
  return new DocumentRefused('empty', {
    'zh-CN': '文件是空的。请检查文件是否保存完整后重新上传。',
    en: 'The file is empty. See whether it was saved, and send it again.',
  });
}

function unsupported(what: Words): DocumentRefused {
  return new DocumentRefused('unsupported', {
    'zh-CN': `文件是${what['zh-CN']}，无法读取。请另存为 .docx、.xlsx、.csv、.pdf（非扫描件）、网页或文本后再上传。`,
    en: `The file is ${what.en}, which cannot be read. Save it as .docx, .xlsx, .csv, .pdf (not a scan), a web page or text.`,
  });
}
