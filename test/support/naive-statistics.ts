import { agencyKinds, agencyLevels, type Agency } from '../../src/domain/agency.ts';
import type { Edition, Group, Line } from '../../src/domain/edition.ts';
import { unpackTables, type TableContent } from '../../src/domain/figures.ts';
import type { RegisteredAgency } from '../../src/domain/statistics/figure-changes.ts';
import type { Measure } from '../../src/domain/statistics/measure.ts';
import type { Dimension, StatisticsQuery } from '../../src/domain/statistics/query.ts';
import { formOf } from './forms.ts';
import type { Row, State } from './statistics.ts';

/** A report as it is on the wire. */
interface WireReport {
  readonly edition: Edition;
  readonly sections: Readonly<Record<string, TableContent>>;
}

/** An agency in a year, with its report if there is one. */
interface Filed {
  readonly agency: RegisteredAgency;
  readonly year: number;
  readonly report?: WireReport | undefined;
}

/** The rows of an answer from the JSON of the reports, one by one: slow, and nothing of the real computation in it. */
export function naiveRows(state: State, query: StatisticsQuery): Row[] {
  const filed = filedIn(state, query);
  const groups = Map.groupBy(filed, (one) => JSON.stringify(query.groupBy.map((dimension) => nameOf(one, dimension))));
  const told = [...groups.values()]
    .map((members) => ({ members, row: rowOf(state, query, members) }))
    .filter(({ row }) => (row.reports as number) > 0 || (query.tellsEmpty && (row.expected as number) > 0));
  return told
    .sort((one, other) => compareGroups(query.groupBy, one.members[0] as Filed, other.members[0] as Filed))
    .map(({ row }) => row);
}

function isBelow({ agencies }: State, agency: RegisteredAgency, root: string): boolean {
  if (agency.id === root) return true;
  const parent = agencies.find(({ id }) => id === agency.parentId);
  return parent !== undefined && isBelow({ agencies } as State, parent, root);
}

function reached(state: State, { reach, consolidated }: StatisticsQuery): RegisteredAgency[] {
  return state.agencies.filter(
    (agency) =>
      (reach === undefined || isBelow(state, agency, reach)) && !(consolidated === 'exclude' && agency.consolidates),
  );
}

function wireReport(state: State, { basis }: StatisticsQuery, agencyId: string, year: number): WireReport | undefined {
  const report = state.reports.get(`${agencyId} ${year}`);
  const figures = report?.revisions.find(({ bases }) => bases.includes(basis))?.figures;
  if (!report || !figures) return undefined;
  const form = formOf(report.edition);
  const text = JSON.stringify(unpackTables(form, figures));
  return { edition: form.edition, sections: JSON.parse(text) as WireReport['sections'] };
}

function filedIn(state: State, query: StatisticsQuery): Filed[] {
  const { agency: id, parent, under, level, kind, years: ranges } = query;
  const agencies = reached(state, query)
    .filter((agency) => id === undefined || agency.id === id)
    .filter((agency) => parent === undefined || agency.parentId === parent)
    .filter((agency) => under === undefined || isBelow(state, agency, under))
    .filter((agency) => level === undefined || agency.level === level)
    .filter((agency) => kind === undefined || agency.kind === kind);
  const filed = state.years.flatMap(({ year }) =>
    agencies.map((agency): Filed => ({ agency, year, report: wireReport(state, query, agency.id, year) })),
  );
  const withReports = new Set(filed.filter(({ report }) => report).map(({ year }) => year));
  return filed.filter(({ year }) =>
    ranges ? ranges.some(({ first, last }) => first <= year && year <= last) : withReports.has(year),
  );
}

function nameOf({ agency, year }: Filed, dimension: Dimension): string | number | null {
  const names = { year, agency: agency.id, parent: agency.parentId ?? null, level: agency.level, kind: agency.kind };
  return names[dimension];
}

function compareGroups(groupBy: readonly Dimension[], one: Filed, other: Filed): number {
  const places = (filed: Filed) =>
    groupBy.map((dimension) => {
      const name = nameOf(filed, dimension);
      if (dimension === 'level') return agencyLevels.indexOf(filed.agency.level);
      if (dimension === 'kind') return agencyKinds.indexOf(filed.agency.kind);
      return name ?? '';
    });
  const [these, those] = [places(one), places(other)];
  const at = these.findIndex((place, n) => place !== those[n]);
  return at < 0 ? 0 : (these[at] as string) < (those[at] as string) ? -1 : 1;
}

function isExpected({ agency, year }: Filed): boolean {
  const { vertical, activeFrom = '0', activeTo = '9' } = agency as Agency;
  return !vertical && activeFrom <= `${year}-12-31` && activeTo >= `${year}-12-31`;
}

function rowOf(state: State, query: StatisticsQuery, members: readonly Filed[]): Row {
  const [{ agency, year }] = members as [Filed];
  const parent = state.agencies.find(({ id }) => id === agency.parentId);
  const dimensions: Record<Dimension, Row> = {
    year: { year },
    agency: { agencyId: agency.id, agencyName: agency.name },
    parent: { parentId: parent?.id ?? null, parentName: parent?.name ?? null },
    level: { level: agency.level },
    kind: { kind: agency.kind },
  };
  const expected = members.filter(isExpected);
  const missing = expected
    .filter(({ report }) => !report)
    .sort((one, other) => one.year - other.year || (one.agency.id < other.agency.id ? -1 : 1));
  const list = missing.map(({ agency: { id, name }, year }) => ({ agencyId: id, name, year }));
  return {
    ...Object.assign({}, ...query.groupBy.map((dimension) => dimensions[dimension])),
    reports: members.filter(({ report }) => report).length,
    expected: expected.length,
    missing: missing.length,
    ...(query.with.includes('missing') && { missingReports: list }),
    ...Object.assign({}, ...query.measures.map((measure) => figuresOf(state, query, members, measure))),
  } as Row;
}

