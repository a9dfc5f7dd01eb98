import { kindInWords, levelInWords } from '../agency.ts';
import { changeOf } from '../indicator.ts';
import type { Language, Words } from '../language.ts';
import type { AgencyIndex } from './agency-index.ts';
import type { GroupFigures } from './add-up.ts';
import type { Group } from './groups.ts';
import type { Measure } from './measure.ts';
import type { Column, Dimension, Extra, MissingReport, StatisticsQuery, Value } from './query.ts';
import { percentiles } from './ranking.ts';

/** Groups with what is known of them, column by column. */
export interface Page {
  readonly index: AgencyIndex;
  readonly groups: readonly Group[];
  readonly figures: (measure: Measure) => GroupFigures;
  readonly yearBefore: (measure: Measure) => GroupFigures;
  readonly among: (measure: Measure) => AmongLevel;
  readonly missing: (group: Group) => readonly MissingReport[];
}

/** Figures among those of the agencies of the same level, by group. */
export interface AmongLevel {
  readonly rank: readonly (number | null)[];
  readonly ranked: readonly (number | null)[];
  readonly percentile: (percent: number) => readonly (number | null)[];
}

/** A column and how it is filled. */
export interface FilledColumn {
  readonly column: Column;
  readonly fill: (page: Page) => readonly Value[];
}

type Tell = (words: Words) => string;

/** The columns of an answer: the groups, how far they are covered, then what is asked of each figure. */
export function columnsOf(
  { groupBy, measures, with: extras }: Pick<StatisticsQuery, 'groupBy' | 'measures' | 'with'>,
  language: Language,
): FilledColumn[] {
  const tell: Tell = (words) => words[language];
  return [
    ...groupBy.flatMap((dimension) => groupColumns[dimension](tell)),
    ...coverageColumns(tell),
    ...(extras.includes('missing') ? [missingColumn(tell)] : []),
    ...measures.flatMap((measure) => figureColumns(measure, extras, tell)),
  ];
}

const groupColumns: Readonly<Record<Dimension, (tell: Tell) => FilledColumn[]>> = {
  year: (tell) => [groupColumn('year', tell(words.year), 'number', ({ year = null }) => year)],
  agency: (tell) => agencyColumns('agency', tell(words.agencyId), tell(words.agencyName)),
  parent: (tell) => agencyColumns('parent', tell(words.parentId), tell(words.parentName)),
  level: (tell) => [codeColumn('level', tell(words.level), levelInWords, tell)],
  kind: (tell) => [codeColumn('kind', tell(words.kind), kindInWords, tell)],
};

const words = {
  year: { 'zh-CN': '年度', en: 'Year' },
  agencyId: { 'zh-CN': '机关代码', en: 'Agency id' },
  agencyName: { 'zh-CN': '机关名称', en: 'Agency' },
  parentId: { 'zh-CN': '上级机关代码', en: 'Parent id' },
  parentName: { 'zh-CN': '上级机关', en: 'Parent' },
  level: { 'zh-CN': '层级', en: 'Level' },
  kind: { 'zh-CN': '机关类别', en: 'Kind' },
  reports: { 'zh-CN': '报告数', en: 'Reports' },
  expected: { 'zh-CN': '应报数', en: 'Expected' },
  missing: { 'zh-CN': '缺报数', en: 'Missing' },
  missingReports: { 'zh-CN': '缺报机关', en: 'Who is missing' },
} as const;

function groupColumn(
  name: string,
  label: string,
  type: Column['type'],
  of: (group: Group, page: Page) => Value,
): FilledColumn {
  return {
    column: { name, label, kind: 'group', type },
    fill: (page) => page.groups.map((group) => of(group, page)),
  };
}

function agencyColumns(dimension: 'agency' | 'parent', idLabel: string, nameLabel: string): FilledColumn[] {
  const agencyOf = (group: Group, { index }: Page) => index.agencies[group[dimension] ?? -1];
  return [
    groupColumn(`${dimension}Id`, idLabel, 'text', (group, page) => agencyOf(group, page)?.id ?? null),
    groupColumn(`${dimension}Name`, nameLabel, 'text', (group, page) => agencyOf(group, page)?.name ?? null),
  ];
}

