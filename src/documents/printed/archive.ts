import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import { damaged, DocumentRefused } from '../refusal.ts';

/** How many files a Word or Excel file may hold. */
export const greatestEntries = 2_000;
/** How many bytes all of them may come to, unpacked. */
export const greatestUnpacked = 64 * 1024 * 1024;

/**
 * The XML parts of a Word or Excel file by name, after the whole file was unpacked once within bounds: by what it
 * declares, and by what really comes out. Whoever reads it after this can trust its size, and that no part has entities.
 * @param greatestPart how many bytes one XML part may come to
 * @throws DocumentRefused `too-large`, `encrypted`, `unsafe` or `damaged`
 */
export async function xmlPartsOf(bytes: Uint8Array, greatestPart: number): Promise<ReadonlyMap<string, Buffer>> {
  const parts = new Map<string, Buffer>();
  let left = greatestUnpacked;
  await eachEntry(bytes, async (entry, file) => {
    if (entry.isEncrypted()) throw encrypted();
    const isXml = /\.(xml|rels|vml)$/i.test(entry.fileName);
    const bound = Math.min(left, isXml ? greatestPart : left);
    if (entry.uncompressedSize > bound) throw tooLarge();
    left -= entry.uncompressedSize;
    const part = await unpacked(entry, file, isXml);
    if (declaresEntities(part)) throw unsafe();
    if (isXml) parts.set(entry.fileName, part);
  });
  return parts;
}

/**
 * The names of the files in a zip file.
 * @throws DocumentRefused `too-large` or `damaged`
 */
export async function entryNames(bytes: Uint8Array): Promise<string[]> {
  const names: string[] = [];
  await eachEntry(bytes, async ({ fileName }) => void names.push(fileName));
  return names;
}

async function eachEntry(bytes: Uint8Array, visit: (entry: Entry, file: ZipFile) => Promise<void>): Promise<void> {
  try {
    const file = await fromBufferPromise(bufferOf(bytes), { lazyEntries: true });
    if (file.entryCount > greatestEntries) throw tooLarge();
    for await (const entry of file.eachEntry()) await visit(entry, file);
  } catch (error) {
    throw damaged(error);
  }
}

/** Unpacks an entry; yauzl fails as soon as more comes out than was declared. What need not be kept is empty. */
async function unpacked(entry: Entry, file: ZipFile, isKept: boolean): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of await file.openReadStreamPromise(entry)) if (isKept) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** The same bytes, as what most readers ask for. */
export function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** No office program writes a DOCTYPE. The second form is UTF-16, of either order but for its last byte. */
function declaresEntities(content: Buffer): boolean {
  return ['<!DOCTYPE', '<!ENTITY'].some(
    (declaration) =>
      content.includes(declaration) || content.includes(Buffer.from(declaration, 'utf16le').subarray(0, -1)),
  );
}

function tooLarge(): DocumentRefused {
  return new DocumentRefused('too-large', {
    'zh-CN': '文件解压后过大，不像一份年度报告。请删去图片和附件，只上传报告本身。',
    en: 'The file is too large once unpacked. Remove pictures and attachments and send the report alone.',
  });
}

function unsafe(): DocumentRefused {
  return new DocumentRefused('unsafe', {
    'zh-CN': '文件中有 XML 实体声明，办公软件不会写出这样的文件。请用 WPS 或 Word、Excel 打开后另存一份再上传。',
    en: 'The file declares XML entities, which no office program does. Open it in one, save a copy and send that.',
  });
}

/** A file that cannot be read without its password. */
export function encrypted(): DocumentRefused {
  return new DocumentRefused('encrypted', {
    'zh-CN': '文件有密码保护，无法读取。请取消密码后再上传。',
    en: 'The file is protected by a password. Remove the password and send it again.',
  });
}
