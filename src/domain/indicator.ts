import { toWritten, type Cell } from './cell.ts';
import type { CellValue } from './edition.ts';
import { namedTerms, select, sideInWords, type Selector, type SignedCell } from './expression.ts';
import type { Figures } from './figures.ts';
import type { Form } from './form.ts';
import { someOf, type Language, type Words } from './language.ts';
import { exactly } from './totals.ts';

/** A figure derived from a report's cells, as data: a ratio of two sums, or one sum where it is a count. */
export interface Indicator {
  /** Permanent. */
  readonly id: string;
  readonly label: Words;
  /** Selectors without `@`; a leading `-` subtracts. All cells of a side are counted in one unit. */
  readonly numerator: readonly Selector[];
  /** Absent for a count. */
  readonly denominator?: readonly Selector[];
}

/** A signed sum as places in the figure vector. */
interface IndicatorSide {
  readonly added: Int32Array;
  readonly subtracted: Int32Array;
  readonly value: CellValue;
  /** Whether a figure in it may be negative. */
  readonly signed: boolean;
  readonly words: Words;
  /** Whether the words need brackets around them in a division. */
  readonly isSum: boolean;
}

/** An indicator laid on a form: made once at start. */
export interface CompiledIndicator {
  readonly id: string;
  readonly label: Words;
  /** What is divided by what, in official words. */
  readonly formula: Words;
  readonly numerator: IndicatorSide;
  readonly denominator: IndicatorSide | undefined;
  /** Every cell it looks at. */
  readonly cells: readonly Cell[];
  /** Why there is no value though no cell is blank. */
  readonly nothingToDivideBy: Words;
}

/**
 * The two sums of an indicator, in the units of the wire, as near as a number can hold them; `null` where a cell is
 * blank. Rolled up, an indicator is Σ numerators ÷ Σ denominators of those that have both, never a mean of ratios.
 */
export interface Fraction {
  readonly numerator: number | null;
  /** `null` for every count, too. */
  readonly denominator: number | null;
}

/** What a report's indicator comes to, beside last year's. */
export interface IndicatorAnswer extends Fraction {
  /** A ratio to six decimals; the numerator itself for a count. */
  readonly value: number | null;
  /** Whether the ratio stands on so few cases that it says little. */
  readonly smallSample: boolean;
  /** Why there is no value, in the language asked for. */
  readonly reason?: string;
  /** Last year's value. */
  readonly lastYear: number | null;
  /** By how much the value is more than last year's, both as answered. */
  readonly change: number | null;
}

/** Last year's report: perhaps on another edition, whose own indicators it is read by. */
export interface LastYear {
  readonly indicators: readonly CompiledIndicator[];
  readonly figures: Figures;
}

/** A ratio of less than this many cases is marked as a small sample. */
const fewCases = 30;

/**
 * Compiles the indicators of a form's edition.
 *
 * @throws Error when one names a cell the edition does not have.
 */
export function compileIndicators(form: Form): CompiledIndicator[] {
  return form.edition.indicators.map((indicator) => compileIndicator(form, indicator));
}

function compileIndicator(form: Form, { id, label, numerator, denominator }: Indicator): CompiledIndicator {
  const signedCells = [...numerator, ...(denominator ?? [])].flatMap((selector) => select(form, selector));
  const cells = [...new Set(signedCells.map(({ cell }) => cell))];
  // 三（一）予以公开 ÷ 三（七）总计: the column is named only where it tells terms apart.
  const withColumn = new Set(cells.map(({ column }) => column)).size > 1;
  const over = compileSide(form, numerator, withColumn);
  const under = denominator && compileSide(form, denominator, withColumn);
  return {
    id,
    label,
    formula: under ? divisionInWords(over, under) : over.words,
    numerator: over,
    denominator: under,
    cells,
    nothingToDivideBy: notPositive((under ?? over).words),
  };
}

function compileSide(form: Form, selectors: readonly Selector[], withColumn: boolean): IndicatorSide {
  const cells = selectors.flatMap((selector) => select(form, selector));
  const terms = selectors.flatMap((selector) => namedTerms(form, selector, withColumn));
  return {
    added: placesOf(cells, 1),
    subtracted: placesOf(cells, -1),
    value: (cells[0] as SignedCell).cell.value,
    signed: cells.some(({ cell }) => cell.value === 'signedCount'),
    words: sideInWords(terms),
    isSum: terms.length > 1,
  };
}

function placesOf(cells: readonly SignedCell[], sign: 1 | -1): Int32Array {
  return Int32Array.from(cells.filter((signed) => signed.sign === sign).map(({ cell }) => cell.index));
}

