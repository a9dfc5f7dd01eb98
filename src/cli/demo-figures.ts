import { toInteger, type Cell } from '../domain/cell.ts';
import type { CheckedForm } from '../domain/compile.ts';
import type { Figures } from '../domain/figures.ts';
import type { FormLine, FormTable } from '../domain/form.ts';
import { sum } from '../domain/totals.ts';
import { agencies, years, type DemoAgency, type Slip } from './demo-city.ts';

/** The form of a report year. */
export type FormOfYear = (year: number) => CheckedForm;

/** What an agency reported, by whose form. */
interface Reported {
  readonly form: CheckedForm;
  readonly figures: Figures;
}

/** Numbers from 0 up to 1, always the same ones for the same seed. */
type Random = () => number;

/** A figure that goes on from one year to the next, found by its column: what it grows and shrinks by. */
interface Stock {
  readonly adds: string;
  readonly subtracts?: string;
  /** The figure is that of the beginning of the year, so last year's changes count. */
  readonly changedLastYear?: true;
}

const stocks: Readonly<Record<string, Stock>> = {
  inForce: { adds: 'issued', subtracts: 'repealed' },
  publicTotal: { adds: 'published' },
  itemsLastYear: { adds: 'itemsChange', changedLastYear: true },
};

/**
 * The figures of an agency's report as they ought to be: drawn for an agency that reports for itself, added up for one
 * that consolidates. They depend on the agency and the year alone; each year goes on from the one before.
 */
export function figuresOf(agency: DemoAgency, year: number, formOf: FormOfYear): Figures {
  const form = formOf(year);
  if (agency.consolidates) {
    const children = agencies.filter(({ parentId, vertical }) => parentId === agency.id && !vertical);
    return addUp(children.map((child) => figuresOf(child, year, formOf)));
  }
  const before = years.includes(year - 1)
    ? { form: formOf(year - 1), figures: figuresOf(agency, year - 1, formOf) }
    : undefined;
  return drawFigures(form, agency, seeded(`${agency.id}/${year}`), before);
}

/** The figures with the mistakes made on purpose in them; the given vector stays as it is. */
export function withSlips(form: CheckedForm, figures: Figures, slips: readonly Slip[]): Figures {
  const slipped = figures.slice();
  for (const { cell, becomes } of slips) {
    const { index } = cellAt(form, cell);
    slipped[index] = mistakes[becomes](slipped[index] as number);
  }
  return slipped;
}

const mistakes: Readonly<Record<Slip['becomes'], (figure: number) => number>> = {
  oneMore: (figure) => figure + 1,
  lastDigitsSwapped: (figure) => Math.floor(figure / 100) * 100 + (figure % 10) * 10 + Math.floor((figure % 100) / 10),
  blank: () => Number.NaN,
};

