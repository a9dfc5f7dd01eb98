import type { Assessed } from '../assessed.ts';
import { toWritten } from '../cell.ts';
import { selectAll, sideInWords } from '../expression.ts';
import type { Form } from '../form.ts';
import {
  explainedBy,
  FAIL,
  NOT_APPLICABLE,
  NOT_ASSESSABLE,
  PASS,
  severityAt,
  type RuleGroup,
  type RuleInstance,
  type Unmet,
} from '../instance.ts';
import { someOf, type Language, type Words } from '../language.ts';
import { onlyPlace, type EntitlementTest, type Rule } from '../rule.ts';

/** The one instance of a rule that agencies of some levels and kinds have nothing to report in some cells. */
export function entitlementRule(form: Form, rule: Rule, test: EntitlementTest): RuleGroup {
  const cells = selectAll(form, test.cells).map(({ cell }) => cell);
  const words = sideInWords(cells.map(({ label }) => ({ name: label, sign: 1 })));
  const instance: RuleInstance = {
    rule,
    severity: severityAt(rule, onlyPlace),
    at: onlyPlace,
    place: rule.title,
    expression: { 'zh-CN': `${words['zh-CN']} ＝ 0`, en: `${words.en} = 0` },
    status: ({ figures }) => {
      if (cells.some(({ index }) => (figures[index] as number) > 0)) return FAIL;
      return cells.some(({ index }) => Number.isNaN(figures[index])) ? NOT_ASSESSABLE : PASS;
    },
    explain: (assessed, language) => explain(assessed, cells, language),
  };
  return { rule, instances: [instance], unmet: (assessed) => concerns(assessed, test) };
}

const agencyUnknown: Words = {
  'zh-CN': '不知道报告机关的层级和类别。',
  en: 'The level and kind of the agency are not known.',
};

/** A rule of this kind concerns only who is not entitled; who reports must be known. */
function concerns({ agency }: Assessed, { levels, kinds }: EntitlementTest): Unmet | undefined {
  const { level, kind } = agency ?? {};
  if ((level && levels.includes(level)) || (kind && kinds.includes(kind))) return undefined;
  return level && kind ? NOT_APPLICABLE : agencyUnknown;
}

function explain({ figures }: Assessed, cells: Parameters<typeof selectAll>[0]['cells'], language: Language) {
  const filled = cells.filter(({ index }) => (figures[index] as number) > 0);
  const blank = cells.filter(({ index }) => Number.isNaN(figures[index]));
  const labels = (some: typeof cells) => some.map(({ label }) => label[language]);
  return explainedBy(filled.length > 0 ? { count: filled.length, cells: someOf(labels(filled), language) } : {}, {
    terms: filled.map(({ address, label, value, index }) => ({
      cell: address,
      label: label[language],
      value: toWritten(value, figures[index] as number),
      side: 'left',
      sign: 1,
    })),
    missing: blank.map(({ address }) => address),
    blanks: labels(blank),
  });
}
