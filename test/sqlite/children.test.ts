import fc from 'fast-check';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import type { ConsolidatedCell, Coverage } from '../../src/domain/consolidation.ts';
import { unpackTables } from '../../src/domain/figures.ts';
import { revise } from '../../src/domain/judge.ts';
import { isOpenToChange, writtenContent, type ReportInput, type ReportState } from '../../src/domain/report.ts';
import type { ReportDecision, Store, StoredReport } from '../../src/domain/store.ts';
import { isPossible, steps, taken } from '../../src/domain/workflow.ts';
import { consolidationTag, getConsolidation } from '../../src/operations/get-consolidation.ts';
import { buildService, surroundingsOf } from '../../src/operations/service.ts';
import { openStore } from '../../src/sqlite/store.ts';
import { figuresWith } from '../support/figures.ts';
import { formOf, rulebook } from '../support/forms.ts';
import { holdsAfterWaiting } from '../support/property.ts';
import { saveAgencies, saveReport, saveYears, testDeed } from '../support/store.ts';

const year = 2022;
const now = '2023-01-10T08:00:00.000Z';
const form = formOf('2021');
const parent = { agencyId: 'parent', year };
const ids = ['a', 'b', 'c'] as const;
const cell = 'requests.received.total';

/** What is done with a child and its report; figures are the same in every cell but one. */
const change = fc.oneof(
  { weight: 4, arbitrary: fc.record({ figure: fc.option(fc.nat(9), { nil: null }), asPrinted: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ step: fc.constantFrom(...steps) }) },
  { weight: 1, arbitrary: fc.record({ remove: fc.constant(true) }) },
  {
    weight: 1,
    arbitrary: fc.record({ vertical: fc.boolean(), activeTo: fc.constantFrom(undefined, '2022-12-30', '2022-12-31') }),
  },
);

/** What becomes of it: a job is undone alone, or everything in its transaction; or somebody else's connection wrote it. */
const fate = fc.constantFrom('done', 'done', 'done', 'jobUndone', 'allUndone', 'together');

const deeds = fc.array(fc.record({ id: fc.constantFrom(...ids), change, fate }), { minLength: 8, maxLength: 40 });
type Deeds = typeof deeds extends fc.Arbitrary<infer Value> ? Value : never;
type Change = Deeds[number]['change'];

/** A child as one would keep it by hand. */
interface ByHand {
  vertical: boolean;
  activeTo: string | undefined;
  report: ReportState | undefined;
  /** What the cell says, by revision. */
  figures: Map<number, number | null>;
}

class Undone extends Error {}

const input = (figure: number | null, asPrinted: boolean): ReportInput => ({
  asPrinted,
  sections: unpackTables(form, figuresWith(form, { [cell]: figure }, figure ?? 0)),
});

/** The report after a change, or nothing where that is none. */
function next(found: StoredReport, id: string, what: Change): ReportState | undefined {
  const around = surroundingsOf(rulebook, found, '2021');
  const { report } = found;
  if ('figure' in what) {
    const content = writtenContent(form, input(what.figure, what.asPrinted));
    return revise(around, { agencyId: id, year }, report, content, now);
  }
  return 'step' in what && report && isPossible(what.step, report) ? taken(what.step, report, now, '说明') : undefined;
}

function decision(found: StoredReport, id: string, what: Change): ReportDecision<ReportState | undefined> {
  const write = next(found, id, what);
  const isRemoved = 'remove' in what && found.report !== undefined;
  return {
    ...(write && { write, deed: testDeed }),
    ...(isRemoved && { remove: true, deed: testDeed }),
    result: () => {
      // As a parent that is judged anew does, before anybody knows whether the transaction will last.
      found.neighbours.children(parent);
      return isRemoved ? undefined : (write ?? found.report);
    },
  };
}

/** Carries a change of a report out; the report as it is then, or `Undone`. */
async function carryOut(store: Store, { id, change: what, fate: becomes }: Deeds[number]) {
  const key = { agencyId: id, year };
  const decide = (found: StoredReport) => decision(found, id, what);
  if (becomes === 'done') return store.changeReport(key, decide);
  if (becomes === 'together') return store.changeOneOfMany(key, decide);
  const failing = (found: StoredReport): ReportDecision<never> => {
    const { result, ...rest } = decide(found);
    return {
      ...rest,
      result: (reportId) => {
        result(reportId);
        throw new Undone();
      },
    };
  };
  if (becomes === 'jobUndone') return store.changeReport(key, failing).catch((error: unknown) => asUndone(error));
  await store.changeReports(
    [
      { key, decide },
      { key, decide: failing },
    ],
    new AbortController().signal,
  );
  return 'undone';
}

function asUndone(error: unknown): 'undone' {
  if (error instanceof Undone) return 'undone';
  throw error;
}