/** Of a column of codes it is told what they mean. */
function codeColumn<Name extends 'level' | 'kind'>(
  name: Name,
  label: string,
  meanings: Readonly<Record<string, Words>>,
  tell: Tell,
): FilledColumn {
  const codes = Object.fromEntries(Object.entries(meanings).map(([code, meaning]) => [code, tell(meaning)]));
  const plain = groupColumn(name, label, 'text', (group) => group[name] ?? null);
  return { ...plain, column: { ...plain.column, codes } };
}

function coverageColumns(tell: Tell): FilledColumn[] {
  return (['reports', 'expected', 'missing'] as const).map((name) => ({
    column: { name, label: tell(words[name]), kind: 'coverage', type: 'number', additive: true },
    fill: ({ groups }) => groups.map((group) => group[name]),
  }));
}

function missingColumn(tell: Tell): FilledColumn {
  return {
    column: { name: 'missingReports', label: tell(words.missingReports), kind: 'coverage', type: 'list' },
    fill: ({ groups, missing }) => groups.map(missing),
  };
}

/** Something told of a figure beside it. */
interface Statistic {
  readonly name: string;
  readonly label: Words;
  readonly fill: (measure: Measure) => FilledColumn['fill'];
  /** Told of ratios alone. */
  readonly ofRatios?: true;
  /** In the figure's own unit. */
  readonly hasUnit?: true;
  readonly additive?: true;
}

const statistics: Readonly<Record<Extra, readonly Statistic[]>> = {
  fraction: [
    {
      name: 'numerator',
      label: { 'zh-CN': '分子', en: 'numerator' },
      fill:
        (measure) =>
        ({ figures }) =>
          figures(measure).numerators,
      ofRatios: true,
      additive: true,
    },
    {
      name: 'denominator',
      label: { 'zh-CN': '分母', en: 'denominator' },
      fill:
        (measure) =>
        ({ figures }) =>
          figures(measure).denominators,
      ofRatios: true,
      additive: true,
    },
  ],
  blank: [
    {
      name: 'blank',
      label: { 'zh-CN': '未填报告数', en: 'reports that leave it blank' },
      fill:
        (measure) =>
        ({ figures }) =>
          Array.from(figures(measure).blanks),
      additive: true,
    },
  ],
  change: [
    {
      name: 'lastYear',
      label: { 'zh-CN': '上年', en: 'last year' },
      fill:
        (measure) =>
        ({ yearBefore }) =>
          yearBefore(measure).values,
      hasUnit: true,
    },
    {
      name: 'change',
      label: { 'zh-CN': '比上年增减', en: 'change' },
      fill:
        (measure) =>
        ({ figures, yearBefore }) => {
          const before = yearBefore(measure).values;
          return figures(measure).values.map((value, place) => changeOf(value, before[place] ?? null));
        },
      hasUnit: true,
    },
  ],
  rank: [
    {
      name: 'rank',
      label: { 'zh-CN': '同级排名', en: 'rank in its level' },
      fill:
        (measure) =>
        ({ among }) =>
          among(measure).rank,
    },
    {
      name: 'ranked',
      label: { 'zh-CN': '参加排名数', en: 'how many are ranked' },
      fill:
        (measure) =>
        ({ among }) =>
          among(measure).ranked,
    },
  ],
  percentiles: percentiles.map((percent): Statistic => ({
    name: `p${percent}`,
    label: { 'zh-CN': `同级 P${percent}`, en: `P${percent} of the level` },
    fill:
      (measure) =>
      ({ among }) =>
        among(measure).percentile(percent),
    hasUnit: true,
  })),
  missing: [],
};

function figureColumns(measure: Measure, extras: readonly Extra[], tell: Tell): FilledColumn[] {
  const { id, kind, isRatio } = measure;
  const unit = measure.unit && { unit: tell(measure.unit) };
  const of = { kind, type: 'number' } as const;
  const told = extras.flatMap((extra) => statistics[extra]).filter(({ ofRatios }) => isRatio || !ofRatios);
  return [
    {
      column: { name: id, label: tell(measure.label), ...of, ...unit, measure: id, additive: !isRatio },
      fill: ({ figures }) => figures(measure).values,
    },
    ...told.map(({ name, label, fill, hasUnit, additive = false }): FilledColumn => ({
      column: {
        name: `${id}.${name}`,
        label: `${tell(measure.label)}（${tell(label)}）`,
        ...of,
        ...(hasUnit && unit),
        measure: id,
        statistic: name,
        additive,
      },
      fill: fill(measure),
    })),
  ];
}