/** The FNV-1a hash of the seed, then mulberry32: short, and the same on every machine. */
function seeded(seed: string): Random {
  let state = 0x811c9dc5;
  for (const character of seed) state = Math.imul(state ^ (character.codePointAt(0) as number), 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function drawFigures(form: CheckedForm, agency: DemoAgency, random: Random, before: Reported | undefined): Figures {
  const figures = drawCells(form, agency, random);
  continueStocks({ form, figures }, before?.form === form ? before : undefined);
  settleTotals(form, figures);
  balanceRequests({ form, figures }, before, random);
  // Balancing changed parts of the row totals.
  settleTotals(form, figures);
  return figures;
}

/** Draws every cell, totals as well: those are set from their parts afterwards. */
function drawCells(form: CheckedForm, agency: DemoAgency, random: Random): Figures {
  const figures = new Float64Array(form.cells.length);
  for (const table of form.tables) {
    for (const [row, { key }] of table.rows.entries()) {
      const activity = key === 'regulations' && !agency.makesRegulations ? 0 : agency.activity;
      for (const [column, { key: columnKey }] of table.columns.entries()) {
        const cell = cellAt(form, `${table.section}.${key}.${columnKey}`);
        figures[cell.index] = draw(cell, activity * usualSize(table, row, column), random());
      }
    }
  }
  return figures;
}

/**
 * The greatest figure of an ordinary agency in a cell. Forms list what is common first, so figures shrink along both
 * axes. Where totals are stated cells count cases, few of them; elsewhere they tell a year's statistics.
 */
function usualSize({ rows, columns }: FormTable, row: number, column: number): number {
  if ((columns[column] as FormLine).key in stocks) return 40;
  const countsCases = [...rows, ...columns].some(({ totalOf }) => totalOf !== undefined);
  return countsCases
    ? rows.length ** 2 / 10 / ((row + 1) ** 1.5 * (column + 1))
    : 60 / (rows.length * columns.length) / ((row + 1) * (column + 1));
}

/** One figure as the vector holds it, small ones more often than great ones; an amount is drawn to the yuan. */
function draw({ value, column }: Cell, size: number, chance: number): number {
  if (column in stocks) return Math.round(size * (0.5 + chance / 2));
  if (value === 'amount') return toInteger(value, Math.round(size * chance ** 2 * 10_000) / 10_000);
  // Adding 0 turns the -0 that rounding may give into 0.
  if (value === 'signedCount') return Math.round(size * (chance - 0.5)) + 0;
  return Math.round(size * chance ** 2);
}

/** Stocks begin where they were drawn and then follow from last year's, unless the form has changed since. */
function continueStocks({ form, figures }: Reported, before: Reported | undefined): void {
  if (!before) return;
  for (const cell of form.cells) {
    const stock = stocks[cell.column];
    if (!stock) continue;
    const changes = stock.changedLastYear ? before : { form, figures };
    const change = (column: string) => figureAt(changes, `${cell.section}.${cell.row}.${column}`);
    const grown = figureAt(before, cell.address) + change(stock.adds);
    figures[cell.index] = grown - (stock.subtracts === undefined ? 0 : change(stock.subtracts));
  }
}

/** Sets every total from its parts; those over columns come last, so that a total of totals is right too. */
function settleTotals(form: CheckedForm, figures: Figures): void {
  for (const { cell, parts } of form.totalCells) figures[cell.index] = sum(figures, parts);
}

/**
 * Makes every column of `requests` balance: carries in what last year carried out, carries out a little of what it
 * concludes (or what it could not conclude of last year's), and receives the rest.
 */
function balanceRequests(reported: Reported, before: Reported | undefined, random: Random): void {
  const { form, figures } = reported;
  for (const { section, row, column, index } of form.cells) {
    if (section !== 'requests' || row !== 'carriedIn') continue;
    const at = (key: string) => `requests.${key}.${column}`;
    const carriedIn = before ? figureAt(before, at('carriedOut')) : 0;
    const concluded = figureAt(reported, at('concluded'));
    const carriedOut = Math.max(Math.round(concluded * 0.2 * random()), carriedIn - concluded);
    figures[index] = carriedIn;
    figures[cellAt(form, at('carriedOut')).index] = carriedOut;
    figures[cellAt(form, at('received')).index] = concluded + carriedOut - carriedIn;
  }
}

function addUp(reports: readonly Figures[]): Figures {
  const [first, ...others] = reports as readonly [Figures, ...Figures[]];
  return first.map((figure, index) => others.reduce((result, other) => result + (other[index] as number), figure));
}

function figureAt({ form, figures }: Reported, address: string): number {
  return figures[cellAt(form, address).index] as number;
}

/** @throws Error when the form has no such cell: a slip in the demo's data. */
function cellAt(form: CheckedForm, address: string): Cell {
  const cell = form.cellAt.get(address);
  if (!cell) throw new Error(`demo: form ${form.edition.id} has no cell ${address}`);
  return cell;
}
