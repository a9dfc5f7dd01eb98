import { meetConditions } from '../domain/precondition.ts';
import { Problem } from '../domain/problem.ts';
import { statusInWords } from '../domain/report.ts';
import type { ReportWrite } from './change-report.ts';
import type { Service } from './service.ts';
import { reportTag } from './tags.ts';

/**
 * Removes a draft that was never handed in, with its revisions.
 *
 * @throws Problem `report-not-found`, `precondition-failed`, `precondition-required`, `report-handed-in`.
 */
export async function deleteReport({ store }: Service, { key, conditions }: ReportWrite): Promise<void> {
  await store.changeReport(key, ({ report }) => {
    if (!report) throw new Problem('report-not-found', { params: { ...key } });
    meetConditions(conditions, reportTag(report), true);
    if (report.status !== 'draft' || report.submittedAt !== undefined || report.publishedRevision !== undefined) {
      throw new Problem('report-handed-in', { params: { status: statusInWords[report.status] } });
    }
    return { remove: true, result: () => undefined };
  });
}
