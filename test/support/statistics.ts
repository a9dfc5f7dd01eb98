import fc from 'fast-check';
import { agencyKinds, agencyLevels } from '../../src/domain/agency.ts';
import type { CheckedForm } from '../../src/domain/compile.ts';
import type { Cell } from '../../src/domain/cell.ts';
import type { Figures } from '../../src/domain/figures.ts';
import { selectAgencies } from '../../src/domain/statistics/agency-index.ts';
import { bases, type Basis, type RegisteredAgency, type Registry } from '../../src/domain/statistics/figure-changes.ts';
import { FigureMatrix, type Reading } from '../../src/domain/statistics/figure-matrix.ts';
import type { StatisticsQuery, Value } from '../../src/domain/statistics/query.ts';
import { answerStatistics, type Statistics } from '../../src/domain/statistics/statistics.ts';
import { yearFrom, type Year } from '../../src/domain/year.ts';
import { editions } from '../../src/forms/editions.ts';
import { formOf, forms } from './forms.ts';

/** A report as tests state it: its revisions, and what goes by each. */
export interface StatedReport {
  readonly edition: string;
  readonly revisions: readonly { readonly bases: readonly Basis[]; readonly figures: Figures }[];
}

/** Everything there is: reports by agency and year, `a 2021`. */
export interface State {
  readonly agencies: readonly RegisteredAgency[];
  readonly years: readonly Year[];
  readonly reports: ReadonlyMap<string, StatedReport>;
}

/** An agency, by default a department of a county without a parent. */
export function agency(id: string, besides: Partial<RegisteredAgency> = {}): RegisteredAgency {
  return {
    id,
    name: `机关${id}`,
    level: 'county',
    kind: 'department',
    consolidates: false,
    vertical: false,
    ...besides,
  };
}

export function yearOf(year: number): Year {
  return yearFrom(year, {}, editions);
}

export function registryOf({ agencies, years }: Pick<State, 'agencies' | 'years'>): Registry {
  return { agencies: agencies.toSorted((one, other) => (one.id < other.id ? -1 : 1)), years };
}

/** A report's change as the store tells it; `undefined` for one that is gone. */
export function changeOf(key: string, report: StatedReport | undefined) {
  const [agencyId, year] = key.split(' ') as [string, string];
  return { agencyId, year: Number(year), ...(report ?? { edition: '', revisions: [] }) };
}

const widths = new Map(forms.map(({ edition, cells }) => [edition.id, cells.length]));

export function emptyMatrix(): FigureMatrix {
  return new FigureMatrix(widths);
}

export function matrixOf(state: State, last = 1): FigureMatrix {
  const matrix = emptyMatrix();
  const reports = [...state.reports].map(([key, report]) => changeOf(key, report));
  matrix.apply({ last, registry: registryOf(state), reports });
  return matrix;
}

export const plainQuery: StatisticsQuery = {
  basis: 'current',
  consolidated: 'include',
  tellsEmpty: true,
  groupBy: [],
  with: [],
  measures: [],
};

export function readingFor(matrix: FigureMatrix, query: StatisticsQuery): Reading {
  return matrix.read(query.basis, (index) => selectAgencies(index, query).reached);
}

export type Row = Readonly<Record<string, Value>>;

/** All rows of an answer by the names of its columns, fetched in pages of so many. */
export function rowsOf({ head, page }: Statistics, limit = 1_000): Row[] {
  const rows: Row[] = [];
  let next: ReturnType<typeof page>['next'];
  do {
    const { values, length, next: after } = page({ after: next, limit });
    for (let row = 0; row < length; row++) {
      const named = head.columns.map(({ name }, column) => [name, values[column]?.[row] as Value] as const);
      rows.push(Object.fromEntries(named));
    }
    next = after;
  } while (next);
  return rows;
}

/** An answer, its rows and the version it was computed at. */
export function ask(matrix: FigureMatrix, besides: Partial<StatisticsQuery>) {
  const query = { ...plainQuery, ...besides };
  const reading = readingFor(matrix, query);
  const answer = answerStatistics(reading, query, 'en');
  const rows = rowsOf(answer);
  reading.release();
  return { head: answer.head, rows, version: reading.version };
}

