import fc from 'fast-check';
import t from 'tap';
import { packFigures, type TableContent } from '../../src/domain/figures.ts';
import { prefilled } from '../../src/domain/prefill.ts';
import type { ReportInput } from '../../src/domain/report.ts';
import { cellAt, figuresWith, sparseFigures, tablesOf } from '../support/figures.ts';
import { formOf, forms } from '../support/forms.ts';
import { holds } from '../support/property.ts';

const form = formOf('2021');
const columns = ['natural', 'business', 'research', 'welfare', 'legal', 'otherOrg', 'total'];

function figuresOf({ sections = {} }: ReportInput) {
  return packFigures(form, sections as Record<string, TableContent>);
}

await t.test('what last year carried out is carried in, in all seven columns, and nothing else', async (t) => {
  const carriedOut = Object.fromEntries(columns.map((column, n) => [`requests.carriedOut.${column}`, n]));
  const filled = figuresOf(prefilled(form, {}, figuresWith(form, carriedOut, 99)));
  const carriedIn = Object.fromEntries(columns.map((column, n) => [`requests.carriedIn.${column}`, n]));
  t.strictSame(filled, figuresWith(form, carriedIn, null));
});

await t.test('the text, the notes and the people of a draft stay', async (t) => {
  const draft = {
    preparedBy: '填报人',
    notes: { 'requests.granted.total': '注' },
    sections: { other: { text: '无' } },
  };
  const filled = prefilled(form, draft, figuresWith(form, {}));
  t.match(filled, { ...draft, sections: { ...draft.sections, requests: { carriedIn: { natural: 0, total: 0 } } } });
});

await t.test('a stated figure is never replaced, and no figure is made of a blank', async (t) => {
  for (const form of forms) {
    const figures = sparseFigures(form);
    const property = fc.property(figures, figures, (own, last) => {
      const { sections = {} } = prefilled(form, { sections: tablesOf(form, own) }, last);
      const filled = packFigures(form, sections as Record<string, TableContent>);
      return form.cells.every(({ index, section, row, column }) => {
        const carried = section === 'requests' && row === 'carriedIn';
        const before = carried ? last[cellAt(form, `requests.carriedOut.${column}`).index] : Number.NaN;
        return Object.is(filled[index], Number.isNaN(own[index]) ? before : own[index]);
      });
    });
    holds(t, property);
  }
});
