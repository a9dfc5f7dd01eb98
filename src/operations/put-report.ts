import type { ReportInput } from '../domain/report.ts';
import { changeReport, type ReportWrite } from './change-report.ts';
import type { Service } from './service.ts';
import type { WrittenReport } from './write-outcome.ts';

/** Replaces a report's whole content; what is left out is blank. The first one makes the draft. */
export async function putReport(service: Service, write: ReportWrite, input: ReportInput): Promise<WrittenReport> {
  return changeReport(service, write, () => input);
}
