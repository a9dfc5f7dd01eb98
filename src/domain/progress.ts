import { reportStatuses, type ReportStatus } from './report.ts';
import { expectedOf, type Expected, type Standing } from './standing.ts';
import type { Year } from './year.ts';

/** A part of a whole; no value where the whole is nothing. */
export interface Share {
  readonly numerator: number;
  readonly denominator: number;
  readonly value: number | null;
}

/** How many of the agencies that have to report stand where. */
export interface ProgressCounts {
  readonly expected: number;
  readonly handedIn: number;
  /** `missing`: no report at all. */
  readonly byStatus: Readonly<Record<ReportStatus | 'missing', number>>;
  readonly overdue: number;
  readonly submittedLate: number;
  /** Handed in, of all expected. */
  readonly completeness: Share;
  /** First handed in on time, of all expected but those that were handed in nobody knows when. */
  readonly timeliness: Share;
}

/** A branch of a subtree with everything below it. */
export interface BranchProgress extends ProgressCounts {
  readonly agencyId: string;
  readonly name: string;
}

export type MissingReport = Pick<Standing, 'agencyId' | 'name' | 'status'> &
  Pick<Expected, 'dueOn' | 'overdue' | 'extended'>;

export interface Progress extends ProgressCounts {
  readonly year: number;
  readonly under?: string;
  /** The day in China the dates were held against. */
  readonly day: string;
  readonly children: readonly BranchProgress[];
  /** Everyone expected who has not handed in, the earliest due first. */
  readonly missing: readonly MissingReport[];
}

/**
 * How far a year's reports have come. What stands under an agency counts the agency itself, which belongs to none of
 * its children; a child of whose whole subtree nobody is expected to report is left out.
 */
export function progressOf(year: Year, standings: readonly Standing[], today: string, under?: string): Progress {
  const expected = expectedOf(year, standings, today);
  const branches = Map.groupBy(expected, ({ standing }) => standing.branch);
  const heads = standings.filter(({ agencyId, branch }) => agencyId === branch && branches.has(agencyId));
  return {
    year: year.year,
    ...(under !== undefined && { under }),
    day: today,
    ...countsOf(expected),
    children: heads.map(({ agencyId, name }) => ({ agencyId, name, ...countsOf(branches.get(agencyId) ?? []) })),
    missing: missingOf(expected),
  };
}

/** Counted in one go: a city has thousands of agencies, and every one may be a branch. */
function countsOf(expected: readonly Expected[]): ProgressCounts {
  const byStatus = { ...noneByStatus };
  let [handedIn, overdue, onTime, late, atUnknownTime] = [0, 0, 0, 0, 0];
  for (const { standing, submission, overdue: isOverdue } of expected) {
    byStatus[standing.status ?? 'missing'] += 1;
    if (standing.handedIn) handedIn += 1;
    if (isOverdue) overdue += 1;
    if (submission === 'onTime') onTime += 1;
    else if (submission === 'late') late += 1;
    else if (standing.handedIn) atUnknownTime += 1;
  }
  return {
    expected: expected.length,
    handedIn,
    byStatus,
    overdue,
    submittedLate: late,
    completeness: share(handedIn, expected.length),
    timeliness: share(onTime, expected.length - atUnknownTime),
  };
}

const noneByStatus = Object.fromEntries(['missing', ...reportStatuses].map((status) => [status, 0])) as Record<
  ReportStatus | 'missing',
  number
>;

function share(numerator: number, denominator: number): Share {
  return { numerator, denominator, value: denominator === 0 ? null : numerator / denominator };
}

function missingOf(expected: readonly Expected[]): MissingReport[] {
  return expected
    .filter(({ standing }) => !standing.handedIn)
    .map(({ standing: { agencyId, name, status }, dueOn, overdue, extended }) => {
      return { agencyId, name, ...(status !== undefined && { status }), dueOn, overdue, extended };
    })
    .sort((one, other) => inOrder(one.dueOn, other.dueOn) || inOrder(one.agencyId, other.agencyId));
}

function inOrder(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
