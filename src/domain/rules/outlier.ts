import type { Assessed } from '../assessed.ts';
import { toWritten, type Cell } from '../cell.ts';
import { selectAll } from '../expression.ts';
import type { Form } from '../form.ts';
import { FAIL, NOT_ASSESSABLE, PASS, severityAt, threshold, type RuleGroup, type RuleInstance } from '../instance.ts';
import type { Language } from '../language.ts';
import type { OutlierTest, Rule } from '../rule.ts';

/** Makes the median absolute deviation of a normal distribution its standard deviation. */
const normal = 1.4826;

/** The standard deviation of the square root of a Poisson count, whatever its mean. */
const poissonNoise = 0.5;

interface Thresholds {
  readonly score: number;
  readonly share: number;
  readonly least: number;
  readonly years: number;
}

/** The instances of a rule that a cell does not stand out from its own earlier years: one for each cell. */
export function outlierRule(form: Form, rule: Rule, test: OutlierTest): RuleGroup {
  const named = (name: keyof Thresholds) => threshold(rule, name);
  const limits = { score: named('score'), share: named('share'), least: named('least'), years: named('years') };
  const instances = selectAll(form, test.cells).map(({ cell }) => outlierInstance(rule, cell, limits));
  const tooFew = {
    'zh-CN': `不足 ${limits.years} 个以往年度的报告，无从比较。`,
    en: `There are fewer than ${limits.years} earlier years to compare with.`,
  };
  return {
    rule,
    instances,
    unmet: ({ earlier }) => (earlier.length < limits.years ? tooFew : undefined),
    toldOnce: true,
  };
}

function outlierInstance(rule: Rule, cell: Cell, limits: Thresholds): RuleInstance {
  return {
    rule,
    severity: severityAt(rule, cell.address),
    at: cell.address,
    place: cell.label,
    expression: {
      'zh-CN': `${cell.label['zh-CN']} 与以往各年中位数之差：修正 z 分数 ≤ ${limits.score}，或者不到中位数的 ${100 * limits.share}%，或者不到 ${limits.least}`,
      en: `${cell.label.en} beside the median of the earlier years: modified z-score ≤ ${limits.score}, or less than ${100 * limits.share} % or ${limits.least} away`,
    },
    status: (assessed) => {
      const { current, past } = series(assessed, cell);
      if (Number.isNaN(current) || past.length < limits.years) return NOT_ASSESSABLE;
      return standsOut(current, past, limits) ? FAIL : PASS;
    },
    explain: (assessed, language) => explain(assessed, cell, limits, language),
  };
}

/** This year's figure and the earlier ones that are not blank, as written. */
function series({ figures, earlier }: Assessed, { index, value }: Cell) {
  const written = (vector: Float64Array) => toWritten(value, vector[index] as number);
  const past = earlier.map(written).filter((figure) => figure !== null);
  return { current: written(figures) ?? Number.NaN, past };
}

function standsOut(current: number, past: readonly number[], { score, share, least }: Thresholds): boolean {
  const middle = median(past);
  const distance = Math.abs(current - middle);
  if (distance < least || distance < share * middle) return false;
  const roots = past.map(Math.sqrt);
  const centre = median(roots);
  const deviation = median(roots.map((root) => Math.abs(root - centre)));
  return Math.abs(Math.sqrt(current) - centre) / Math.max(normal * deviation, poissonNoise) > score;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[half]] as [number, number];
  return (low + high) / 2;
}

function explain(assessed: Assessed, cell: Cell, { years }: Thresholds, language: Language) {
  const { current, past } = series(assessed, cell);
  const blank = Number.isNaN(current);
  const middle = past.length > 0 ? median(past) : null;
  const known = !blank && middle !== null && past.length >= years;
  return {
    left: blank ? null : current,
    right: middle,
    delta: known ? current - middle : null,
    terms: [
      {
        cell: cell.address,
        label: cell.label[language],
        value: blank ? null : current,
        side: 'left' as const,
        sign: 1 as const,
      },
    ],
    missing: blank ? [cell.address] : [],
    blanks: blank ? [cell.label[language]] : [],
    ...(!blank && !known && { reason: tooFewFilled }),
    params: { left: current, right: middle ?? '', count: past.length },
  };
}

const tooFewFilled = {
  'zh-CN': '以往年度填写过这一格的报告不够多，无从比较。',
  en: 'Too few earlier reports have this cell filled in.',
};
