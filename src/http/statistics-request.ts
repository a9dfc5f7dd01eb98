import { nearNames } from '../domain/near-names.ts';
import { Problem, type Fault } from '../domain/problem.ts';
import { dimensions, extras, type Dimension, type Extra, type RowPlace } from '../domain/statistics/query.ts';
import type { AskedRows } from '../domain/statistics/statistics.ts';
import type { StatisticsRequest } from '../operations/open-statistics.ts';
import { placeOf } from './page.ts';
import { mostRows, type StatisticsParameters } from './statistics-query.ts';
import { yearRanges } from './year-ranges.ts';

/**
 * What a query asks for.
 *
 * @throws Problem `request-invalid` with every word that is not known, those like it, and lists that name nothing.
 */
export function statisticsRequest(query: StatisticsParameters): Omit<StatisticsRequest, 'reader'> {
  const { cells, indicators, groupBy, with: extra, sort, years, consolidated = 'include' } = query;
  const lists = {
    cells: named(cells),
    indicators: named(indicators),
    groupBy: groupBy === 'none' ? [] : named(groupBy),
    with: named(extra),
  };
  refuseLists(lists);
  const { agency, parent, under, level, kind, basis, top } = query;
  const filters = { agency, parent, under, level, kind, basis, top };
  return {
    ...given(filters),
    ...(years !== undefined && { years: yearRanges(years) }),
    consolidated,
    cells: lists.cells,
    indicators: lists.indicators,
    groupBy: lists.groupBy as Dimension[],
    with: lists.with as Extra[],
    ...(sort !== undefined && { sort: { column: sort.replace(/^-/, ''), descending: sort.startsWith('-') } }),
  };
}

/**
 * The rows a query asks for.
 *
 * @throws Problem `request-invalid` for a cursor that is not of this service.
 */
export function askedRows({ limit = mostRows, cursor }: StatisticsParameters): AskedRows {
  return { after: placeOf(cursor, isRowPlace), limit };
}

type Given<Members> = { readonly [Name in keyof Members]?: NonNullable<Members[Name]> };

/** The members that are there. */
function given<Members extends object>(members: Members): Given<Members> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Given<Members>;
}

function named(list: string | undefined): string[] {
  return list === undefined ? [] : list.split(',');
}

type Lists = Readonly<Record<'cells' | 'indicators' | 'groupBy' | 'with', readonly string[]>>;

function refuseLists(lists: Lists): void {
  const none = lists.cells.length + lists.indicators.length === 0;
  const faults = [
    ...(none ? [fault('cells', noFigures)] : []),
    ...Object.entries(lists).flatMap(([name, list]) => (list.includes('') ? [fault(name, emptyWord)] : [])),
    ...wordFaults('groupBy', lists.groupBy, dimensions),
    ...wordFaults('with', lists.with, extras),
  ];
  if (faults.length > 0) throw new Problem('request-invalid', { faults });
}

/** What of a list is not among its words, or there twice. */
function wordFaults(parameter: string, list: readonly string[], words: readonly string[]): Fault[] {
  return list.flatMap((word, place) => {
    if (word === '') return [];
    if (!words.includes(word)) {
      return [fault(parameter, noSuchWord, { word, parameter, near: nearNames(word, words).join(', ') })];
    }
    return list.indexOf(word) < place ? [fault(parameter, saidTwice, { word, parameter })] : [];
  });
}

function fault(parameter: string, detail: Fault['detail'], params: NonNullable<Fault['params']> = {}): Fault {
  return { in: 'query', pointer: `/${parameter}`, detail, params };
}

const noFigures = {
  'zh-CN':
    '没有说要统计什么：请用 cells（如 requests.received.total）或 indicators（如 closureRate）列出；全部指标见 /v1/statistics/catalogue。',
  en: 'Nothing to tell of: name `cells` (requests.received.total) or `indicators` (closureRate); all are at /v1/statistics/catalogue.',
};
const emptyWord = {
  'zh-CN': '逗号之间有一项是空的；请删去多余的逗号。',
  en: 'There is nothing between two commas, or before or after one: remove it.',
};
const noSuchWord = {
  'zh-CN': '{parameter} 中没有“{word}”；相近的有：{near}。',
  en: '`{parameter}` has no “{word}”; near it are: {near}.',
};
const saidTwice = {
  'zh-CN': '{parameter} 中“{word}”写了两次。',
  en: '“{word}” is there twice in `{parameter}`.',
};

function isRowPlace(value: unknown): value is RowPlace {
  const place = value as Partial<RowPlace> | null;
  return isScalar(place?.value) && Array.isArray(place?.group) && place.group.every(isScalar);
}

function isScalar(value: unknown): value is string | number | null {
  return value === null || typeof value === 'string' || typeof value === 'number';
}
