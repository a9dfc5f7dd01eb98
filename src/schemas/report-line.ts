import type { CheckedForm } from '../domain/compile.ts';
import { prepareReport, type PreparedReport } from '../domain/prepared-report.ts';
import { claimedIn, type Claimed, type ReportInput, type ReportKey } from '../domain/report.ts';
import { reportLineName } from './report.ts';
import { validateBody, type Validators } from './validation.ts';

/** One of many reports, as its line has it. */
export interface ReadLine {
  readonly key: ReportKey;
  /** The line's own condition. */
  readonly ifMatch?: string;
  readonly input: ReportInput;
}

/** A line as it is sent. */
interface SentLine extends ReportInput, ReportKey {
  readonly ifMatch?: string;
}

/**
 * Holds a line against the form its report is on.
 *
 * @throws Problem `request-invalid` with every fault.
 */
export function readReportLine(validators: Validators, form: CheckedForm, body: unknown): ReadLine {
  validateBody(validators.component(reportLineName(form)), body);
  const { agencyId, year, ifMatch, ...input } = body as SentLine;
  return { key: { agencyId, year }, ...(ifMatch !== undefined && { ifMatch }), input };
}

/** A line nobody has read so far, and what it is taken to be about. */
export interface UnreadLine extends ReportKey {
  /** JSON, UTF-8. */
  readonly bytes: Uint8Array;
  /** The form of the report's year. */
  readonly edition: string;
  /** As registered. */
  readonly agencyName: string;
}

/** A line that was read and found right, its report prepared. */
export interface PreparedLine extends Pick<ReadLine, 'ifMatch'> {
  readonly claimed: Claimed;
  readonly report: PreparedReport;
}

/** Prepares lines somewhere else than where they are written. */
export interface LinesElsewhere {
  /** Whether lines are prepared at once. */
  readonly isReady: () => boolean;
  /** Gets ready, which takes a fraction of a second; whether it came about. */
  readonly getReady: () => Promise<boolean>;
  /** Gives nothing where that is not possible, or a line is not as it was taken to be. */
  readonly prepare: (line: UnreadLine) => Promise<PreparedLine | undefined>;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads a line and prepares its report, if it is what it is taken to be; that needs nothing that is stored.
 *
 * @throws Error where it cannot be read, whatever the reason.
 */
export function prepareLine(
  validators: Validators,
  form: CheckedForm,
  { bytes, agencyId, year, agencyName }: UnreadLine,
): PreparedLine | undefined {
  const { key, input, ...condition } = readReportLine(validators, form, JSON.parse(utf8.decode(bytes)));
  if (key.agencyId !== agencyId || key.year !== year) return undefined;
  return { ...condition, claimed: claimedIn(input), report: prepareReport(form, { year, agencyName }, input) };
}
