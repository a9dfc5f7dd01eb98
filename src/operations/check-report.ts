import { check } from '../domain/check.ts';
import { checkText } from '../domain/check-text.ts';
import { assessedState } from '../domain/judge.ts';
import type { Language } from '../domain/language.ts';
import type { ReportKey } from '../domain/report.ts';
import { surroundingsOf, type Service } from './service.ts';

/** Checks a stored report's current revision; answers as JSON, or `undefined` where there is none. */
export async function checkReport(service: Service, key: ReportKey, language: Language): Promise<string | undefined> {
  return service.store.inspectReport(key, (found) => {
    const { report } = found;
    if (!report) return undefined;
    const around = surroundingsOf(service, found, report.edition);
    const { agencyId, year, edition, revision, waivers } = report;
    const answer = check(around.form, assessedState(around, report), language, waivers);
    return checkText(around.form, { agencyId, year, edition, revision }, answer);
  });
}
