import { discrepanciesIn } from '../domain/kept-report.ts';
import type { ReportSummary } from '../domain/report.ts';
import type { Store } from '../domain/store.ts';
import { areJudgedBy, everyReport } from './recheck-reports.ts';
import { surroundingsOf, type Rulebook } from './service.ts';

/** What came of holding every report against what it is made of. */
export interface Verification {
  readonly reports: number;
  /** Whether verdicts were judged anew: not where the store was judged by other rules. */
  readonly sameRules: boolean;
  /** A sentence each, the report named in it. */
  readonly discrepancies: readonly string[];
}

/** How many reports are listed at a time. */
const together = 500;

/** Holds everything that is kept of every report against what follows from its revisions and its state. */
export async function verifyReports(rulebook: Rulebook, store: Store): Promise<Verification> {
  const sameRules = await areJudgedBy(rulebook, store);
  const discrepancies: string[] = [];
  let reports = 0;
  for await (const page of everyReport(store, together)) {
    for (const summary of page) discrepancies.push(...(await discrepanciesOf(rulebook, store, summary, sameRules)));
    reports += page.length;
  }
  return { reports, sameRules, discrepancies };
}

async function discrepanciesOf(
  rulebook: Rulebook,
  store: Store,
  summary: ReportSummary,
  sameRules: boolean,
): Promise<string[]> {
  const { agencyId, year, edition, revision } = summary;
  const found = await store
    .keptReport({ agencyId, year }, (kept) =>
      discrepanciesIn(surroundingsOf(rulebook, kept, edition), kept, revision, sameRules),
    )
    // What cannot even be read is as damaged as can be.
    .catch((error: Error) => [`cannot be read: ${error.message}`]);
  return found.map((what) => `${agencyId} ${year}: ${what}`);
}
