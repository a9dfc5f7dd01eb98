import { check } from '../domain/check.ts';
import { checkText } from '../domain/check-text.ts';
import type { Language } from '../domain/language.ts';
import type { ReportKey } from '../domain/report.ts';
import type { ReportToCheck } from '../domain/store.ts';
import { formOf, type Service } from './service.ts';

/** Checks a stored report's current revision; answers as JSON. */
export function checkReport(service: Service, key: ReportKey, report: ReportToCheck, language: Language): string {
  const form = formOf(service, report.edition);
  const { agencyId, year } = key;
  const { edition, revision, assessed } = report;
  return checkText(form, { agencyId, year, edition, revision }, check(form, assessed, language));
}
