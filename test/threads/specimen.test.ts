import t from 'tap';
import { prepareLine } from '../../src/schemas/report-line.ts';
import { reportSchemas } from '../../src/schemas/report.ts';
import { buildValidators } from '../../src/schemas/validation.ts';
import { specimenLine } from '../../src/threads/specimen.ts';
import { forms } from '../support/forms.ts';

const validators = buildValidators(forms.flatMap(reportSchemas));

for (const form of forms) {
  await t.test(`a specimen on the form of ${form.edition.id} is read to the end`, async (t) => {
    const prepared = prepareLine(validators, form, specimenLine(form, 1));
    t.equal(prepared?.report.content.figures.some(Number.isNaN), false, 'every cell has a figure');
    for (const { key } of form.narratives) {
      t.ok(prepared?.report.texts.readings[key]?.claims.length, `${key} tells figures that are understood`);
    }
  });
}
