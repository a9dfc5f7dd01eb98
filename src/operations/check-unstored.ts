import { check } from '../domain/check.ts';
import { checkText } from '../domain/check-text.ts';
import type { Language } from '../domain/language.ts';
import { assessedFrom, contentFrom, type ReportInput } from '../domain/report.ts';
import { editionOf } from '../domain/year.ts';
import { formOf, type Service } from './service.ts';

export interface UnstoredReport extends Pick<ReportInput, 'sections' | 'notes' | 'zeroReport'> {
  readonly year: number;
  readonly edition?: string;
}

/**
 * Checks a report that is not stored, whose agency and year need not be registered; answers as JSON.
 *
 * @throws Problem `year-without-edition`.
 */
export function checkUnstored(service: Service, report: UnstoredReport, language: Language): string {
  const byYear = editionOf(report.year, service.editions).id;
  const form = formOf(service, report.edition ?? byYear);
  const { content, figures } = contentFrom(form, report);
  const head = { year: report.year, edition: form.edition.id };
  return checkText(form, head, check(form, assessedFrom(form, content, figures), language));
}
