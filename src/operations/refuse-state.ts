import type { Actor } from '../domain/event.ts';
import { enumerated, type Words } from '../domain/language.ts';
import { Problem } from '../domain/problem.ts';
import { statusInWords, type ReportState, type ReportStatus } from '../domain/report.ts';
import { isPossible, steps, workflow } from '../domain/workflow.ts';
import { yearStatusInWords, type Year } from '../domain/year.ts';

/**
 * Says that a report's status forbids what is wanted, in which statuses that could be done, and what can be done now.
 *
 * @throws Problem `report-state`, with the acts that are possible as `possible`.
 */
export function refuseState(
  report: Pick<ReportState, 'status' | 'facts'>,
  { words, from }: { readonly words: Words; readonly from: readonly ReportStatus[] },
): never {
  const possible = steps.filter((step) => isPossible(step, report));
  throw new Problem('report-state', {
    params: {
      status: statusInWords[report.status],
      act: words,
      from: enumerated(from.map((status) => statusInWords[status])),
      possible: enumerated(possible.map((step) => workflow[step].words)),
    },
    members: { possible },
  });
}

/**
 * A year that is over, or has not begun, is for the disclosure office alone.
 *
 * @throws Problem `year-not-open`.
 */
export function refuseYear(year: Year | undefined, { role }: Actor): void {
  if (!year || year.status === 'open' || role !== 'reporter') return;
  throw new Problem('year-not-open', { params: { year: year.year, status: yearStatusInWords[year.status] } });
}
