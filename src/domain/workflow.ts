import type { Finding } from './finding.ts';
import type { Words } from './language.ts';
import { countedRevision, publish, type ReportState, type ReportStatus } from './report.ts';

/** What can be done with a report besides writing it, in the order of its life. */
export const steps = ['submit', 'return', 'accept', 'publish', 'reopen'] as const;
export type Step = (typeof steps)[number];

interface StepRule {
  readonly words: Words;
  /** The statuses it can be taken in. */
  readonly from: readonly ReportStatus[];
  /** Those of a report as printed besides: it was published elsewhere, and nobody reviews it. */
  readonly asPrinted?: readonly ReportStatus[];
  /** Which findings stand in the way. */
  readonly stoppedBy?: (finding: Finding) => boolean;
}

/** A blank and an error that cannot be waived must be mended; for the others the reporter has to give a reason. */
const unexplained = ({ severity, waiver }: Finding): boolean =>
  severity === 'error' || (severity === 'errorWaivable' && (!waiver || waiver.status === 'lapsed'));

/** And the reviewer has to accept that reason. */
const unwaived = ({ severity, waiver }: Finding): boolean =>
  severity === 'error' || (severity === 'errorWaivable' && waiver?.status !== 'waived');

/** The workflow (报送、退回、审核、发布、更正); who may take a step stands in `access.ts`. */
export const workflow: Readonly<Record<Step, StepRule>> = {
  submit: {
    words: { 'zh-CN': '报送', en: 'submit' },
    from: ['draft', 'returned'],
    stoppedBy: unexplained,
  },
  return: { words: { 'zh-CN': '退回', en: 'return' }, from: ['submitted', 'accepted'] },
  accept: { words: { 'zh-CN': '审核通过', en: 'accept' }, from: ['submitted'], stoppedBy: unwaived },
  publish: {
    words: { 'zh-CN': '发布', en: 'publish' },
    from: ['accepted'],
    asPrinted: ['draft', 'submitted', 'returned'],
    stoppedBy: unwaived,
  },
  reopen: { words: { 'zh-CN': '重新打开', en: 'reopen' }, from: ['published'] },
};

/** Whether a step can be taken with a report as it is, its findings aside. */
export function isPossible(step: Step, { status, facts }: Pick<ReportState, 'status' | 'facts'>): boolean {
  const { from, asPrinted = [] } = workflow[step];
  return from.includes(status) || (facts.asPrinted && asPrinted.includes(status));
}

/** The findings that stand in the way of a step; errors of a report as printed are shown and block nothing. */
export function obstaclesTo(
  step: Step,
  { facts }: Pick<ReportState, 'facts'>,
  findings: readonly Finding[],
): Finding[] {
  const { stoppedBy } = workflow[step];
  return facts.asPrinted || !stoppedBy ? [] : findings.filter(stoppedBy);
}

/**
 * The report after a step that is possible was taken at `at`, to be judged anew. `reason` is why it was returned or
 * reopened; it stays until the report is handed in again.
 */
export function taken(step: Step, stored: ReportState, at: string, reason: string | undefined): ReportState {
  if (step === 'publish') return publish(withoutReason(stored), at);
  const { countedRevision: _, ...next } = {
    ...withoutReason(stored),
    ...after[step](stored, at),
    version: stored.version + 1,
  };
  const counted = countedRevision(next, next.facts.asPrinted);
  return {
    ...next,
    updatedAt: at,
    ...(counted !== undefined && { countedRevision: counted }),
    ...(reason !== undefined && { reason }),
  };
}

/** What a step changes. */
const after: Readonly<
  Record<
    Exclude<Step, 'publish'>,
    (stored: ReportState, at: string) => Partial<ReportState> & Pick<ReportState, 'status'>
  >
> = {
  submit: (stored, at) => ({ status: 'submitted', submittedAt: at, firstSubmittedAt: stored.firstSubmittedAt ?? at }),
  return: () => ({ status: 'returned' }),
  accept: () => ({ status: 'accepted' }),
  // The public goes on reading the revision that was published; what is corrected is another.
  reopen: ({ revision }) => ({ status: 'draft', revision: revision + 1 }),
};

function withoutReason(state: ReportState): ReportState {
  const { reason: _, ...rest } = state;
  return rest;
}
