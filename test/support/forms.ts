import type { CheckedForm } from '../../src/domain/compile.ts';
import { editions } from '../../src/forms/editions.ts';
import { buildRulebook } from '../../src/operations/service.ts';

/** Every edition, compiled. */
export const rulebook = buildRulebook(editions, 'test');

export const forms: readonly CheckedForm[] = [...rulebook.forms.values()];

export function formOf(edition: string): CheckedForm {
  const form = rulebook.forms.get(edition);
  if (!form) throw new Error(`no edition ${edition}`);
  return form;
}
