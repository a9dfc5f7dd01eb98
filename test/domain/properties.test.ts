import fc from 'fast-check';
import t from 'tap';
import { assess, check } from '../../src/domain/check.ts';
import type { CheckedForm } from '../../src/domain/compile.ts';
import {
  figureBytes,
  figuresFromBytes,
  packFigures,
  type Figures,
  type TableContent,
} from '../../src/domain/figures.ts';
import type { Assessed } from '../../src/domain/assessed.ts';
import { FAIL } from '../../src/domain/instance.ts';
import {
  consistentFigures,
  legalFigure,
  sparseFigures,
  tablesOf,
  withoutTexts,
  withTexts,
} from '../support/figures.ts';
import { forms } from '../support/forms.ts';
import { holds } from '../support/property.ts';

for (const form of forms) {
  await t.test(`edition ${form.edition.id}`, async (t) => {
    await t.test(
      'figures that add up have no error, and only what is not there keeps a rule from being assessed',
      async (t) => {
        const isConsistent = (figures: Figures) => {
          const { verdict, findings, notAssessable, totals } = check(form, withTexts(figures), 'zh-CN');
          const agree = totals.every(({ agrees }) => agrees === true);
          const errors = findings.filter(({ severity }) => severity !== 'warning');
          const blanks = notAssessable.filter(({ missing }) => missing.length > 0);
          return verdict === 'consistent' && errors.length === 0 && blanks.length === 0 && agree;
        };
        holds(t, fc.property(consistentFigures(form), isConsistent));
      },
    );

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

    await t.test('what failed and what could not be assessed is told, each place once', async (t) => {
      const told = (assessed: Assessed) => {
        const { findings, notAssessable } = check(form, assessed, 'en');
        const places = [...findings, ...notAssessable].map(({ rule, at }) => `${rule}@${at}`);
        const looked = form.groups.filter((group) => group.unmet?.(assessed) === undefined);
        const failed = looked.flatMap(({ instances }) => instances.filter((one) => one.status(assessed) === FAIL));
        return new Set(places).size === places.length && failed.length === findings.length;
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
  const figures = fc.oneof(sparseFigures(form), consistentFigures(form));
  const blank = fc.subarray(form.narratives.map(({ key }) => key));
  return fc.tuple(figures, blank).map(([figures, keys]) => withoutTexts(figures, keys));
}

/** Bit for bit, blanks and the sign of zero included. */
function same(one: Figures, other: Figures): boolean {
  return Buffer.compare(figureBytes(one), figureBytes(other)) === 0;
}
