import fc from 'fast-check';
import { greatestFigure, toInteger, type Cell } from '../../src/domain/cell.ts';
import type { CheckedForm } from '../../src/domain/compile.ts';
import type { Figures } from '../../src/domain/figures.ts';

export { unpackTables as tablesOf } from '../../src/domain/figures.ts';
import type { Form } from '../../src/domain/form.ts';
import { sideBySide, type Assessed } from '../../src/domain/assessed.ts';
import { editions } from '../../src/forms/editions.ts';

/** Figures by cell address, as written on the wire. */
export type Cells = Readonly<Record<string, number | null>>;

/**
 * The figures that hold `cells`, and `rest` everywhere else.
 *
 * @throws Error when the form has no such cell, so that a test cannot set one that is not looked at.
 */
export function figuresWith(form: Form, cells: Cells, rest: number | null = 0): Figures {
  const figures = Float64Array.from(form.cells, ({ value }) => toInteger(value, rest));
  for (const [address, written] of Object.entries(cells)) {
    const { index, value } = cellAt(form, address);
    figures[index] = toInteger(value, written);
  }
  return figures;
}

export function cellAt(form: Form, address: string): Cell {
  const cell = form.cellAt.get(address);
  if (!cell) throw new Error(`edition ${form.edition.id} has no cell ${address}`);
  return cell;
}

/**
 * What the rules look at in a report with these figures and every narrative written but saying nothing to be checked;
 * there is no year before, and nobody knows whose report it is.
 */
export function withTexts(figures: Figures, besides: Partial<Assessed> = {}): Assessed {
  return {
    year: 2022,
    figures: sideBySide(figures, undefined),
    readings: Object.fromEntries(narrativeKeys.map((key) => [key, { length: 100, claims: [] }])),
    zeroReport: true,
    handedIn: false,
    earlier: [],
    textsCompared: true,
    likenesses: [],
    ...besides,
  };
}

/** The same with some narratives left blank. */
export function withoutTexts(figures: Figures, blank: readonly string[]): Assessed {
  const { readings } = withTexts(figures);
  const written = Object.entries(readings).filter(([key]) => !blank.includes(key));
  return withTexts(figures, { readings: Object.fromEntries(written) });
}

const narrativeKeys = editions
  .flatMap(({ sections }) => sections.filter(({ kind }) => kind === 'narrative'))
  .map(({ key }) => key);

/** Any figure a cell may hold, as the integer kept in a vector; small ones often, since those are what is reported. */
export function legalFigure({ value }: Cell, greatest = greatestInteger(value)): fc.Arbitrary<number> {
  const least = value === 'signedCount' ? -greatest : 0;
  const small = fc.integer({ min: Math.max(least, -20), max: 20 });
  return fc.oneof(small, fc.integer({ min: least, max: greatest }));
}

function greatestInteger(value: Cell['value']): number {
  return toInteger(value, greatestFigure(value));
}

/** Figures of any legal size, many of them blank. */
export function sparseFigures(form: Form): fc.Arbitrary<Figures> {
  const cells = form.cells.map((cell) => fc.option(legalFigure(cell), { nil: Number.NaN, freq: 3 }));
  return fc.tuple(...cells).map((figures) => Float64Array.from(figures));
}

/** So small that no sum of a whole table leaves the integers a double holds exactly. */
const summable = 1e12;

/** Figures in which every total and every balance holds. */
export function consistentFigures(form: CheckedForm): fc.Arbitrary<Figures> {
  const cells = form.cells.map((cell) => legalFigure(cell, summable));
  return fc.tuple(...cells).map((figures) => reconciled(form, Float64Array.from(figures)));
}

/** Balances the requests of every kind of applicant, then states every total as what it adds up to. */
function reconciled(form: CheckedForm, figures: Figures): Figures {
  const partsOf = new Map(form.totalCells.map(({ cell, parts }) => [cell.index, parts]));
  const settle = (place: number): number => {
    const parts = partsOf.get(place);
    if (parts) figures[place] = parts.reduce((sum, part) => sum + settle(part), 0);
    return figures[place] as number;
  };
  const applicants = form.cells.filter(({ section, row, index }) => {
    return section === 'requests' && row === 'received' && !partsOf.has(index);
  });
  for (const received of applicants) {
    const place = (row: string) => cellAt(form, `requests.${row}.${received.column}`).index;
    const handled = settle(place('concluded')) + settle(place('carriedOut'));
    const carriedIn = settle(place('carriedIn')) % (handled + 1);
    figures[place('carriedIn')] = carriedIn;
    figures[received.index] = handled - carriedIn;
  }
  for (const { cell } of form.totalCells) settle(cell.index);
  return figures;
}
