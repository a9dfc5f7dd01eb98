import { check } from '../domain/check.ts';
import { dependentsOf } from '../domain/dependents.ts';
import type { Order } from '../domain/event.ts';
import { assessedState, recheck, type Surroundings } from '../domain/judge.ts';
import type { Language } from '../domain/language.ts';
import { meetConditions, type Conditions } from '../domain/precondition.ts';
import { Problem } from '../domain/problem.ts';
import { reportAnswer, type ReportKey, type ReportState } from '../domain/report.ts';
import type { Once } from '../domain/store.ts';
import { isPossible, obstaclesTo, taken, workflow, type Step } from '../domain/workflow.ts';
import { rechecking } from './recheck-reports.ts';
import { refuseAbsent, refuseState, refuseYear } from './refuse-state.ts';
import { surroundingsOf, type Service } from './service.ts';
import { reportTag } from './tags.ts';
import type { Written } from './write-outcome.ts';

/** A step of the workflow that somebody wants taken. */
export interface StepOrder extends Order {
  readonly key: ReportKey;
  readonly conditions: Conditions;
  /** Why; a step that goes back needs it. */
  readonly reason?: string;
  /** The findings that stand in the way are told in this language. */
  readonly language: Language;
  readonly once?: Once;
}

/**
 * Takes a step with a report, decided from what is stored: of two who take the same step at once, one is refused.
 *
 * @throws Problem `report-not-found`, `precondition-failed`, `year-not-open`, `agency-not-there`, `report-state`; `report-has-errors` with
 *   the findings that stand in the way; `idempotency-key-reused`.
 */
export async function takeStep(service: Service, step: Step, order: StepOrder): Promise<Written<string>> {
  const { key, conditions, act, by, reason, language, once } = order;
  const decide: Parameters<typeof service.store.changeReport<Written<string>>>[1] = (found) => {
    const { report, year, neighbours } = found;
    if (!report) throw new Problem('report-not-found', { params: { ...key } });
    meetConditions(conditions, reportTag(report), false);
    refuseYear(year, by);
    refuseAbsent(found.agency, key.year, by);
    if (!isPossible(step, report)) refuseState(report, by, workflow[step]);
    const around = surroundingsOf(service, found, report.edition);
    refuseErrors(around, report, step, language);
    const at = service.now().toISOString();
    const next = recheck(around, taken(step, report, at, reason), at);
    return {
      write: next,
      deed: { act, by, at, ...(reason !== undefined && { reason }) },
      ...rechecking(service, dependentsOf({ key, agency: around.agency, before: report, after: next }, neighbours)),
      result: (id) => ({ outcome: 'updated', resource: reportAnswer(next), tag: reportTag({ ...next, id }) }),
    };
  };
  return service.store.changeReport(key, decide, once);
}

function refuseErrors(around: Surroundings, report: ReportState, step: Step, language: Language): void {
  const { findings } = check(around.form, assessedState(around, report), language, report.waivers);
  const obstacles = obstaclesTo(step, report, findings);
  if (obstacles.length === 0) return;
  throw new Problem('report-has-errors', {
    params: { count: obstacles.length, step: workflow[step].words },
    members: { findings: obstacles },
  });
}
