import { dependentsOf } from '../domain/dependents.ts';
import { meetConditions } from '../domain/precondition.ts';
import { Problem } from '../domain/problem.ts';
import { statusInWords } from '../domain/report.ts';
import type { ReportWrite } from './change-report.ts';
import { refuseYear } from './refuse-state.ts';
import { rechecking } from './recheck-reports.ts';
import type { Service } from './service.ts';
import { reportTag } from './tags.ts';

/**
 * Removes a draft that was never handed in, with its revisions.
 *
 * @throws Problem `report-not-found`, `precondition-failed`, `precondition-required`, `year-not-open`, `report-handed-in`.
 */
export async function deleteReport(service: Service, { key, conditions, act, by }: ReportWrite): Promise<void> {
  await service.store.changeReport(key, ({ report, agency, year, neighbours }) => {
    if (!report || !agency) throw new Problem('report-not-found', { params: { ...key } });
    meetConditions(conditions, reportTag(report), true);
    refuseYear(year, by);
    if (report.status !== 'draft' || report.submittedAt !== undefined || report.publishedRevision !== undefined) {
      throw new Problem('report-handed-in', { params: { status: statusInWords[report.status] } });
    }
    const dependents = dependentsOf({ key, agency, before: report, after: undefined }, neighbours);
    const deed = { act, by, at: service.now().toISOString() };
    return { remove: true, deed, ...rechecking(service, dependents), result: () => undefined };
  });
}
