import fc from 'fast-check';
import t from 'tap';
import { assess, check, type CheckedForm } from '../../src/domain/check.ts';
import {
  figureBytes,
  figuresFromBytes,
  packFigures,
  type Figures,
  type TableContent,
} from '../../src/domain/figures.ts';
import type { Assessed } from '../../src/domain/instance.ts';
import { consistentFigures, legalFigure, sparseFigures, tablesOf, withTexts } from '../support/figures.ts';
import { forms } from '../support/forms.ts';
import { holds } from '../support/property.ts';

for (const form of forms) {
  await t.test(`edition ${form.edition.id}`, async (t) => {
    await t.test('figures that add up have no finding', async (t) => {
      const isConsistent = (figures: Figures) => {
        const { verdict, findings, notAssessable, totals } = check(form, withTexts(figures), 'zh-CN');
        const agree = totals.every(({ agrees }) => agrees === true);
        return verdict === 'consistent' && findings.length === 0 && notAssessable.length === 0 && agree;
      };
      holds(t, fc.property(consistentFigures(form), isConsistent));
    });

    await t.test('no single figure of requests or disputes can be changed unnoticed', async (t) => {
      const isNoticed = ({ figures, place, figure }: Slip) => {
        figures[place] = figure;
        const { verdict, errors } = assess(form, withTexts(figures));
        return verdict === 'inconsistent' && errors > 0;
      };
      holds(t, fc.property(slip(form), isNoticed), { numRuns: 300 });
    });

    await t.test('figures survive the wire', async (t) => {
      const survive = (figures: Figures) => {
        const wire = JSON.parse(JSON.stringify(tablesOf(form, figures))) as Record<string, TableContent>;
        return same(packFigures(form, wire), figures);
      };
      holds(t, fc.property(sparseFigures(form), survive));
    });

    await t.test('figures survive the store', async (t) => {
      const survive = (figures: Figures) => same(figuresFromBytes(figureBytes(figures)), figures);
      holds(t, fc.property(sparseFigures(form), survive));
    });

    await t.test('bytes that stand anywhere in a buffer are read', async (t) => {
      const survive = (figures: Figures) => {
        const bytes = Buffer.concat([Buffer.of(1, 2, 3), figureBytes(figures)]).subarray(3);
        return same(figuresFromBytes(bytes), figures);
      };
      holds(t, fc.property(sparseFigures(form), survive), { numRuns: 10 });
    });

    await t.test('what is kept beside a report is what its check tells', async (t) => {
      const agree = (assessed: Assessed) => {
        const { verdict, errors, warnings, failed } = assess(form, assessed);
        const told = check(form, assessed, 'en');
        const count = (severity: string) => told.findings.filter((finding) => finding.severity === severity).length;
        const rules = [...new Set(told.findings.map(({ rule }) => rule))];
        return (
          verdict === told.verdict &&
          errors === count('error') &&
          warnings === count('warning') &&
          failed.join() === rules.join()
        );
      };
      holds(t, fc.property(assessedArbitrary(form), agree), { numRuns: 50 });
    });

    await t.test('every instance is passed, failed or not assessable, and each is told once', async (t) => {
      const told = (assessed: Assessed) => {
        const { findings, notAssessable } = check(form, assessed, 'en');
        const places = [...findings, ...notAssessable].map(({ rule, at }) => `${rule}@${at}`);
        const passed = form.instances.filter((instance) => instance.status(assessed) === 0).length;
        return new Set(places).size === places.length && passed + places.length === form.instances.length;
      };
      holds(t, fc.property(assessedArbitrary(form), told), { numRuns: 50 });
    });
  });
}

/** One figure of consistent figures replaced by another legal one. */
interface Slip {
  readonly figures: Figures;
  readonly place: number;
  readonly figure: number;
}

function slip(form: CheckedForm): fc.Arbitrary<Slip> {
  const summed = form.cells.filter(({ section }) => section === 'requests' || section === 'disputes');
  return fc
    .tuple(consistentFigures(form), fc.constantFrom(...summed))
    .chain(([figures, cell]) => legalFigure(cell).map((figure) => ({ figures, place: cell.index, figure })))
    .filter(({ figures, place, figure }) => figures[place] !== figure);
}

/** Sparse figures, or figures that add up but for a few blanks, with some narratives blank. */
function assessedArbitrary(form: CheckedForm): fc.Arbitrary<Assessed> {
  return fc.record({
    figures: fc.oneof(sparseFigures(form), consistentFigures(form)),
    blankTexts: fc.subarray(form.narratives.map(({ key }) => key)),
  });
}

/** Bit for bit, blanks and the sign of zero included. */
function same(one: Figures, other: Figures): boolean {
  return Buffer.compare(figureBytes(one), figureBytes(other)) === 0;
}
