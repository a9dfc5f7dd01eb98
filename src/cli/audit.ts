import { parseArgs } from 'node:util';
import type { Config } from '../config.ts';
import { verifyRecordIn, type KnownEntry } from '../sqlite/verify-events.ts';
import { recordFaultInWords } from './record-fault.ts';
import { usage } from './usage.ts';

/**
 * The `audit verify` command: reads the whole record of events and says where it ends, so that this can be noted
 * elsewhere. The file may be in use; nothing is written to it. Exit status 1 where anything is not as it was written.
 *
 * @throws DatabaseRefused where the file is no database with a record, or is damaged.
 */
export function runAudit({ NIANBAO_DB: file }: Pick<Config, 'NIANBAO_DB'>, args: readonly string[]): void {
  const options = readOptions(args);
  if (!options) return;
  const { events, last, faults, faultCount } = verifyRecordIn(file, options.known);
  for (const fault of faults) console.log(recordFaultInWords(fault));
  if (faultCount > faults.length) console.log(`… and ${faultCount - faults.length} faults more.`);
  console.log(`${events} entries, ${faultCount} faults${last ? `, the last is ${last.sequence}:${last.hash}` : ''}`);
  if (faultCount > 0) process.exitCode = 1;
}

/** What was asked for; `undefined` where that cannot be understood, which has been said. */
function readOptions(args: readonly string[]): { readonly known?: KnownEntry } | undefined {
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { expect: { type: 'string' }, help: { type: 'boolean', short: 'h', default: false } },
    });
    const [, sequence, hash] = /^([1-9]\d{0,14}):([0-9a-f]{64})$/.exec(values.expect ?? '') ?? [];
    const isUnderstood = values.expect === undefined || hash !== undefined;
    if (!values.help && positionals.join(' ') === 'verify' && isUnderstood) {
      return hash === undefined ? {} : { known: { sequence: Number(sequence), hash } };
    }
    usage(values.help);
  } catch {
    usage(false);
  }
  return undefined;
}
