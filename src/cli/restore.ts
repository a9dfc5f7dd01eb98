import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Config } from '../config.ts';
import type { Rulebook } from '../operations/service.ts';
import { copyDatabase } from '../sqlite/copy.ts';
import { DatabaseRefused } from '../sqlite/open.ts';
import { fileArgument } from './file-argument.ts';
import { verifyFile, type VerifiedFile } from './verify-file.ts';
import { tellVerified } from './verify.ts';

/** The `restore` command: makes the database of a backup, where there is none and nothing in the backup is at fault. */
export async function runRestore(rulebook: Rulebook, { NIANBAO_DB }: Config, args: readonly string[]): Promise<void> {
  const file = fileArgument(args);
  if (file === undefined) return;
  makeFolder(dirname(NIANBAO_DB));
  const verified = await copyDatabase(file, NIANBAO_DB, (copy) => verifyCopy(rulebook, file, copy));
  tellVerified(NIANBAO_DB, verified);
}

/** @throws DatabaseRefused */
function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new DatabaseRefused(`${folder} cannot be made: ${(error as Error).message}. Set NIANBAO_DB.`, {
      cause: error,
    });
  }
}

/** @throws DatabaseRefused */
async function verifyCopy(rulebook: Rulebook, file: string, copy: string): Promise<VerifiedFile> {
  const verified = await verifyFile(rulebook, copy);
  if (verified.faults.length === 0) return verified;
  tellVerified(file, verified);
  throw new DatabaseRefused(`${file} is not as it should be: nothing was restored.`);
}
