import { sideBySide, type Assessed } from '../domain/assessed.ts';
import { check, type Check } from '../domain/check.ts';
import { checkText } from '../domain/check-text.ts';
import type { CheckedForm } from '../domain/compile.ts';
import { onForm } from '../domain/gather.ts';
import type { Language } from '../domain/language.ts';
import { likenessesBetween } from '../domain/likeness.ts';
import { readNarratives } from '../domain/narrative.ts';
import { contentFrom, type ReportContent, type UnstoredReport } from '../domain/report.ts';
import { editionOf } from '../domain/year.ts';
import { formOf, type Rulebook } from './service.ts';

/**
 * Checks a report that is not stored; answers as JSON.
 *
 * @throws Problem `year-without-edition` for the report's year, and for the year before where its figures are given.
 */
export function checkUnstored(rulebook: Rulebook, report: UnstoredReport, language: Language): string {
  const { form, answer } = checkOf(rulebook, report, language);
  return checkText(form, { year: report.year, edition: form.edition.id }, answer);
}

/** The same as a value, with the form it was held against. */
export function checkOf(
  rulebook: Rulebook,
  report: UnstoredReport,
  language: Language,
): { readonly form: CheckedForm; readonly answer: Check } {
  const byYear = editionOf(report.year, rulebook.editions).id;
  const form = formOf(rulebook, report.edition ?? byYear);
  return { form, answer: check(form, assessedUnstored(rulebook, form, report), language) };
}

function assessedUnstored(rulebook: Rulebook, form: CheckedForm, report: UnstoredReport): Assessed {
  const { year, agency, statedSubtotals } = report;
  const { content, figures } = contentFrom(form, report);
  const last = lastYearOf(rulebook, form, report, content);
  return {
    year,
    figures: sideBySide(figures, last?.earlier[0]),
    readings: readNarratives(form, content.sections, { year }),
    zeroReport: content.zeroReport,
    handedIn: false,
    ...(agency && { agency }),
    ...(statedSubtotals && { statedSubtotals }),
    earlier: [],
    textsCompared: last !== undefined,
    likenesses: [],
    ...last,
  };
}

/** What is compared with last year's report, where it was given. */
function lastYearOf(
  rulebook: Rulebook,
  form: CheckedForm,
  { year, lastYear }: UnstoredReport,
  content: ReportContent,
): (Pick<Assessed, 'earlier' | 'likenesses'> & Required<Pick<Assessed, 'lastYear'>>) | undefined {
  if (!lastYear) return undefined;
  const own = formOf(rulebook, editionOf(year - 1, rulebook.editions).id);
  const before = contentFrom(own, lastYear);
  const other = { agencyId: '', year: year - 1, sections: before.content.sections };
  const sameEdition = own === form;
  return {
    lastYear: { year: year - 1, sameEdition, figures: before.figures, indicators: own.indicators, cells: own.cellAt },
    earlier: [sameEdition ? before.figures : onForm(form, own, before.figures)],
    likenesses: likenessesBetween(form, content, other).map((likeness) => ({ ...likeness, agencyName: '' })),
  };
}
