/** The rule engine alone, on one core: `npm run bench:rules`, explained in README.md. */
import { assess, check } from '../src/domain/check.ts';
import type { Assessed } from '../src/domain/assessed.ts';
import type { CheckedForm } from '../src/domain/compile.ts';
import { readClaims } from '../src/domain/reading/read.ts';
import { printTable, verdictOn, whole } from './figures.ts';
import { overviewWithFigures } from './narratives.ts';
import { rate } from './rate.ts';
import { assessedOf, brokenFigures, forms, seeded, soundFigures } from './reports.ts';
import { kindsHeading, measureKinds } from './rule-kinds.ts';
import { surrounded } from './surrounded.ts';
import { measureSuspects, suspectsHeading } from './suspects.ts';

/** So many that no processor remembers them all. */
const distinct = 2_000;

/** Texts of which each is read again and again. */
const texts = 200;

const newest = forms.at(-1) as CheckedForm;

function measureChecks(form: CheckedForm): string[][] {
  const random = seeded(1);
  const sound = Array.from({ length: distinct }, (_, n) => soundFigures(form, `agency-${n}`));
  const soundReports = sound.map(assessedOf);
  const brokenReports = sound.map((figures) => assessedOf(brokenFigures(form, figures, random)));
  const whole = Array.from({ length: distinct / 2 }, (_, n) => surrounded(form, `agency-${n}`, n));
  if (brokenReports.some((report) => assess(form, report).errors === 0)) throw new Error('a broken report passes');
  const assessing = (reports: readonly Assessed[]) => rate(reports, (report) => assess(form, report).warnings);
  return [
    line(form, 'assess, nothing wrong', assessing(soundReports), 150_000),
    line(form, 'assess, broken', assessing(brokenReports), 150_000),
    line(form, 'assess beside other years, children and texts', assessing(whole), 30_000),
    line(
      form,
      'check with all findings, broken',
      rate(brokenReports, (report) => check(form, report, 'zh-CN').findings.length),
      15_000,
    ),
  ];
}

/** What reading the texts of a report takes, which every write does. */
function measureReading(form: CheckedForm): string[] {
  const random = seeded(3);
  const overviews = Array.from({ length: texts }, () => overviewWithFigures(random));
  const perSecond = rate(overviews, (text) => readClaims(form.reader, text, { year: 2023 }).length);
  return line(form, 'texts of 1,500 characters read', perSecond);
}

function line({ edition }: CheckedForm, what: string, perSecond: number, limit?: number): string[] {
  const least = limit === undefined ? '' : `≥ ${whole(limit)}`;
  return [`${edition.id} ${what}`, whole(perSecond), least, verdictOn(perSecond, limit)];
}

printTable(['', 'per second', 'limit', ''], [...forms.flatMap(measureChecks), measureReading(newest)]);
console.log();
printTable(kindsHeading, forms.flatMap(measureKinds));
console.log();
printTable(suspectsHeading, measureSuspects(newest));