function divisionInWords(over: IndicatorSide, under: IndicatorSide): Words {
  const zh = ({ words, isSum }: IndicatorSide) => (isSum ? `（${words['zh-CN']}）` : words['zh-CN']);
  const en = ({ words, isSum }: IndicatorSide) => (isSum ? `(${words.en})` : words.en);
  return { 'zh-CN': `${zh(over)} ÷ ${zh(under)}`, en: `${en(over)} ÷ ${en(under)}` };
}

function notPositive(words: Words): Words {
  return {
    'zh-CN': `分母（${words['zh-CN']}）不大于 0，无法计算。`,
    en: `The denominator (${words.en}) is not above 0, so there is no ratio.`,
  };
}

/** What a report's figures give an indicator to divide: what a roll-up adds up. */
export function fractionOf({ numerator, denominator }: CompiledIndicator, figures: Figures): Fraction {
  return { numerator: sideOf(numerator, figures), denominator: denominator ? sideOf(denominator, figures) : null };
}

function sideOf({ added, subtracted, value, signed }: IndicatorSide, figures: Figures): number | null {
  return toWritten(value, exactly(figures, added, signed, subtracted));
}

/** The value of an indicator; `null` where a side is blank or there is nothing to divide by. */
export function valueOf({ denominator: under }: CompiledIndicator, { numerator, denominator }: Fraction) {
  return under ? ratioOf(numerator, denominator) : numerator;
}

/** A ratio to six decimals; `null` where a side is blank or there is nothing to divide by. */
export function ratioOf(numerator: number | null, denominator: number | null): number | null {
  if (numerator === null || denominator === null || denominator <= 0) return null;
  return toSixDecimals(numerator / denominator);
}

/**
 * Every indicator of a report by its id.
 *
 * @param lastYear Last year's report, where there is one; indicators are the same where their ids are.
 */
export function answerIndicators(
  indicators: readonly CompiledIndicator[],
  figures: Figures,
  lastYear: LastYear | undefined,
  language: Language,
): Record<string, IndicatorAnswer> {
  const answers: Record<string, IndicatorAnswer> = {};
  for (const indicator of indicators) {
    const before = lastYear ? lastYearsValue(indicator.id, lastYear) : null;
    answers[indicator.id] = answerIndicator(indicator, figures, before, language);
  }
  return answers;
}

function answerIndicator(
  indicator: CompiledIndicator,
  figures: Figures,
  lastYear: number | null,
  language: Language,
): IndicatorAnswer {
  const fraction = fractionOf(indicator, figures);
  const { numerator, denominator } = fraction;
  const value = valueOf(indicator, fraction);
  const smallSample = denominator !== null && denominator < fewCases;
  if (value === null) {
    const reason = reasonOf(indicator, figures, language);
    return { numerator, denominator, value, smallSample, reason, lastYear, change: null };
  }
  const change = changeOf(value, lastYear);
  return { numerator, denominator, value, smallSample, lastYear, change };
}

function lastYearsValue(id: string, { indicators, figures }: LastYear): number | null {
  const indicator = indicators.find((candidate) => candidate.id === id);
  return indicator ? valueOf(indicator, fractionOf(indicator, figures)) : null;
}

/** Functions and not templates: a report in which nothing is filled in yet is told this for every indicator. */
const blankCells: Readonly<Record<Language, (count: number, cells: string) => string>> = {
  'zh-CN': (count, cells) => `有 ${count} 格未填写（${cells}），填写后才能计算。`,
  en: (count, cells) => `${count} blank (${cells}); it can be computed once filled in.`,
};

/** Why an indicator has no value: a cell is blank, or else there is nothing to divide by. */
function reasonOf({ cells, nothingToDivideBy }: CompiledIndicator, figures: Figures, language: Language): string {
  const blanks = cells.filter(({ index }) => Number.isNaN(figures[index])).map(({ label }) => label[language]);
  if (blanks.length > 0) return blankCells[language](blanks.length, someOf(blanks, language));
  return nothingToDivideBy[language];
}

const million = 1_000_000;

/** By how much a figure is more than it was, both as answered. */
export function changeOf(value: number | null, before: number | null): number | null {
  return value === null || before === null ? null : toSixDecimals(value - before);
}

/** To six decimals. What is too great to have any that mean something is left as it is, and no zero is negative. */
export function toSixDecimals(value: number): number {
  const millionths = Math.round(value * million);
  return Number.isSafeInteger(millionths) ? millionths / million + 0 : value;
}
