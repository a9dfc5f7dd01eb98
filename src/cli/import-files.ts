import { hash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fill, type Language, type Params, type Words } from '../domain/language.ts';
import type { SentFile } from '../operations/import-documents.ts';

/**
 * Every file that is named or lies in a folder that is, however deep; hidden ones only where they are named. What is not
 * there, or holds none, is told of.
 */
export async function filesIn(paths: readonly string[], language: Language): Promise<string[]> {
  const found = await Promise.all(paths.map((path) => filesAt(path).catch((error: Error) => error)));
  return found.flatMap((files, index) => {
    const path = paths[index] as string;
    if (files instanceof Error) return refuse(path, reasonOf(files, language), []);
    return files.length > 0 ? files : refuse(path, fill(noFiles, language), []);
  });
}

async function filesAt(path: string): Promise<string[]> {
  const found = await stat(path);
  if (!found.isDirectory()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(
      (file) =>
        !file
          .slice(path.length)
          .split(/[\\/]/)
          .some((part) => part.startsWith('.')),
    )
    .sort();
}

/** The files with their bytes, each read when its turn comes; one that is too large or gone is told of and left out. */
export async function* openFiles(
  files: readonly string[],
  limit: number,
  language: Language,
): AsyncGenerator<SentFile> {
  for (const name of files) {
    const bytes = await bytesOf(name, limit).catch((error: Error) => error);
    if (bytes instanceof Error) refuse(name, reasonOf(bytes, language), undefined);
    else yield { name, bytes, sha256: hash('sha256', bytes) };
  }
}

/** @throws TooLarge */
async function bytesOf(file: string, limit: number): Promise<Uint8Array> {
  const { size } = await stat(file);
  if (size > limit) throw new TooLarge({ size, limit });
  return readFile(file);
}

class TooLarge extends Error {
  override readonly name = 'TooLarge';
  readonly params: Params;

  constructor(params: Params) {
    super(fill(tooLarge, 'en', params));
    this.params = params;
  }
}

const noFiles: Words = { 'zh-CN': '文件夹中没有文件。', en: 'There is no file in the folder.' };
const notThere: Words = { 'zh-CN': '没有这个文件或文件夹。', en: 'There is no such file or folder.' };
const tooLarge: Words = {
  'zh-CN': '文件有 {size} 字节，超过上限 {limit} 字节（IMPORT_LIMIT）。',
  en: 'The file has {size} bytes, more than the limit of {limit} (IMPORT_LIMIT).',
};

/** Why a file is not opened; what else the system says, it says in its own words. */
function reasonOf(error: NodeJS.ErrnoException, language: Language): string {
  if (error instanceof TooLarge) return fill(tooLarge, language, error.params);
  return error.code === 'ENOENT' ? fill(notThere, language) : error.message;
}

function refuse<Instead>(file: string, reason: string, instead: Instead): Instead {
  process.stderr.write(`${file}: ${reason}\n`);
  process.exitCode = 2;
  return instead;
}
