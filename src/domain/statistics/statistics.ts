import type { Language } from '../language.ts';
import { Problem, type Fault } from '../problem.ts';
import { nearNames } from '../near-names.ts';
import { addUpAll, type GroupFigures } from './add-up.ts';
import { selectAgencies } from './agency-index.ts';
import { amongLevels, type LevelYear } from './among-level.ts';
import { columnsOf, type FilledColumn, type Page } from './columns.ts';
import type { Reading } from './figure-matrix.ts';
import { groupOrder } from './group-order.ts';
import { layOutGroups, type Group, type Layout } from './groups.ts';
import type { Measure } from './measure.ts';
import type { EditionNote, RowPlace, StatisticsHead, StatisticsQuery, Value } from './query.ts';
import { lazily, remembered } from './remembered.ts';
import { SelectedReports } from './selected-reports.ts';

/** Rows of an answer, column by column. */
export interface RowsPage {
  /** As many as there are columns; each as long as there are rows. */
  readonly values: readonly (readonly Value[])[];
  readonly length: number;
  /** Where the next page begins; absent on the last one. */
  readonly next?: RowPlace;
}

/** So many rows after a place, or from the first. */
export interface AskedRows {
  readonly after?: RowPlace | undefined;
  readonly limit: number;
}

/** An answer, computed page by page. */
export interface Statistics {
  readonly head: StatisticsHead;
  /** How many rows there are on all pages together. */
  readonly length: number;
  readonly page: (asked: AskedRows) => RowsPage;
  /** Where the page after such a one begins, known without computing any; absent on the last. */
  readonly next: (asked: AskedRows) => RowPlace | undefined;
}

/** How many figures can be ranked at once: each is ranked among all agencies. */
export const mostRanked = 50;

/**
 * Answers a query from the figures there are.
 *
 * @throws Problem `request-invalid` for a column that is not there to sort by, and for what cannot be told of rows that
 *   are grouped so.
 */
export function answerStatistics(reading: Reading, query: StatisticsQuery, language: Language): Statistics {
  const { reached, selected } = selectAgencies(reading.index, query);
  const layout = layOutGroups(new SelectedReports(reading, selected, query), query, query.groupBy);
  const columns = columnsOf(query, language);
  refuseUntellable(query, layout, columns);
  const levelYear = levelYearIn(layout, query);
  const among = lazily(() => amongLevels(new SelectedReports(reading, reached, query), layout.years, levelYear));
  const pageOf: PageOf = (groups, measures) => pageAmong(layout, groups, measures, among);
  const order = rowOrder(layout, query, columns, pageOf);
  const rows = order.rows.slice(0, query.top);
  const rowsOf = rowsIn(rows, order);
  return {
    head: headOf(query, layout, columns),
    length: rows.length,
    page: (asked) => {
      const { groups, next } = rowsOf(asked);
      const page = pageOf(groups, query.measures);
      return { values: columns.map(({ fill }) => fill(page)), length: groups.length, ...(next && { next }) };
    },
    next: (asked) => rowsOf(asked).next,
  };
}

/** The rows of a page. */
function rowsIn(rows: readonly Group[], { isAfter, placeOf }: RowOrder) {
  return ({ after, limit }: AskedRows): { readonly groups: readonly Group[]; readonly next?: RowPlace } => {
    const from = after ? rows.findIndex((row) => isAfter(row, after)) : 0;
    const groups = from < 0 ? [] : rows.slice(from, from + limit);
    const last = groups.at(-1);
    return { groups, ...(last && last !== rows.at(-1) && { next: placeOf(last) }) };
  };
}

type PageOf = (groups: readonly Group[], measures: readonly Measure[]) => Page;

/** What is known of some groups, each figure added up once. */
function pageAmong(
  layout: Layout,
  groups: readonly Group[],
  measures: readonly Measure[],
  among: () => ReturnType<typeof amongLevels>,
): Page {
  const blocks = lazily(() => layout.blocksOf(groups));
  const before = lazily(() => layout.blocksOf(groups, 1));
  const missing = lazily(layout.missing);
  const { agencies } = layout.index;
  const now = lazily(() => addUpAll(measures, blocks(), groups.length));
  const yearBefore = lazily(() => addUpAll(measures, before(), groups.length));
  const figures = (measure: Measure) => now().get(measure) as GroupFigures;
  return {
    index: layout.index,
    groups,
    figures,
    yearBefore: (measure) => yearBefore().get(measure) as GroupFigures,
    among: remembered((measure: Measure) => among()(measure, groups, figures(measure).values)),
    missing: ({ number }) =>
      (missing().get(number) ?? []).map(({ agency, year }) => {
        const { id = '', name = '' } = agencies[agency] ?? {};
        return { agencyId: id, name, year };
      }),
  };
}

interface RowOrder {
  readonly rows: readonly Group[];
  readonly placeOf: (row: Group) => RowPlace;
  readonly isAfter: (row: Group, place: RowPlace) => boolean;
}

