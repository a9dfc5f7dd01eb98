import { mergePatch } from '../domain/merge-patch.ts';
import { Problem } from '../domain/problem.ts';
import type { ReportInput } from '../domain/report.ts';
import { changeReport, type ReportWrite } from './change-report.ts';
import type { Service } from './service.ts';
import type { Written } from './write-outcome.ts';

/**
 * Changes the members of a report that the merge patch names; `null` blanks a cell, a row, a section.
 *
 * @throws Problem `report-not-found`.
 */
export async function patchReport(service: Service, write: ReportWrite, patch: unknown): Promise<Written<string>> {
  return changeReport(service, write, (stored) => {
    if (!stored) throw new Problem('report-not-found', { params: { ...write.key } });
    return mergePatch(JSON.parse(stored.content), patch) as ReportInput;
  });
}
