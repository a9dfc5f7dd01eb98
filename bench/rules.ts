/** The rule engine alone, on one core: `npm run bench:rules`, explained in README.md. */
import { assess, check, type CheckedForm } from '../src/domain/check.ts';
import type { Assessed } from '../src/domain/instance.ts';
import { median, printTable, verdictOn, whole } from './figures.ts';
import { assessedOf, brokenFigures, forms, seeded, soundFigures } from './reports.ts';

const rounds = 5;
const milliseconds = 500;

/** So many that no processor remembers them all. */
const distinct = 2_000;

type Judge = (report: Assessed) => { readonly verdict: string };

/**
 * Reports for a second of one core, the median of some rounds after a round of warming up. Processor time is what
 * counts, so that a busy machine does not: the threads that collect garbage are in it.
 */
function rate(reports: readonly Assessed[], judge: Judge): number {
  const rates = Array.from({ length: rounds + 1 }, () => oneRound(reports, judge));
  return median(rates.slice(1));
}

function oneRound(reports: readonly Assessed[], judge: Judge): number {
  const start = process.cpuUsage();
  let [done, microseconds] = [0, 0];
  while (microseconds < 1_000 * milliseconds) {
    // What comes out is looked at, or the work might be optimised away.
    for (const report of reports) done += judge(report).verdict === '' ? 0 : 1;
    const { user, system } = process.cpuUsage(start);
    microseconds = user + system;
  }
  return (1e6 * done) / microseconds;
}

function measure(form: CheckedForm): string[][] {
  const random = seeded(1);
  const sound = Array.from({ length: distinct }, (_, n) => soundFigures(form, `agency-${n}`));
  const broken = sound.map((figures) => brokenFigures(form, figures, random));
  const [soundReports, brokenReports] = [sound, broken].map((list) => list.map((one) => assessedOf(one))) as [
    Assessed[],
    Assessed[],
  ];
  if (brokenReports.some((report) => assess(form, report).errors === 0)) throw new Error('a broken report passes');
  const line = (what: string, limit: number, perSecond: number) => {
    return [`${form.edition.id} ${what}`, whole(perSecond), `≥ ${whole(limit)}`, verdictOn(perSecond, limit)];
  };
  return [
    line(
      'assess, nothing wrong',
      500_000,
      rate(soundReports, (report) => assess(form, report)),
    ),
    line(
      'assess, broken',
      500_000,
      rate(brokenReports, (report) => assess(form, report)),
    ),
    line(
      'check with all findings, broken',
      30_000,
      rate(brokenReports, (report) => check(form, report, 'zh-CN')),
    ),
  ];
}

printTable(['', 'reports/s', 'limit', ''], forms.flatMap(measure));