function figuresOf(state: State, query: StatisticsQuery, members: readonly Filed[], measure: Measure): Row {
  const { value, numerator, denominator, blank } = naiveFigure(members, measure);
  const { id, isRatio } = measure;
  const before = members.map(({ agency, year }): Filed => ({
    agency,
    year,
    report: wireReport(state, query, agency.id, year - 1),
  }));
  const lastYear = naiveFigure(before, measure).value;
  const asked = (extra: StatisticsQuery['with'][number]) => query.with.includes(extra);
  return {
    [id]: value,
    ...(asked('fraction') && isRatio && { [`${id}.numerator`]: numerator, [`${id}.denominator`]: denominator }),
    ...(asked('blank') && { [`${id}.blank`]: blank }),
    ...(asked('change') && {
      [`${id}.lastYear`]: lastYear,
      [`${id}.change`]: value === null || lastYear === null ? null : sixDecimals(value - lastYear),
    }),
    ...(asked('rank') && naiveRank(state, query, members[0] as Filed, measure, value)),
  };
}

function naiveRank(
  state: State,
  query: StatisticsQuery,
  { agency, year }: Filed,
  { id, ...measure }: Measure,
  value: number | null,
): Row {
  const peers = reached(state, query)
    .filter(({ level }) => level === agency.level)
    .map((peer) => ({ agency: peer, year, report: wireReport(state, query, peer.id, year) }))
    .map((peer) => naiveFigure([peer], { id, ...measure }).value)
    .filter((figure) => figure !== null);
  const rank = value === null ? null : 1 + peers.filter((figure) => figure > value).length;
  return { [`${id}.rank`]: rank, [`${id}.ranked`]: value === null ? null : peers.length };
}

interface NaiveFigure {
  readonly value: number | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly blank: number;
}

/** Blank is not zero: a report that has not all of a figure is left out of both its sides. */
function naiveFigure(members: readonly Filed[], { id, isRatio }: Measure): NaiveFigure {
  let [numerator, denominator, count, blank, isAmount] = [0n, 0n, 0, 0, false];
  for (const { report } of members) {
    const sides = report && sidesOf(report.edition, id);
    if (!sides) continue;
    const over = wireSum(report, sides[0] ?? []);
    const under = wireSum(report, sides[1] ?? []);
    isAmount = over.isAmount;
    if (over.sum === null || under.sum === null) {
      blank += 1;
      continue;
    }
    numerator += over.sum;
    denominator += under.sum;
    count += 1;
  }
  if (count === 0) return { value: null, numerator: null, denominator: null, blank };
  const whole = isAmount ? Number(numerator) / 1e6 : Number(numerator);
  if (!isRatio) return { value: whole, numerator: whole, denominator: null, blank };
  const value = denominator > 0n ? sixDecimals(Number(numerator) / Number(denominator)) : null;
  return { value, numerator: whole, denominator: Number(denominator), blank };
}

/** What no double has six decimals of is left as it is. */
function sixDecimals(value: number): number {
  return Math.abs(value) < 9e9 ? Math.round(value * 1e6) / 1e6 + 0 : value;
}

/** What is divided by what, as selectors; none where the edition has no such figure. */
function sidesOf(edition: Edition, id: string): readonly (readonly string[])[] | undefined {
  const indicator = edition.indicators.find((one) => one.id === id);
  if (indicator) return [indicator.numerator, ...(indicator.denominator ? [indicator.denominator] : [])];
  const there = addressesOf(edition, id);
  return there.length > 0 ? [[id]] : undefined;
}

function wireSum({ edition, sections }: WireReport, selectors: readonly string[]) {
  let sum: bigint | null = 0n;
  let isAmount = false;
  for (const selector of selectors) {
    for (const { address, value } of addressesOf(edition, selector.replace(/^-/, ''))) {
      const [section, row, column] = address as [string, string, string];
      const written = sections[section]?.[row]?.[column] ?? null;
      isAmount ||= value === 'amount';
      if (written === null || sum === null) sum = null;
      else sum += (selector.startsWith('-') ? -1n : 1n) * BigInt(isAmount ? Math.round(written * 1e6) : written);
    }
  }
  return { sum, isAmount };
}

/** The cells a name stands for: one, or those of a group that is printed as a sum or named by an indicator. */
function addressesOf({ sections }: Edition, name: string) {
  const [section, row, column] = name.split('.') as [string, string, string];
  return sections.flatMap((one) =>
    one.kind !== 'table' || one.key !== section
      ? []
      : one.blocks.flatMap(({ rows, columns, rowGroups = [], columnGroups = [] }) =>
          linesOf(rows, rowGroups, row).flatMap((row) =>
            linesOf(columns, columnGroups, column).map((column) => ({
              address: [section, row.key, column.key],
              value: column.value,
            })),
          ),
        ),
  );
}

function linesOf<One extends Line>(lines: readonly One[], groups: readonly Group[], key: string): readonly One[] {
  const isIn = (group: string | undefined): boolean =>
    group !== undefined && (group === key || isIn(groups.find((one) => one.key === group)?.within));
  const itself = lines.filter((line) => line.key === key);
  return itself.length > 0 ? itself : lines.filter((line) => line.totalOf === undefined && isIn(line.group));
}
