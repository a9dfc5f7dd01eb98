import { check } from '../domain/check.ts';
import type { Order } from '../domain/event.ts';
import type { Finding } from '../domain/finding.ts';
import { assessedState, rewaive } from '../domain/judge.ts';
import { meetConditions, type Conditions } from '../domain/precondition.ts';
import { Problem } from '../domain/problem.ts';
import { isOpenToChange, openStatuses, type ReportKey } from '../domain/report.ts';
import type { StoredReport } from '../domain/store.ts';
import { findWaiver, type Waiver } from '../domain/waiver.ts';
import { refuseAbsent, refuseState, refuseYear } from './refuse-state.ts';
import { surroundingsOf, type Service } from './service.ts';
import { contentTag } from './tags.ts';

/** The place of an error in a report. */
export interface WaiverKey extends ReportKey {
  readonly rule: string;
  readonly at: string;
}

export interface WaiverWrite extends Order {
  readonly conditions: Conditions;
  /** Whether it comes from a reviewer; a reporter explains, and only what is still its own to change. */
  readonly mayWaive: boolean;
}

/** A waiver's entity tag. */
export function waiverTag(waiver: Waiver): string {
  return contentTag(JSON.stringify(waiver));
}

/** A report that is there, with its agency. */
export type FoundReport = StoredReport & { readonly report: NonNullable<StoredReport['report']> };

/**
 * Replaces the waiver of one place by what `decide` makes of it and of the finding there.
 *
 * @throws Problem `report-not-found`, `precondition-failed`, `year-not-open`, `agency-not-there`, `report-state`, and what `decide` throws.
 */
export async function changeWaiver<Result>(
  service: Service,
  { rule, at, ...key }: WaiverKey,
  { act, by, conditions, mayWaive }: WaiverWrite,
  decide: (finding: Finding | undefined, stored: Waiver | undefined) => { waiver: Waiver | undefined; result: Result },
): Promise<Result> {
  return service.store.changeReport<Result>(key, (found) => {
    const { report } = found;
    if (!report) throw new Problem('report-not-found', { params: { ...key } });
    refuseYear(found.year, by);
    refuseAbsent(found.agency, key.year, by);
    if (!mayWaive && !isOpenToChange(report.status)) refuseState(report, by, explain);
    const stored = findWaiver(report.waivers, rule, at);
    const { waiver, result } = decide(findingAt(service, { ...found, report }, rule, at), stored);
    if (waiver === stored) return { result: () => result };
    meetConditions(conditions, stored && waiverTag(stored), false);
    const others = report.waivers.filter((one) => one !== stored);
    const around = surroundingsOf(service, found, report.edition);
    const waivers = waiver ? [...others, waiver] : others;
    const now = service.now().toISOString();
    const reason = waiver?.waived?.reason ?? waiver?.explanation?.reason;
    const deed = { act, by, at: now, part: `${rule}/${at}`, ...(reason !== undefined && { reason }) };
    return { write: rewaive(around, report, waivers, now), deed, result: () => result };
  });
}

const explain = { words: { 'zh-CN': '说明', en: 'explain' }, from: openStatuses };

function findingAt(service: Service, found: FoundReport, rule: string, at: string): Finding | undefined {
  const around = surroundingsOf(service, found, found.report.edition);
  const { findings } = check(around.form, assessedState(around, found.report), 'zh-CN');
  return findings.find((finding) => finding.rule === rule && finding.at === at);
}
