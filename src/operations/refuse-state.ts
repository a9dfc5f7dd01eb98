import { existedDuring, type Agency } from '../domain/agency.ts';
import { may, relationInside, type Principal } from '../domain/access.ts';
import type { Actor } from '../domain/event.ts';
import { enumerated, type Words } from '../domain/language.ts';
import { Problem } from '../domain/problem.ts';
import { statusInWords, type ReportState, type ReportStatus } from '../domain/report.ts';
import { isPossible, steps, workflow, type Step } from '../domain/workflow.ts';
import { yearStatusInWords, type Year } from '../domain/year.ts';

/**
 * Says that a report's status forbids what is wanted, in which statuses that could be done, and what can be done now.
 *
 * @throws Problem `report-state`, with the acts that are possible to the caller as `possible`.
 */
export function refuseState(
  report: Pick<ReportState, 'agencyId' | 'status' | 'facts'>,
  by: Principal,
  { words, from }: { readonly words: Words; readonly from: readonly ReportStatus[] },
): never {
  const relation = relationInside(by, report.agencyId);
  const all = steps.filter((step) => isPossible(step, report));
  const possible = all.filter((step) => may(by, `${step}Report`, relation));
  throw new Problem('report-state', {
    params: {
      status: statusInWords[report.status],
      act: words,
      from: enumerated(from.map((status) => statusInWords[status])),
      now: nowInWords(possible, all),
    },
    members: { possible },
  });
}

/** What the caller can do now, else what the office can. */
function nowInWords(possible: readonly Step[], all: readonly Step[]): Words {
  const words = enumerated((possible.length > 0 ? possible : all).map((step) => workflow[step].words));
  return possible.length > 0
    ? { 'zh-CN': `现在可以进行的操作：${words['zh-CN']}`, en: `Possible now: ${words.en}` }
    : { 'zh-CN': `现在由上级公开办进行：${words['zh-CN']}`, en: `The office above can now: ${words.en}` };
}

/**
 * A year that is over, or has not begun, is for the disclosure office alone.
 *
 * @throws Problem `year-not-open`.
 */
export function refuseYear(year: Year | undefined, { role }: Actor): void {
  if (!year || year.status === 'open' || role !== 'reporter') return;
  throw new Problem('year-not-open', { params: { year: year.year, status: yearStatusInWords[year.status] } });
}

/**
 * An agency reports for no year in which it was not there; what is to be recorded of such a year all the same is for the
 * disclosure office.
 *
 * @throws Problem `agency-not-there`, with what was there instead.
 */
export function refuseAbsent(agency: Agency | undefined, year: number, { role }: Actor): void {
  if (!agency || role !== 'reporter' || existedDuring(agency, year)) return;
  throw new Problem('agency-not-there', { params: { agencyId: agency.id, year, why: absence(agency, year) } });
}

function absence({ activeFrom, activeTo, succeededBy }: Agency, year: number): Words {
  if (activeTo === undefined || activeTo >= `${year}`) {
    return { 'zh-CN': `${activeFrom} 才设立`, en: `was set up on ${activeFrom}` };
  }
  return {
    'zh-CN': `已于 ${activeTo} 撤销${succeededBy === undefined ? '' : `，由“${succeededBy}”接续`}`,
    en: `ended on ${activeTo}${succeededBy === undefined ? '' : ` and was succeeded by “${succeededBy}”`}`,
  };
}
