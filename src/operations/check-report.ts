import { check } from '../domain/check.ts';
import { checkText } from '../domain/check-text.ts';
import { assessedState } from '../domain/judge.ts';
import type { Language } from '../domain/language.ts';
import type { ReportKey } from '../domain/report.ts';
import type { KnownLookAlikes } from './known-look-alikes.ts';
import { surroundingsOf, type Service } from './service.ts';

/** How a check is told: in which language, and whom it may name. */
export interface CheckWanted {
  readonly language: Language;
  readonly mayName: KnownLookAlikes['mayName'];
}

/** Checks a stored report's current revision; answers as JSON, or `undefined` where there is none. */
export async function checkReport(
  service: Service,
  key: ReportKey,
  { language, mayName }: CheckWanted,
): Promise<string | undefined> {
  return service.store.inspectReport(key, (found) => {
    const { report, nameOf } = found;
    if (!report) return undefined;
    const around = surroundingsOf(service, found, report.edition);
    const { agencyId, year, edition, revision, waivers } = report;
    const likenesses = report.likenesses.map((likeness) => {
      const agencyName = mayName(likeness.agencyId) ? nameOf(likeness.agencyId) : undefined;
      return agencyName === undefined ? likeness : { ...likeness, agencyName };
    });
    const answer = check(around.form, assessedState(around, { ...report, likenesses }), language, waivers);
    return checkText(around.form, { agencyId, year, edition, revision }, answer);
  });
}
