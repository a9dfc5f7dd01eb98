import { Problem, problems, type Fault } from '../domain/problem.ts';
import type { ReportInput } from '../domain/report.ts';
import type { Outcome, ReportDecision, StoredReport } from '../domain/store.ts';
import { decideChange, type ReportWrite } from './change-report.ts';
import type { Service } from './service.ts';
import type { WrittenReport } from './write-outcome.ts';

/** One of many reports to be written, or why it cannot be; `line` is where it stands among them. */
export type ReportLine = { readonly line: number } & (
  { readonly write: ReportWrite; readonly input: ReportInput } | { readonly problem: Problem }
);

/** What became of it; its content is not held any longer. */
export type LineOutcome = Omit<WrittenReport, 'resource'>;

/** The most faults that are told of one line. */
const mostOfLine = 20;

/**
 * Writes one of many reports that come one after the other, each for itself.
 *
 * @throws Problem the line's own, and what `decideChange` throws.
 */
export async function putReportOfMany(service: Service, line: ReportLine): Promise<LineOutcome> {
  if ('problem' in line) throw line.problem;
  return service.store.changeOneOfMany(line.write.key, deciding(service, line));
}

/**
 * Writes many reports, all or none, in their order. Every line is looked at, whatever is wrong with others.
 *
 * @throws Problem `batch-refused`, each fault with its line at the beginning of its pointer.
 */
export async function putReports(
  service: Service,
  lines: readonly ReportLine[],
  signal: AbortSignal,
): Promise<LineOutcome[]> {
  const changes = lines.map((line) => ({ key: keyOf(line), decide: deciding(service, line) }));
  const outcomes = await service.store.changeReports(changes, signal);
  const faults = outcomes.flatMap((outcome, place) => faultsOf((lines[place] as ReportLine).line, outcome));
  if (faults.length > 0) throw new Problem('batch-refused', { faults, params: { lines: lines.length } });
  return outcomes.map((outcome) => (outcome as { result: LineOutcome }).result);
}

/** A line that cannot be written has no report to look at. */
function keyOf(line: ReportLine) {
  return 'write' in line ? line.write.key : { agencyId: '', year: 0 };
}

function deciding(service: Service, line: ReportLine) {
  return (found: StoredReport): ReportDecision<LineOutcome> => {
    if ('problem' in line) throw line.problem;
    const decision = decideChange(service, line.write, found, () => line.input);
    const result = (id: number): LineOutcome => {
      const { outcome, tag, revision, verdict } = decision.result(id);
      return { outcome, tag, revision, verdict };
    };
    return { ...decision, result };
  };
}

function faultsOf(line: number, outcome: Outcome<unknown>): Fault[] {
  if ('result' in outcome) return [];
  const { error } = outcome;
  if (!(error instanceof Problem)) throw error;
  if (error.faults.length === 0)
    return [{ pointer: `/${line}`, detail: problems[error.code].detail, params: error.params }];
  return error.faults.slice(0, mostOfLine).map((fault) => ({ ...fault, pointer: `/${line}${fault.pointer}` }));
}
