import { toWritten, type Cell } from './cell.ts';
import type { CellValue } from './edition.ts';
import { linesOf, select, sideInWords, type SignedCell } from './expression.ts';
import { writtenFigure, type Figures } from './figures.ts';
import type { Term } from './finding.ts';
import type { Form, FormLine } from './form.ts';
import type { Identity } from './identity.ts';
import { FAIL, NOT_ASSESSABLE, PASS, type Explanation, type RuleInstance, type Status } from './instance.ts';
import type { Language } from './language.ts';
import type { Rule, SumTest } from './rule.ts';
import { sumsEqual } from './totals.ts';

/** One side of an equation as written. */
interface Side {
  readonly name: 'left' | 'right';
  readonly terms: readonly SignedCell[];
}

/** An equation with every subtracted term moved across, so that both sides only add. */
interface Balance extends Identity {
  /** Whether a figure in it may be negative. */
  readonly signed: boolean;
}

/** The instances of a sum rule: one equation for each row or column of the section it names. */
export function sumInstances(form: Form, rule: Rule, test: SumTest): RuleInstance[] {
  return linesOf(form, test.forEach.section, test.forEach.axis).map((line) => sumInstance(form, rule, test, line));
}

function sumInstance(form: Form, rule: Rule, test: SumTest, line: FormLine): RuleInstance {
  const left = side('left', form, test.left, line);
  const right = side('right', form, test.right, line);
  const balance = balanced(left, right);
  const crossing = test.forEach.axis === 'row' ? 'column' : 'row';
  const words = (terms: readonly SignedCell[]) =>
    sideInWords(terms.map(({ cell, sign }) => ({ name: lineName(form, cell, crossing), sign })));
  const [leftWords, rightWords] = [words(left.terms), words(right.terms)];
  return {
    rule,
    at: line.key,
    place: line.name,
    expression: {
      'zh-CN': `${leftWords['zh-CN']} ＝ ${rightWords['zh-CN']}`,
      en: `${leftWords.en} = ${rightWords.en}`,
    },
    ...(rule.kind === 'within' && { identity: balance }),
    status: ({ figures }) => compare(figures, balance),
    explain: ({ figures }, language) => explain(figures, left, right, language),
  };
}

function side(name: Side['name'], form: Form, selectors: readonly string[], line: FormLine): Side {
  return { name, terms: selectors.flatMap((selector) => select(form, selector, line.key)) };
}

function balanced(left: Side, right: Side): Balance {
  const places = (side: Side, sign: number) => side.terms.filter((t) => t.sign === sign).map((t) => t.cell.index);
  return {
    one: Int32Array.from([...places(left, 1), ...places(right, -1)]),
    other: Int32Array.from([...places(right, 1), ...places(left, -1)]),
    signed: [...left.terms, ...right.terms].some(({ cell }) => cell.value === 'signedCount'),
  };
}

/** Within one row or column the other axis tells the terms apart: that is what the expression names them by. */
function lineName(form: Form, cell: Cell, axis: 'row' | 'column'): FormLine['name'] {
  const line = linesOf(form, cell.section, axis).find((candidate) => candidate.key === cell[axis]);
  return (line as FormLine).name;
}

function compare(figures: Figures, { one, other, signed }: Balance): Status {
  const equal = sumsEqual(figures, one, other, signed);
  if (equal === undefined) return NOT_ASSESSABLE;
  return equal ? PASS : FAIL;
}

function exactTotal(figures: Figures, { terms }: Side): bigint {
  return terms.reduce((result, { cell, sign }) => result + BigInt(sign) * BigInt(figures[cell.index] as number), 0n);
}

function explain(figures: Figures, left: Side, right: Side, language: Language): Explanation {
  const terms = [left, right].flatMap((side) => side.terms.map((term) => explainTerm(figures, side, term, language)));
  const missing = terms.filter((term) => term.value === null);
  return {
    ...(missing.length > 0 ? blankTotals : explainTotals(figures, left, right)),
    terms,
    missing: missing.map((term) => term.cell),
    blanks: missing.map((term) => term.label),
  };
}

const blankTotals = { left: null, right: null, delta: null, params: {} };

/** Both totals and left − right; all terms of an equation are counted alike. */
function explainTotals(figures: Figures, left: Side, right: Side) {
  const { value } = (left.terms[0] as SignedCell).cell;
  const [a, b] = [exactTotal(figures, left), exactTotal(figures, right)];
  const difference = a > b ? a - b : b - a;
  return {
    left: toWritten(value, Number(a)),
    right: toWritten(value, Number(b)),
    delta: toWritten(value, Number(a - b)),
    params: { left: inDigits(value, a), right: inDigits(value, b), difference: inDigits(value, difference) },
  };
}

/** A sum in a sentence: every digit of it, though a number on the wire may not hold them all. */
function inDigits(value: CellValue, exact: bigint): string {
  return value === 'amount' ? String(toWritten(value, Number(exact))) : exact.toString();
}

function explainTerm(figures: Figures, side: Side, { cell, sign }: SignedCell, language: Language): Term {
  return {
    cell: cell.address,
    label: cell.label[language],
    value: writtenFigure(cell, figures),
    side: side.name,
    sign,
  };
}
