import type { Check } from './check.ts';
import type { CheckedForm } from './compile.ts';

/**
 * A check as JSON, after the members of `head`. Most of it is totals and subtotals, whose keys are the form's: they are
 * written around text made once with the form, which is a third quicker than `JSON.stringify`.
 */
export function checkText(form: CheckedForm, head: object, check: Check): string {
  const { verdict, totals, subtotals, ...rest } = check;
  let text = `${JSON.stringify({ ...head, verdict }).slice(0, -1)},"totals":[`;
  totals.forEach(({ stated, derived, agrees }, place) => {
    text += `${place > 0 ? ',' : ''}${form.totalCells[place]?.text}${stated},"derived":${derived},"agrees":${agrees}}`;
  });
  text += '],"subtotals":{';
  form.subtotals.forEach((subtotal, place) => {
    text += `${place > 0 ? ',' : ''}${subtotal.text}${subtotals[subtotal.address]}`;
  });
  return `${text}},${JSON.stringify(rest).slice(1)}`;
}
