import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import { damaged, DocumentRefused } from './refusal.ts';

/** How many files a Word or Excel file may hold. */
export const greatestEntries = 2_000;
/** How many bytes all of them may come to, unpacked, and how many one XML part: the official form's is 250 KB. */
export const greatestUnpacked = 64 * 1024 * 1024;
export const greatestPart = 8 * 1024 * 1024;

/**
 * The XML parts of a Word or Excel file by name, after the whole file was unpacked once within bounds, counting what
 * comes out and not what is declared. Whoever reads it after this can trust its size, and that no part has entities.
 * @throws DocumentRefused `too-large`, `encrypted`, `unsafe` or `damaged`
 */
export async function xmlPartsOf(bytes: Uint8Array): Promise<ReadonlyMap<string, Buffer>> {
  const parts = new Map<string, Buffer>();
  let left = greatestUnpacked;
  await eachEntry(bytes, async (entry, file) => {
    if (entry.isEncrypted()) throw encrypted();
    const isXml = /\.(xml|rels|vml)$/i.test(entry.fileName);
    const bound = Math.min(left, isXml ? greatestPart : left);
    if (entry.uncompressedSize > bound) throw tooLarge();
    const part = await unpacked(entry, file, bound, isXml);
    left -= part.size;
    if (!isXml) return;
    if (declaresEntities(part.content)) throw unsafe();
    parts.set(entry.fileName, part.content);
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

/** Unpacks an entry, its content kept or only counted. */
async function unpacked(entry: Entry, file: ZipFile, bound: number, isKept: boolean) {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of await file.openReadStreamPromise(entry)) {
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > bound) throw tooLarge();
    if (isKept) chunks.push(bytes);
  }
  return { size, content: Buffer.concat(chunks) };
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
