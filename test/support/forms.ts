import { compile, type CheckedForm } from '../../src/domain/check.ts';
import { editions } from '../../src/forms/editions.ts';

/** Every edition, compiled. */
export const forms: readonly CheckedForm[] = editions.map(compile);

export function formOf(edition: string): CheckedForm {
  const form = forms.find((candidate) => candidate.edition.id === edition);
  if (!form) throw new Error(`no edition ${edition}`);
  return form;
}