/** The groups by the column to sort by, those without a figure last; as many as are equal in the order of groups. */
function rowOrder(
  { index, groups }: Layout,
  { sort, groupBy, measures }: StatisticsQuery,
  columns: readonly FilledColumn[],
  pageOf: PageOf,
): RowOrder {
  const { nameOf, compareName } = groupOrder(index, groupBy);
  const sorted = sort && columns.find(({ column }) => column.name === sort.column);
  const wanted = measures.filter(({ id }) => id === sorted?.column.measure);
  const values = sorted?.fill(pageOf(groups, wanted)) as readonly RowPlace['value'][] | undefined;
  const valueOf = new Map(groups.map((group, place) => [group, values?.[place] ?? null]));
  const by = (one: RowPlace['value'], other: RowPlace['value']) => compareValues(one, other, sort?.descending ?? false);
  const value = (group: Group) => valueOf.get(group) ?? null;
  // Sorting is stable: what is equal stays in the order of groups.
  return {
    rows: values ? groups.toSorted((one, other) => by(value(one), value(other))) : groups,
    placeOf: (row) => ({ value: value(row), group: nameOf(row) }),
    isAfter: (row, place) => (by(place.value, value(row)) || compareName(place.group, row)) < 0,
  };
}

function compareValues(one: RowPlace['value'], other: RowPlace['value'], descending: boolean): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  const order = one < other ? -1 : Number(one > other);
  return descending ? -order : order;
}

function headOf(query: StatisticsQuery, { groups, forms }: Layout, columns: readonly FilledColumn[]): StatisticsHead {
  const total = (name: 'reports' | 'expected' | 'missing' | 'consolidated') =>
    groups.reduce((sum, group) => sum + group[name], 0);
  const byEdition = Map.groupBy(forms, ({ edition }) => edition);
  return {
    basis: query.basis,
    groupBy: query.groupBy,
    columns: columns.map(({ column }) => column),
    editions: [...byEdition].map(([edition, of]): EditionNote => ({
      edition,
      years: of.map(({ year }) => year),
      absent: query.measures.filter((measure) => !measure.byEdition.has(edition)).map(({ id }) => id),
    })),
    coverage: {
      reports: total('reports'),
      expected: total('expected'),
      missing: total('missing'),
      consolidated: total('consolidated'),
    },
  };
}

/** The one year and level a group is of, where it is of one. */
function levelYearIn({ index, years }: Layout, { level: asked }: StatisticsQuery) {
  return (group: Group): LevelYear | undefined => {
    const year = group.year ?? (years.length === 1 ? years[0] : undefined);
    const level = group.agency === undefined ? (group.level ?? asked) : index.agencies[group.agency]?.level;
    return year === undefined || level === undefined ? undefined : { year, level };
  };
}

/** @throws Problem `request-invalid` with everything that cannot be told, and what to ask for instead. */
function refuseUntellable(query: StatisticsQuery, { years }: Layout, columns: readonly FilledColumn[]): void {
  const { groupBy, with: extras, level, measures, sort } = query;
  const hasYear = groupBy.includes('year') || years.length <= 1;
  const hasLevel = groupBy.includes('agency') || groupBy.includes('level') || level !== undefined;
  const ranks = extras.some((extra) => extra === 'rank' || extra === 'percentiles');
  const sortable = columns.filter(({ column }) => column.type !== 'list').map(({ column }) => column.name);
  const faults: (Fault | false)[] = [
    !hasYear && (ranks || extras.includes('change')) && fault('/groupBy', needsYear),
    extras.includes('rank') && !groupBy.includes('agency') && fault('/groupBy', needsAgency),
    extras.includes('percentiles') && !hasLevel && fault('/groupBy', needsLevel),
    ranks &&
      measures.length > mostRanked &&
      fault('/with', tooManyRanked, { limit: mostRanked, asked: measures.length }),
    sort !== undefined &&
      !sortable.includes(sort.column) &&
      fault('/sort', noSuchColumn, { name: sort.column, near: nearNames(sort.column, sortable).join(', ') }),
  ];
  const found = faults.filter((one) => one !== false);
  if (found.length > 0) throw new Problem('request-invalid', { faults: found });
}

function fault(pointer: string, detail: Fault['detail'], params: NonNullable<Fault['params']> = {}): Fault {
  return { in: 'query', pointer, detail, params };
}

const needsYear = {
  'zh-CN': '增减、排名和百分位数要按年度看：请在 groupBy 中加上 year，或者只查一个年度。',
  en: 'Change, rank and percentiles are of one year: add `year` to groupBy, or ask for one year.',
};
const needsAgency = {
  'zh-CN': '排名是机关的排名：请在 groupBy 中加上 agency。',
  en: 'A rank is an agency’s: add `agency` to groupBy.',
};
const needsLevel = {
  'zh-CN': '百分位数是同级机关之间的：请在 groupBy 中加上 agency 或 level，或者用 level 只查一个层级。',
  en: 'Percentiles are among the agencies of a level: add `agency` or `level` to groupBy, or ask for one level.',
};
const tooManyRanked = {
  'zh-CN': '排名和百分位数一次最多 {limit} 项指标，这里有 {asked} 项；请分几次查。',
  en: 'At most {limit} figures are ranked at once, these are {asked}: ask several times.',
};
const noSuchColumn = {
  'zh-CN': '结果中没有“{name}”这一列，不能按它排序；相近的有：{near}。',
  en: 'The answer has no column “{name}” to sort by; near it are: {near}.',
};
