import fc from 'fast-check';
import t from 'tap';
import { agencyKinds, agencyLevels } from '../../../src/domain/agency.ts';
import { bases } from '../../../src/domain/statistics/figure-changes.ts';
import type { Measure } from '../../../src/domain/statistics/measure.ts';
import { dimensions, extras, type Column, type StatisticsQuery } from '../../../src/domain/statistics/query.ts';
import { answerStatistics, type Statistics } from '../../../src/domain/statistics/statistics.ts';
import { rulebook } from '../../support/forms.ts';
import { naiveRows } from '../../support/naive-statistics.ts';
import { holds } from '../../support/property.ts';
import {
  ask,
  changeOf,
  matrixOf,
  readingFor,
  registryOf,
  rowsOf,
  someReport,
  someState,
  type Row,
  type State,
  type StatedReport,
} from '../../support/statistics.ts';

const measures = [...rulebook.measures.values()];
const indicators = measures.filter(({ kind }) => kind === 'indicator');
const subtotals = measures.filter(({ kind }) => kind === 'subtotal');
/** Those whose figures differ: amounts, what may be negative, what only one edition has. */
const special = ['disclosure.fees.amount', 'disclosure.procurement.amount', 'disclosure.licences.itemsChange'].map(
  (id) => rulebook.measures.get(id) as Measure,
);

const allYears = [{ first: 0, last: 9_999 }];

/** Each in a few questions, so that most are about something. */
const seldom = <Wanted>(wanted: fc.Arbitrary<Wanted>) =>
  fc.oneof({ arbitrary: fc.constant(undefined), weight: 5 }, { arbitrary: wanted, weight: 1 });

/** Any question about a state that can be answered. */
function someQuery({ agencies }: State): fc.Arbitrary<StatisticsQuery> {
  const id = fc.constantFrom(...agencies.map(({ id }) => id));
  const range = fc.tuple(fc.integer({ min: 2018, max: 2025 }), fc.nat(3));
  return fc
    .record({
      filters: fc.record({
        reach: seldom(id),
        agency: seldom(id),
        parent: seldom(id),
        under: seldom(id),
        level: seldom(fc.constantFrom(...agencyLevels)),
        kind: seldom(fc.constantFrom(...agencyKinds)),
        years: seldom(
          fc.array(
            range.map(([first, more]) => ({ first, last: first + more })),
            { maxLength: 2 },
          ),
        ),
      }),
      basis: fc.constantFrom(...bases),
      consolidated: fc.constantFrom('include' as const, 'exclude' as const),
      tellsEmpty: fc.boolean(),
      groupBy: fc.shuffledSubarray([...dimensions]),
      asked: fc.tuple(
        fc.shuffledSubarray(measures, { minLength: 1, maxLength: 4 }),
        fc.constantFrom(...indicators),
        fc.constantFrom(...subtotals),
        fc.constantFrom(...special),
      ),
      extras: fc.subarray(extras.filter((extra) => extra !== 'percentiles')),
    })
    .map(({ filters, asked, extras, groupBy, ...plain }): StatisticsQuery => {
      const told = Object.entries(filters).filter(([, value]) => value !== undefined);
      return {
        ...plain,
        ...(Object.fromEntries(told) as Partial<StatisticsQuery>),
        groupBy,
        measures: [...new Set(asked.flat())],
        with: extras
          .filter((extra) => extra !== 'change' || groupBy.includes('year'))
          .filter((extra) => extra !== 'rank' || (groupBy.includes('year') && groupBy.includes('agency'))),
      };
    });
}

const stateAndQuery = someState().chain((state) => fc.tuple(fc.constant(state), someQuery(state)));

function same(one: unknown, other: unknown): void {
  const [these, those] = [JSON.stringify(one, undefined, 1), JSON.stringify(other, undefined, 1)];
  if (these !== those) throw new Error(`${these}\n\nis not\n\n${those}`);
}

await t.test('every statistic is what the JSON of the reports gives, added up one by one', async (t) => {
  const agrees = ([state, query]: [State, StatisticsQuery]) => {
    const { head, rows } = ask(matrixOf(state), query);
    same(rows, naiveRows(state, query));
    const total = (name: string) => rows.reduce((sum, row) => sum + (row[name] as number), 0);
    const { consolidated: _, ...coverage } = head.coverage;
    same(coverage, { reports: total('reports'), expected: total('expected'), missing: total('missing') });
  };
  holds(t, fc.property(stateAndQuery, agrees), { numRuns: 300 });
});

await t.test('a subtree comes to its head and the subtrees of its children', async (t) => {
  const addsUp = ([state, query]: [State, StatisticsQuery]) => {
    const matrix = matrixOf(state);
    const added = query.measures.filter(({ isRatio }) => !isRatio);
    const sums = (besides: Partial<StatisticsQuery>) => {
      const { rows } = ask(matrix, {
        basis: query.basis,
        years: allYears,
        groupBy: ['year'],
        measures: added,
        ...besides,
      });
      return rows.flatMap(({ year, ...row }) =>
        Object.entries(row).map(([name, value]) => [`${year as number} ${name}`, value] as const),
      );
    };
    for (const { id } of state.agencies) {
      const children = state.agencies.filter(({ parentId }) => parentId === id);
      const parts = [...sums({ agency: id }), ...children.flatMap((child) => sums({ under: child.id }))];
      const together = new Map<string, number | null>();
      for (const [name, value] of parts as [string, number | null][]) {
        const before = together.get(name) ?? null;
        together.set(name, value === null ? before : Math.round(((before ?? 0) + value) * 1e6) / 1e6);
      }
      const whole = new Map(sums({ under: id }));
      same([...whole].sort(), [...together].sort());
    }
  };
  const state = someState(1_000);
  holds(
    t,
    fc.property(
      state.chain((state) => fc.tuple(fc.constant(state), someQuery(state))),
      addsUp,
    ),
    { numRuns: 60 },
  );
});

