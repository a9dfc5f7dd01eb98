import { check, type Check } from '../domain/check.ts';
import type { Language } from '../domain/language.ts';
import type { ReportKey } from '../domain/report.ts';
import type { ReportToCheck } from '../domain/store.ts';
import { formOf, type Service } from './service.ts';

export interface ReportCheck extends ReportKey, Check {
  readonly edition: string;
  readonly revision: number;
}

/** Checks a stored report's current revision. */
export function checkReport(service: Service, key: ReportKey, report: ReportToCheck, language: Language): ReportCheck {
  const form = formOf(service, report.edition);
  const { agencyId, year } = key;
  const { edition, revision } = report;
  return { agencyId, year, edition, revision, ...check(form, report.assessed, language) };
}
