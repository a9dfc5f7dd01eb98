import type { Store } from '../domain/store.ts';
import { verifyReports } from '../operations/verify-reports.ts';
import type { Rulebook } from '../operations/service.ts';
import { openStoredFile, type Holding, type StoredFile } from '../sqlite/stored-file.ts';
import { recordFaultInWords } from './record-fault.ts';

/** What came of looking at a database file. */
export interface VerifiedFile {
  readonly holds: Holding;
  /** What is not as it should be. */
  readonly faults: readonly string[];
  /** What could not be compared, and why that is no fault. */
  readonly remarks: readonly string[];
}

/**
 * Looks at everything in a database file, which stays as it is to the byte: the file itself, then every report against
 * what it is made of.
 *
 * @throws DatabaseRefused, MigrationRefused as `openStoredFile` does.
 */
export async function verifyFile(rulebook: Rulebook, file: string): Promise<VerifiedFile> {
  const stored = openStoredFile(file);
  try {
    return await verifyStored(rulebook, stored);
  } finally {
    stored.close();
  }
}

async function verifyStored(rulebook: Rulebook, stored: StoredFile): Promise<VerifiedFile> {
  const { pending } = stored;
  const damage = stored.damage();
  if (damage.length > 0) return { holds: stored, faults: damage, remarks: [notLookedAt] };
  const strays = stored.strays();
  if (pending.length > 0) return { holds: stored, faults: strays, remarks: [older(pending)] };
  const store = stored.store();
  const { sameRules, discrepancies } = await verifyReports(rulebook, store);
  const faults = [...strays, ...(await recordFaults(store)), ...discrepancies];
  return { holds: stored, faults, remarks: sameRules ? [] : [otherRules] };
}

/** What is wrong with the record of events, in words. */
async function recordFaults(store: Store): Promise<string[]> {
  const found = await store.verifyEvents().catch((error: Error) => error);
  if (found instanceof Error) return [`the record of events cannot be read: ${found.message}`];
  const { faults, faultCount } = found;
  const more = faultCount > faults.length ? [`${faultCount - faults.length} faults more in the record of events`] : [];
  return [...faults.map(recordFaultInWords), ...more];
}

const notLookedAt = 'The file is damaged; what is in it was not looked at.';

const otherRules =
  'Its verdicts are by other rules (another version or other thresholds) and were not compared; all else was.';

function older(pending: readonly string[]): string {
  return `An older version wrote it: a start applies ${pending.join(', ')}. Its reports were not compared.`;
}
