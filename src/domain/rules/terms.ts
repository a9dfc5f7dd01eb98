import type { Assessed } from '../assessed.ts';
import { toWritten } from '../cell.ts';
import type { CellValue } from '../edition.ts';
import type { SignedCell } from '../expression.ts';
import type { Figures } from '../figures.ts';
import type { Term } from '../finding.ts';
import type { Identity } from '../identity.ts';
import type { Explanation } from '../instance.ts';
import type { Language, Words } from '../language.ts';
import { exactSum } from '../totals.ts';

/** One side of a comparison as written. */
export interface Side {
  readonly name: Term['side'];
  readonly terms: readonly SignedCell[];
}

/** A comparison with every subtracted term moved across, so that both sides only add. */
export interface Balance extends Identity {
  /** Whether a figure in it may be negative. */
  readonly signed: boolean;
}

export function balanced(left: Side, right: Side): Balance {
  const places = (side: Side, sign: number) => side.terms.filter((t) => t.sign === sign).map(({ place }) => place);
  return {
    one: Int32Array.from([...places(left, 1), ...places(right, -1)]),
    other: Int32Array.from([...places(right, 1), ...places(left, -1)]),
    signed: [...left.terms, ...right.terms].some(({ cell }) => cell.value === 'signedCount'),
  };
}

/** Both sides with their terms, what is blank, and what fills `{left}`, `{right}` and `{difference}`. */
export function explainSides(assessed: Assessed, left: Side, right: Side, language: Language): Explanation {
  const terms = [left, right].flatMap((side) => side.terms.map((term) => explainTerm(assessed, side, term, language)));
  const missing = terms.filter((term) => term.value === null);
  // Nobody can fill in what last year's form had no cell for.
  const absent = missing.some(({ cell, year }) => year !== undefined && assessed.lastYear?.cells.has(cell) === false);
  const blank = absent ? [] : missing;
  return {
    ...(missing.length > 0 ? blankTotals : explainTotals(assessed.figures, left, right)),
    terms,
    missing: blank.map((term) => term.cell),
    blanks: blank.map((term) => term.label),
    ...(absent && { reason: notOnLastForm }),
  };
}

const notOnLastForm: Words = {
  'zh-CN': '上年度的表样没有“{at}”要用到的这一栏，不能比较。',
  en: 'Last year’s form had no cell for what “{at}” compares with.',
};

const blankTotals = { left: null, right: null, delta: null, params: {} };

/** Both totals and left − right; all terms of a comparison are counted alike. */
function explainTotals(figures: Figures, left: Side, right: Side) {
  const { value } = ((left.terms[0] ?? right.terms[0]) as SignedCell).cell;
  return explainValues(value, signedSum(figures, left.terms), signedSum(figures, right.terms));
}

/** Two sums as the answer tells them, on the wire and in a sentence. */
export function explainValues(value: CellValue, left: bigint, right: bigint) {
  const difference = left > right ? left - right : right - left;
  return {
    left: toWritten(value, Number(left)),
    right: toWritten(value, Number(right)),
    delta: toWritten(value, Number(left - right)),
    params: {
      left: inDigits(value, left),
      right: inDigits(value, right),
      difference: inDigits(value, difference),
    },
  };
}

/** The exact sum of terms none of which is blank. */
export function signedSum(figures: Figures, terms: readonly SignedCell[]): bigint {
  const places = (sign: number) => Int32Array.from(terms.filter((t) => t.sign === sign).map(({ place }) => place));
  return exactSum(figures, places(1)) - exactSum(figures, places(-1));
}

/** A sum in a sentence: every digit of it, though a number on the wire may not hold them all. */
function inDigits(value: CellValue, exact: bigint): string {
  return value === 'amount' ? String(toWritten(value, Number(exact))) : exact.toString();
}

function explainTerm(assessed: Assessed, side: Side, term: SignedCell, language: Language): Term {
  const { cell, sign, lastYear } = term;
  return {
    cell: cell.address,
    label: termLabel(term)[language],
    value: toWritten(cell.value, assessed.figures[term.place] as number),
    side: side.name,
    sign,
    ...(lastYear && { year: assessed.year - 1 }),
  };
}

/** A term in official words, last year's told as such. */
export function termLabel({ cell, lastYear }: SignedCell): Words {
  return lastYear ? ofLastYear(cell.label) : cell.label;
}

export function ofLastYear(words: Words): Words {
  return { 'zh-CN': `上年度报告·${words['zh-CN']}`, en: `last year’s ${words.en}` };
}
