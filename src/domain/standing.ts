import { existedAtEndOf, type Agency } from './agency.ts';
import { dueOn, isOverdue, levelDue, wasSubmittedLate } from './due.ts';
import type { ReportStatus } from './report.ts';
import type { Year } from './year.ts';

/** An agency of a subtree, and how its report of a year stands. */
export interface Standing extends Pick<
  Agency,
  'name' | 'level' | 'kind' | 'vertical' | 'contact' | 'activeFrom' | 'activeTo'
> {
  readonly agencyId: string;
  /** The direct child of the subtree's head it belongs to; absent for the head itself. Of all agencies, its root. */
  readonly branch?: string;
  /** Absent where there is no report. */
  readonly status?: ReportStatus;
  /** Others go by its report: handed in, published or as printed. */
  readonly handedIn: boolean;
  /** ISO 8601, UTC. */
  readonly firstSubmittedAt?: string;
  readonly extendedTo?: string;
}

/** An agency that has to report for the year, held against its due date. */
export interface Expected {
  readonly standing: Standing;
  readonly dueOn: string;
  readonly overdue: boolean;
  /** How it was first handed in here. What is as printed counts as handed in without it: nobody knows when that was. */
  readonly submission: 'onTime' | 'late' | 'none';
  /** It has more time than others of its level. */
  readonly extended: boolean;
}

/** Whether an agency has to report for a year: it exists at its end and is not led by a system of its own. */
export function hasToReport(agency: Pick<Agency, 'vertical' | 'activeFrom' | 'activeTo'>, year: number): boolean {
  return !agency.vertical && existedAtEndOf(agency, year);
}

/** Who has to report for a year. */
export function expectedOf(year: Year, standings: readonly Standing[], today: string): Expected[] {
  return standings
    .filter((standing) => hasToReport(standing, year.year))
    .map((standing) => heldAgainst(year, standing, today));
}

function heldAgainst(year: Year, standing: Standing, today: string): Expected {
  const ofLevel = levelDue(year, standing);
  const due = dueOn(ofLevel, standing.extendedTo);
  return {
    standing,
    dueOn: due,
    overdue: isOverdue(year, standing.handedIn, due, today),
    submission: submissionOf(standing, due),
    extended: due > ofLevel,
  };
}

function submissionOf({ firstSubmittedAt }: Standing, due: string): Expected['submission'] {
  if (firstSubmittedAt === undefined) return 'none';
  return wasSubmittedLate(firstSubmittedAt, due) ? 'late' : 'onTime';
}
