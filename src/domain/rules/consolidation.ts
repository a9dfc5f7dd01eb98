import type { Assessed, ChildrenFacts } from '../assessed.ts';
import { toWritten, type Cell } from '../cell.ts';
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
import { onlyPlace, type ConsolidationTest, type Relation, type Rule } from '../rule.ts';
import { compared } from './sum.ts';
import { explainValues } from './terms.ts';

const sumOfChildren: Words = { 'zh-CN': '各下级机关之和', en: 'the sum of its children’s' };

/** The instances of a rule that a consolidating agency adds up its children: one for each cell. */
export function consolidationRule(form: Form, rule: Rule, { relation }: ConsolidationTest): RuleGroup {
  // A sum of changes grows and shrinks: until all have reported, nothing can be said of it.
  const cells = form.cells.filter(({ value }) => relation === '=' || value !== 'signedCount');
  return {
    rule,
    instances: cells.map((cell) => consolidatedCell(rule, cell, relation)),
    unmet: relation === '=' ? atFullCoverage : atPartialCoverage,
    toldOnce: true,
  };
}

function consolidatedCell(rule: Rule, cell: Cell, relation: Relation): RuleInstance {
  const [left, right] = relation === '=' ? [cell.label, sumOfChildren] : [sumOfChildren, cell.label];
  return {
    rule,
    severity: severityAt(rule, cell.address),
    at: cell.address,
    place: cell.label,
    expression: compared(left, relation, right),
    status: ({ figures, children }) => {
      const [own, sum] = [figures[cell.index] as number, children?.sums[cell.index] as number];
      if (Number.isNaN(own) || Number.isNaN(sum)) return NOT_ASSESSABLE;
      return (relation === '=' ? own === sum : own >= sum) ? PASS : FAIL;
    },
    explain: (assessed, language) => explain(assessed, cell, language),
  };
}

const childBlank: Words = {
  'zh-CN': '“{at}”有下级机关没有填写，或合计过大无法精确比较。',
  en: '“{at}” is blank with one of the children, or the sum is too great to be compared exactly.',
};

function explain({ figures, children }: Assessed, cell: Cell, language: Language) {
  const { sums, reported, expected } = children as ChildrenFacts;
  const [own, sum] = [figures[cell.index] as number, sums[cell.index] as number];
  const label = cell.label[language];
  const ofThem = { 'zh-CN': `${label}（${reported} 个下级机关之和）`, en: `${label} (sum of ${reported} children)` };
  const blank = Number.isNaN(own);
  const known = !blank && !Number.isNaN(sum);
  const { params, ...totals } = known
    ? explainValues(cell.value, BigInt(own), BigInt(sum))
    : { left: toWritten(cell.value, own), right: toWritten(cell.value, sum), delta: null, params: {} };
  return explainedBy(
    { ...params, reported, expected },
    {
      ...totals,
      terms: [
        { cell: cell.address, label, value: toWritten(cell.value, own), side: 'left', sign: 1 },
        { cell: cell.address, label: ofThem[language], value: toWritten(cell.value, sum), side: 'right', sign: 1 },
      ],
      missing: blank ? [cell.address] : [],
      blanks: blank ? [label] : [],
      ...(!blank && { reason: childBlank }),
    },
  );
}

/** The one instance of the rule that a consolidating agency hands in after its children. */
export function coverageRule(_form: Form, rule: Rule): RuleGroup {
  const instance: RuleInstance = {
    rule,
    severity: severityAt(rule, onlyPlace),
    at: onlyPlace,
    place: rule.title,
    expression: { 'zh-CN': '下级机关均已报送', en: 'every child has handed in' },
    status: ({ children }) => ((children as ChildrenFacts).missing.length > 0 ? FAIL : PASS),
    explain: ({ children }, language) => {
      const { missing, reported, expected } = children as ChildrenFacts;
      return explainedBy(
        { count: missing.length, cells: someOf(missing, language) },
        { left: reported, right: expected, delta: reported - expected },
      );
    },
  };
  const unmet = (assessed: Assessed) => (assessed.handedIn ? addsUp(assessed) : NOT_APPLICABLE);
  return { rule, instances: [instance], unmet };
}

const agencyUnknown: Words = {
  'zh-CN': '报告机关没有登记，不知道有哪些下级机关。',
  en: 'The agency is not registered: its children are not known.',
};

/** Rules about children concern an agency that consolidates and has any. */
function addsUp({ agency, children }: Assessed): Unmet | undefined {
  if (agency?.consolidates === undefined) return agencyUnknown;
  return agency.consolidates && children && children.expected > 0 ? undefined : NOT_APPLICABLE;
}

function atFullCoverage(assessed: Assessed): Unmet | undefined {
  const unmet = addsUp(assessed);
  if (unmet !== undefined) return unmet;
  const { missing, expected } = assessed.children as ChildrenFacts;
  if (missing.length === 0) return undefined;
  return {
    'zh-CN': `${expected} 个下级机关中还有 ${missing.length} 个没有报送：${someOf(missing, 'zh-CN')}。`,
    en: `Of ${expected} children ${missing.length} have not handed in: ${someOf(missing, 'en')}.`,
  };
}

/** While some children have reported and others have not. */
function atPartialCoverage(assessed: Assessed): Unmet | undefined {
  const unmet = addsUp(assessed);
  if (unmet !== undefined) return unmet;
  const { missing, reported } = assessed.children as ChildrenFacts;
  return missing.length > 0 && reported > 0 ? undefined : NOT_APPLICABLE;
}
