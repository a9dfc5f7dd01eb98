import { pastOf } from '../domain/gather.ts';
import { someOf, type Words } from '../domain/language.ts';
import type { Surroundings } from '../domain/judge.ts';
import { prefilled } from '../domain/prefill.ts';
import { Problem } from '../domain/problem.ts';
import type { ReportInput, ReportKey } from '../domain/report.ts';
import type { Figures } from '../domain/figures.ts';
import { changeReport, type ReportWrite } from './change-report.ts';
import { surroundingsOf, type Service } from './service.ts';
import type { Written } from './write-outcome.ts';

/**
 * Fills the blank cells of a draft that repeat what the agency, and those it took over from, reported for last year;
 * makes the draft where there is none.
 *
 * @throws Problem `last-year-missing`, and what writing a report throws.
 */
export async function prefillReport(service: Service, write: ReportWrite): Promise<Written<string>> {
  return changeReport(service, write, (stored, found) => {
    const around = surroundingsOf(service, found, write.edition);
    const draft = stored ? (JSON.parse(stored.content) as ReportInput) : {};
    return prefilled(around.form, draft, lastYearsFigures(around, write.key));
  });
}

/**
 * What counts of last year, in the order of this year's form.
 *
 * @throws Problem `last-year-missing`.
 */
function lastYearsFigures({ forms, form, agency, neighbours }: Surroundings, key: ReportKey): Figures {
  const { years, unreported } = pastOf(forms, form, key, agency, neighbours);
  const year = key.year - 1;
  const last = years.find((past) => past.year === year);
  if (!last) throw new Problem('last-year-missing', { params: { year, missing: missingInWords(unreported) } });
  return last.figures;
}

/** Where others were taken over, a part of them is not taken for the whole: who has not handed in. */
function missingInWords(names: readonly string[]): Words {
  if (names.length === 0) return { 'zh-CN': '', en: '' };
  return {
    'zh-CN': `（还有 ${names.length} 个机关没有报送：${someOf(names, 'zh-CN')}）`,
    en: ` (${names.length} agencies have not: ${someOf(names, 'en')})`,
  };
}
