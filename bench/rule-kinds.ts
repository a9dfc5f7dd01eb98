import type { Assessed } from '../src/domain/assessed.ts';
import type { CheckedForm } from '../src/domain/compile.ts';
import { FAIL, type RuleGroup } from '../src/domain/instance.ts';
import { ruleKinds } from '../src/domain/rule.ts';
import { whole } from './figures.ts';
import { rate } from './rate.ts';
import { surrounded } from './surrounded.ts';

/** So many that no processor remembers them all. */
const distinct = 1_000;

export const kindsHeading = ['', 'rules', 'places', 'reports/s'];

/** The rules of each kind alone, on reports that have what the kind needs. */
export function measureKinds(form: CheckedForm): string[][] {
  const reports = Array.from({ length: distinct }, (_, n) => surrounded(form, `agency-${n}`, n));
  return ruleKinds.map((kind) => {
    const groups = form.groups.filter(({ rule }) => rule.kind === kind);
    if (!groups.some((group) => looksAtAny(group, reports)))
      throw new Error(`no rule of kind ${kind} looks at anything`);
    return [
      `${form.edition.id} ${kind}`,
      String(groups.length),
      whole(groups.reduce((sum, { instances }) => sum + instances.length, 0)),
      whole(rate(reports, (report) => failures(groups, report))),
    ];
  });
}

function looksAtAny({ unmet }: RuleGroup, reports: readonly Assessed[]): boolean {
  return reports.some((report) => unmet?.(report) === undefined);
}

/** How many places fail: what `assess` does, without what it makes of it. */
function failures(groups: readonly RuleGroup[], report: Assessed): number {
  let failed = 0;
  for (const { unmet, instances } of groups) {
    if (unmet?.(report) !== undefined) continue;
    for (const { status } of instances) if (status(report) === FAIL) failed++;
  }
  return failed;
}