await t.test('a report the caller may not see changes nothing, whatever is done to it', async (t) => {
  const stays = ([[state, query], written]: readonly [[State, StatisticsQuery], readonly Written[]]) => {
    const matrix = matrixOf(state);
    const before = ask(matrix, query);
    for (const [place, [key, report]] of written.entries()) {
      matrix.apply({ last: 2 + place, reports: [changeOf(key, unseen(state, query, key, report))] });
    }
    same(ask(matrix, query), before);
  };
  const property = stateAndQuery.chain((drawn) => {
    const written = fc.array(someReport(drawn[0].agencies), { minLength: 1, maxLength: 5 });
    return fc.tuple(fc.constant(drawn), written);
  });
  holds(t, fc.property(property, stays), { numRuns: 150 });
});

type Written = readonly [string, StatedReport | undefined];

/** A report as written where it is out of reach; in reach what counts stays, and all the rest is as written. */
function unseen(state: State, { basis, reach }: StatisticsQuery, key: string, report: StatedReport | undefined) {
  const isWithin = (id: string | undefined): boolean =>
    id !== undefined && (id === reach || isWithin(state.agencies.find((one) => one.id === id)?.parentId));
  if (reach !== undefined && !isWithin(key.split(' ')[0])) return report;
  const now = state.reports.get(key);
  const kept = now?.revisions.find(({ bases }) => bases.includes(basis));
  const others = (report?.revisions ?? [])
    .map(({ bases, figures }) => ({ bases: bases.filter((one) => one !== basis), figures }))
    .filter(({ bases }) => bases.length > 0);
  const edition = (now ?? report)?.edition ?? '';
  return { edition, revisions: [...(kept ? [{ ...kept, bases: [basis] }] : []), ...others] };
}

await t.test('taking changes in one by one comes to the same as reading everything anew', async (t) => {
  const agrees = ([[state, query], steps]: readonly [[State, StatisticsQuery], readonly Step[]]) => {
    const matrix = matrixOf(state);
    const held: { readonly answer: Statistics; readonly rows: readonly Row[]; readonly release: () => void }[] = [];
    let now = state;
    for (const [place, { written, registered, holds, releases }] of steps.entries()) {
      const reports = new Map(now.reports);
      for (const [key, report] of written) {
        if (report) reports.set(key, report);
        else reports.delete(key);
      }
      now = { ...now, reports, ...(registered && { agencies: moved(now.agencies, place) }) };
      matrix.apply({
        last: 2 + place,
        ...(registered && { registry: registryOf(now) }),
        reports: written.map(([key, report]) => changeOf(key, report)),
      });
      const [{ head, rows }, anew] = [ask(matrix, query), ask(matrixOf(now), query)];
      same({ head, rows }, { head: anew.head, rows: anew.rows });
      if (holds) {
        const reading = readingFor(matrix, query);
        const answer = answerStatistics(reading, query, 'en');
        held.push({ answer, rows: naiveRows(now, query), release: reading.release });
      }
      for (const { answer, rows } of held) same(rowsOf(answer, 2), rows);
      if (releases) held.shift()?.release();
    }
  };
  const property = stateAndQuery.chain((drawn) => {
    const step = fc.record({
      written: fc.uniqueArray(someReport(drawn[0].agencies), { maxLength: 4, selector: ([key]) => key }),
      registered: fc.boolean(),
      holds: fc.boolean(),
      releases: fc.boolean(),
    });
    return fc.tuple(fc.constant(drawn), fc.array(step, { minLength: 1, maxLength: 6 }));
  });
  holds(t, fc.property(property, agrees), { numRuns: 100 });
});

interface Step {
  readonly written: readonly Written[];
  /** Agencies are changed as well. */
  readonly registered: boolean;
  /** Somebody begins to read, or one that reads comes to an end. */
  readonly holds: boolean;
  readonly releases: boolean;
}

/** The agencies with one of them renamed, moved to the top and of another kind. */
function moved(agencies: State['agencies'], place: number): State['agencies'] {
  const at = place % agencies.length;
  const { parentId: _, ...one } = agencies[at] as State['agencies'][number];
  return agencies.with(at, { ...one, name: `${one.name}新`, kind: 'street', level: 'county' });
}

await t.test('pages one after the other have every row once, in the order asked for', async (t) => {
  const agrees = ([[state, query], limit, descending, pick]: readonly [
    [State, StatisticsQuery],
    number,
    boolean,
    number,
  ]) => {
    const matrix = matrixOf(state);
    const { head, rows } = ask(matrix, query);
    const sortable = head.columns.filter(({ type }) => type !== 'list');
    const column = (sortable[pick % sortable.length] as Column).name;
    const reading = readingFor(matrix, query);
    const paged = rowsOf(answerStatistics(reading, { ...query, sort: { column, descending } }, 'en'), limit);
    const valueOf = (row: Row) => row[column] as string | number | null;
    const sorted = rows.toSorted((one, other) => {
      const [this_, that] = [valueOf(one), valueOf(other)];
      if (this_ === that) return 0;
      if (this_ === null || that === null) return this_ === null ? 1 : -1;
      return this_ < that === descending ? 1 : -1;
    });
    same(paged, sorted);
  };
  const property = fc.tuple(stateAndQuery, fc.integer({ min: 1, max: 4 }), fc.boolean(), fc.nat(100));
  holds(t, fc.property(property, agrees), { numRuns: 150 });
});