/** What a consolidation has to say, from what is kept by hand. */
function expectedOf(byHand: ReadonlyMap<string, ByHand>) {
  const existing = [...byHand].filter(([, { activeTo }]) => activeTo === undefined || activeTo >= `${year}-12-31`);
  const expected = existing.filter(([, { vertical }]) => !vertical);
  const counted = expected.flatMap(([id, { report, figures }]) => {
    if (!report) return [];
    const { publishedRevision, status, facts, revision } = report;
    const counts = publishedRevision ?? (isOpenToChange(status) && !facts.asPrinted ? undefined : revision);
    return counts === undefined ? [] : [{ id, figure: figures.get(counts) ?? null }];
  });
  const blankWith = counted.filter(({ figure }) => figure === null).map(({ id }) => id);
  const sum = counted.reduce((one, { figure }) => one + (figure ?? 0), 0);
  return {
    missing: expected.map(([id]) => id).filter((id) => !counted.some((one) => one.id === id)),
    leftOut: existing.filter(([, { vertical }]) => vertical).map(([id]) => id),
    sum: counted.length === 0 || blankWith.length > 0 ? null : sum,
    contributors: counted.length - blankWith.length,
    blankWith,
    values: counted.map(({ id, figure }) => [id, figure]),
  };
}

async function toldBy(store: Store) {
  const service = buildService(rulebook, store, () => new Date(now));
  const query = { key: parent, cells: [cell], language: 'en' } as const;
  const { tag, answer } = await getConsolidation(service, query);
  const isSameTag = tag === (await consolidationTag(service, query));
  const { coverage, cells } = JSON.parse(answer) as { coverage: Coverage; cells: Consolidated[] };
  const [{ sum, contributors, blankWith, values }] = cells as [Consolidated];
  return {
    tag,
    answer,
    isSameTag,
    told: {
      missing: coverage.missing.map(({ agencyId }) => agencyId),
      leftOut: coverage.leftOut.map(({ agencyId }) => agencyId),
      sum,
      contributors,
      blankWith,
      values: values.map(({ agencyId, value }) => [agencyId, value]),
    },
  };
}

type Consolidated = ConsolidatedCell & {
  readonly values: { readonly agencyId: string; readonly value: number | null }[];
};

/** Does all of it, and looks after each whether the answer is what was kept by hand and has a tag of its own. */
async function isAlwaysRight(store: Store, all: Deeds): Promise<boolean> {
  const fresh = (): ByHand => ({ vertical: false, activeTo: undefined, report: undefined, figures: new Map() });
  // Nothing happens to the last one, so that there is always somebody to report.
  const byHand = new Map<string, ByHand>([...ids, 'd'].map((id) => [id, fresh()]));
  const answers = new Map<string, string>();
  for (const one of all) {
    const { id, change: what } = one;
    const child = byHand.get(id) as ByHand;
    if ('vertical' in what) {
      const { vertical, activeTo } = what;
      await saveAgencies(store, { [id]: { parentId: 'parent', vertical, ...(activeTo && { activeTo }) } });
      Object.assign(child, what);
    } else {
      const after = await carryOut(store, one);
      if (after !== 'undone') keep(child, after, what);
    }
    const { tag, answer, isSameTag, told } = await toldBy(store);
    if (!isSameTag || (answers.get(tag) ?? answer) !== answer) return false;
    answers.set(tag, answer);
    if (JSON.stringify(told) !== JSON.stringify(expectedOf(byHand))) return false;
  }
  return true;
}

function keep(child: ByHand, after: ReportState | undefined, what: Change): void {
  const before = child.report;
  child.report = after;
  if (!after) child.figures.clear();
  else if (after.revision !== before?.revision) {
    child.figures.set(
      after.revision,
      'figure' in what ? what.figure : (child.figures.get(before?.revision ?? 0) ?? null),
    );
  }
}

async function storeIn(file: string): Promise<Store> {
  const store = openStore(file);
  await saveYears(store, year);
  const children = [...ids, 'd'].map((id) => [id, { parentId: 'parent' }]);
  await saveAgencies(store, { parent: { kind: 'government' }, ...(Object.fromEntries(children) as object) });
  return store;
}

async function holdsIn(t: Test, fileOf: (run: number) => string): Promise<void> {
  let runs = 0;
  const holds = async (all: Deeds) => {
    const store = await storeIn(fileOf(runs++));
    try {
      return await isAlwaysRight(store, all);
    } finally {
      await store.close();
    }
  };
  await holdsAfterWaiting(t, fc.asyncProperty(deeds, holds), { numRuns: 25 });
}

await t.test('whatever is done and undone, a sum is of what is stored then', async (t) => {
  await holdsIn(t, () => ':memory:');
});

await t.test('the same in a file, where others write by connections of their own', async (t) => {
  const folder = t.testdir();
  await holdsIn(t, (run) => join(folder, `${run}.db`));
});

await t.test('what was written and undone is not taken for what is written after under the same number', async (t) => {
  const store = await storeIn(':memory:');
  t.teardown(() => store.close());
  const undone = { id: 'a', change: { figure: 7, asPrinted: true }, fate: 'jobUndone' } as const;
  t.equal(await carryOut(store, undone), 'undone');
  await saveReport(store, { agencyId: 'a', year }, input(2, true), now);
  t.match(await toldBy(store), { told: { sum: 2, values: [['a', 2]] } });
});
