import type { Assessment } from '../domain/check.ts';
import type { ReportState } from '../domain/report.ts';

/** What became of a write. */
export type WriteOutcome = 'created' | 'updated' | 'unchanged';

/** A report after a write, as its reader is answered. */
export interface WrittenReport extends Written<string>, Pick<ReportState, 'revision'>, Pick<Assessment, 'verdict'> {}

/** A resource after a write, with its entity tag. */
export interface Written<Resource> {
  readonly outcome: WriteOutcome;
  readonly resource: Resource;
  readonly tag: string;
}