/** Some agencies in a tree, in which children may come before their parents. */
const someAgencies: fc.Arbitrary<RegisteredAgency[]> = fc
  .array(
    fc.record({
      parent: fc.nat(20),
      level: fc.constantFrom(...agencyLevels),
      kind: fc.constantFrom(...agencyKinds),
      consolidates: fc.boolean(),
      vertical: fc.boolean(),
      activeFrom: fc.option(fc.constantFrom('2019-12-31', '2020-01-01', '2021-06-01'), { nil: undefined, freq: 2 }),
      activeTo: fc.option(fc.constantFrom('2021-12-30', '2021-12-31', '2023-01-01'), { nil: undefined, freq: 2 }),
    }),
    { minLength: 1, maxLength: 9 },
  )
  .map((drawn) => {
    // 3 is prime to 11: the ids come in another order than the tree.
    const idOf = (place: number) => `a${(place * 3 + 5) % 11}`;
    return drawn.map(({ parent, activeFrom, activeTo, ...plain }, place) =>
      agency(idOf(place), {
        ...plain,
        ...(parent < place && { parentId: idOf(parent) }),
        ...(activeFrom !== undefined && { activeFrom }),
        ...(activeTo !== undefined && { activeTo }),
      }),
    );
  });

/** Figures of a report: as many of them as drawn are blank, great or 0, the others small. */
function someFigures(form: CheckedForm, greatest: number): fc.Arbitrary<Figures> {
  const share = fc.constantFrom(0, 0.02, 0.1, 0.5);
  return fc.tuple(fc.nat(), share, share).map(([seed, blank, great]) => {
    const chance = chanceFrom(seed);
    return Float64Array.from(form.cells, (cell) => {
      if (chance() < blank) return Number.NaN;
      const most = chance() < great ? greatest : 5;
      return legal(cell, Math.round((2 * chance() - 1) * most));
    });
  });
}

/** Numbers from 0 to 1 that look random: a whole form drawn figure by figure takes too long. */
function chanceFrom(seed: number): () => number {
  let state = BigInt(seed);
  return () => {
    state = (state * 6_364_136_223_846_793_005n + 1_442_695_040_888_963_407n) & 0xffff_ffff_ffff_ffffn;
    return Number(state >> 11n) / 2 ** 53;
  };
}

function legal({ value }: Cell, figure: number): number {
  if (value === 'signedCount') return figure;
  return (value === 'amount' ? Math.abs(figure) % 1e15 : Math.abs(figure)) + 0;
}

/** Which revision of a report each basis goes by: one for all, a draft above what was handed in, and so on. */
const servings: readonly (readonly (readonly Basis[])[])[] = [
  [bases],
  [['current']],
  [['current', 'handedIn']],
  [['current'], ['handedIn', 'published']],
  [['current', 'handedIn'], ['published']],
  [['current'], ['published']],
  [['current'], ['handedIn'], ['published']],
];

function aReport(edition: string, greatest: number): fc.Arbitrary<StatedReport> {
  return fc.constantFrom(...servings).chain((serving) =>
    fc.tuple(...serving.map(() => someFigures(formOf(edition), greatest))).map((figures) => ({
      edition,
      revisions: serving.map((bases, place) => ({ bases, figures: figures[place] as Figures })),
    })),
  );
}

const years = [2019, 2020, 2021, 2022, 2023, 2024];

/** A report of some agency, or that it is gone. */
export function someReport(
  agencies: readonly RegisteredAgency[],
  greatest = Number.MAX_SAFE_INTEGER,
): fc.Arbitrary<readonly [string, StatedReport | undefined]> {
  const place = fc.tuple(fc.constantFrom(...agencies), fc.constantFrom(...years));
  return place.chain(([{ id }, year]) => aReportOrNone(id, year, greatest));
}

function aReportOrNone(agencyId: string, year: number, greatest: number) {
  // Now and then a year's report is on another form.
  const edition = fc.constantFrom(...Array<string>(5).fill(yearOf(year).edition), ...editions.map(({ id }) => id));
  const report = fc.option(
    edition.chain((edition) => aReport(edition, greatest)),
    { nil: undefined, freq: 5 },
  );
  return report.map((report) => [`${agencyId} ${year}`, report] as const);
}

export function someState(greatest = Number.MAX_SAFE_INTEGER): fc.Arbitrary<State> {
  return someAgencies.chain((agencies) => {
    const reports = agencies.flatMap(({ id }) => years.map((year) => aReportOrNone(id, year, greatest)));
    return fc.tuple(...reports).map((drawn) => {
      const reports = new Map(drawn.flatMap(([key, report]) => (report ? [[key, report] as const] : [])));
      return { agencies, years: years.map(yearOf), reports };
    });
  });
}
