import type { CheckedForm } from '../domain/compile.ts';
import { Problem, type Fault } from '../domain/problem.ts';
import type { UnstoredReport } from '../domain/report.ts';
import { faultsIn, validateBody, type Validators } from './validation.ts';
import { componentName } from './section-of.ts';

/**
 * A report to check, held against the form it is meant for, last year's sections against that of their year.
 *
 * @throws Problem `request-invalid` with every fault.
 */
export function readCheckInput(forms: readonly CheckedForm[], validators: Validators, body: unknown): UnstoredReport {
  const faults = faultsIn(validators.component(componentName(formNamed(forms, body), 'Check', 'write')), body);
  if (faults.length === 0) faults.push(...lastYearFaults(forms, validators, body as UnstoredReport));
  if (faults.length > 0) throw new Problem('request-invalid', { faults });
  return body as UnstoredReport;
}

/**
 * The same for a report as the API answers one, too: what only the service says of it is looked at and left aside.
 *
 * @throws Problem `request-invalid` with every fault.
 */
export function readReport(forms: readonly CheckedForm[], validators: Validators, report: unknown): UnstoredReport {
  const { status } = (report ?? {}) as { status?: unknown };
  if (status === undefined) return readCheckInput(forms, validators, report);
  const form = formNamed(forms, report);
  validateBody(validators.component(componentName(form, 'Report', 'write')), report);
  const { year, sections, notes, zeroReport } = report as UnstoredReport;
  return readCheckInput(forms, validators, { year, edition: form.edition.id, sections, notes, zeroReport });
}

/** The form a body is meant for: the edition it names, that of its year, or the newest, whose schema then says what is wrong. */
function formNamed(forms: readonly CheckedForm[], body: unknown): CheckedForm {
  const { edition, year } = (body ?? {}) as { edition?: unknown; year?: unknown };
  const named = forms.find((form) => form.edition.id === edition);
  return named ?? formOfYear(forms, year) ?? (forms.at(-1) as CheckedForm);
}

function formOfYear(forms: readonly CheckedForm[], year: unknown): CheckedForm | undefined {
  return forms.find(({ edition: { years } }) => {
    return typeof year === 'number' && years.first <= year && year <= (years.last ?? year);
  });
}

function lastYearFaults(
  forms: readonly CheckedForm[],
  validators: Validators,
  { year, lastYear }: UnstoredReport,
): Fault[] {
  const form = formOfYear(forms, year - 1);
  // A year without a form is refused with the years that have one.
  if (!lastYear?.sections || !form) return [];
  const faults = faultsIn(validators.component(componentName(form, 'Sections', 'write')), lastYear.sections);
  return faults.map((fault) => ({ ...fault, pointer: `/lastYear/sections${fault.pointer}` }));
}
