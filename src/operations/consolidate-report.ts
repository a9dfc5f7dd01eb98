import { contributorsAmong, statableSums } from '../domain/consolidation.ts';
import { unpackTables, type TableContent } from '../domain/figures.ts';
import { Problem } from '../domain/problem.ts';
import type { ReportContent, ReportInput, ReportKey } from '../domain/report.ts';
import type { RevisionOrigin, StoredReport } from '../domain/store.ts';
import { changeReport, type ReportWrite } from './change-report.ts';
import { addUpOrRefuse, formOfConsolidation } from './get-consolidation.ts';
import type { Service } from './service.ts';
import type { Written } from './write-outcome.ts';

/**
 * Writes the sum of what the children have handed in as the agency's draft: every table of it. What the draft says in
 * words stays as it is. A cell without a sum is blank. With the revision is kept which reports it adds up.
 *
 * @throws Problem `not-consolidating`, `no-children`, `nothing-handed-in`, and what writing a report throws.
 */
export async function consolidateReport(service: Service, write: ReportWrite): Promise<Written<string>> {
  const { key, by } = write;
  const origin = ({ neighbours }: StoredReport, at: string): RevisionOrigin => ({
    kind: 'consolidation',
    contributors: contributorsAmong(key.year, neighbours.childrenAlone(key)),
    actor: by.keyId,
    consolidatedAt: at,
  });
  return changeReport(service, { ...write, origin }, (stored, found) => {
    const tables = summedTables(service, key, found);
    if (!stored) return { sections: tables };
    const content = JSON.parse(stored.content) as ReportContent;
    // A sum is nothing that was printed elsewhere.
    return { ...content, asPrinted: false, sections: { ...content.sections, ...tables } } satisfies ReportInput;
  });
}

/** @throws Problem `nothing-handed-in` where there is nothing to add up: a draft is not made blank by it. */
function summedTables(service: Service, key: ReportKey, found: StoredReport): Record<string, TableContent> {
  const form = formOfConsolidation(service, key, found);
  const sum = addUpOrRefuse(form, key, found.neighbours.children(key));
  if (sum.reported.length > 0) return unpackTables(form, statableSums(form, sum));
  throw new Problem('nothing-handed-in', { params: { ...key, expected: sum.expected.length } });
}
