import { hash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { SentFile } from '../operations/import-documents.ts';

/** Every file that is named or lies in a folder that is, however deep; hidden ones only where they are named. */
export async function filesIn(paths: readonly string[]): Promise<string[]> {
  const found = await Promise.all(paths.map(filesAt));
  return found.flat();
}

async function filesAt(path: string): Promise<string[]> {
  const found = await stat(path).catch((error: Error) => error);
  if (found instanceof Error) return refuse(path, found.message, []);
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
export async function* openFiles(files: readonly string[], limit: number): AsyncGenerator<SentFile> {
  for (const name of files) {
    const bytes = await bytesOf(name, limit).catch((error: Error) => error);
    if (bytes instanceof Error) refuse(name, bytes.message, undefined);
    else yield { name, bytes, sha256: hash('sha256', bytes) };
  }
}

async function bytesOf(file: string, limit: number): Promise<Uint8Array> {
  const { size } = await stat(file);
  if (size > limit) throw new Error(`${size} > ${limit} (IMPORT_LIMIT)`);
  return readFile(file);
}

function refuse<Instead>(file: string, reason: string, instead: Instead): Instead {
  process.stderr.write(`${file}: ${reason}\n`);
  process.exitCode = 2;
  return instead;
}
