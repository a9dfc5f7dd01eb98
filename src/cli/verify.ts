import type { Rulebook } from '../operations/service.ts';
import type { Holding } from '../sqlite/stored-file.ts';
import { fileArgument } from './file-argument.ts';
import { verifyFile, type VerifiedFile } from './verify-file.ts';

/** The `verify` command: looks whether everything in a database file is as it should be; exit status 1 where it is not. */
export async function runVerify(rulebook: Rulebook, args: readonly string[]): Promise<void> {
  const file = fileArgument(args);
  if (file === undefined) return;
  const verified = await verifyFile(rulebook, file);
  tellVerified(file, verified);
  if (verified.faults.length > 0) process.exitCode = 1;
}

/** How many faults are told one by one. */
const mostTold = 20;

/** Says what was found: the faults, what was not compared, and last the sum of it. */
export function tellVerified(file: string, { holds, faults, remarks }: VerifiedFile): void {
  for (const fault of faults.slice(0, mostTold)) console.log(`${file}: ${fault}`);
  if (faults.length > mostTold) console.log(`${file}: … and ${faults.length - mostTold} more`);
  for (const remark of remarks) console.log(`${file}: ${remark}`);
  console.log(`${file}: ${inWords(holds)}, ${faults.length} faults`);
}

/** How much a file holds. */
export function inWords({ reports, lastEvent }: Holding): string {
  const events = lastEvent ? `last event ${lastEvent.sequence} (${lastEvent.hash})` : 'no events';
  return `${reports} reports, ${events}`;
}
