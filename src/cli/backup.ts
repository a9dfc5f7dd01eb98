import { statSync } from 'node:fs';
import type { Config } from '../config.ts';
import { copyDatabase } from '../sqlite/copy.ts';
import { DatabaseRefused } from '../sqlite/open.ts';
import { openStoredFile } from '../sqlite/stored-file.ts';
import { fileArgument } from './file-argument.ts';
import { inWords } from './verify.ts';

/** The `backup` command: copies the database to a file that is not there yet, while the service runs or not. */
export async function runBackup({ NIANBAO_DB }: Config, args: readonly string[]): Promise<void> {
  const file = fileArgument(args);
  if (file === undefined) return;
  const holds = await copyDatabase(NIANBAO_DB, file, soundCopy);
  console.log(`${file}: ${statSync(file).size} bytes, ${holds}`);
}

/**
 * What a copy holds, in words.
 *
 * @throws DatabaseRefused
 */
async function soundCopy(copy: string): Promise<string> {
  const stored = openStoredFile(copy);
  try {
    const [first] = stored.damage();
    if (first !== undefined) throw new DatabaseRefused(`The database is damaged, no backup was kept: ${first}`);
    return inWords(stored);
  } finally {
    stored.close();
  }
}
