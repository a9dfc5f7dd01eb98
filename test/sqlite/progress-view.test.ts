import fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import t from 'tap';
import { agencyKinds, agencyLevels } from '../../src/domain/agency.ts';
import { dayInChina, daysAfter } from '../../src/domain/calendar.ts';
import { progressOf } from '../../src/domain/progress.ts';
import { countedRevision, reportStatuses, type ReportKey } from '../../src/domain/report.ts';
import type { Store } from '../../src/domain/store.ts';
import { dueLevels, yearFrom, yearStatuses, type DueLevel } from '../../src/domain/year.ts';
import { editions } from '../../src/forms/editions.ts';
import { holdsAfterWaiting } from '../support/property.ts';
import { filled, saveAgencies, saveReport, testDeed } from '../support/store.ts';
import { copyOf, storeOnFile, type Read, type Row } from '../support/views.ts';

const today = new Date().toISOString();
const year = 2021;

/** A day around today: due dates are held against the day the view is read on. */
const day = fc.integer({ min: -1, max: 1 }).map((days) => dayInChina(new Date(daysAfter(today, days))));

/** A moment of such a day, the last of the day in China and the first after it among them. */
const moment = fc.tuple(day, fc.constantFrom('00:00:00.000', '15:59:59.999', '16:00:00.000')).map(([on, time]) => {
  return `${on}T${time}Z`;
});

const agency = fc.record({
  level: fc.constantFrom(...agencyLevels),
  kind: fc.constantFrom(...agencyKinds),
  vertical: fc.constantFrom(false, false, false, true),
  activeFrom: fc.constantFrom(undefined, undefined, '2021-12-31', '2022-01-01'),
  activeTo: fc.constantFrom(undefined, undefined, '2021-12-30', '2021-12-31'),
  extendedTo: fc.option(day, { nil: undefined }),
  report: fc.option(
    fc.record({
      status: fc.constantFrom(...reportStatuses),
      asPrinted: fc.boolean(),
      firstSubmittedAt: fc.option(moment, { nil: undefined }),
    }),
    { nil: undefined, freq: 3 },
  ),
});

type Registered = typeof agency extends fc.Arbitrary<infer Value> ? Value : never;

const calendar = fc.record({
  status: fc.constantFrom(...yearStatuses),
  due: fc.tuple(...dueLevels.map(() => day)).map((days) => {
    return Object.fromEntries(dueLevels.map((level, n) => [level, days[n]])) as Record<DueLevel, string>;
  }),
});

type Calendar = typeof calendar extends fc.Arbitrary<infer Value> ? Value : never;

async function fill(store: Store, agencies: readonly Registered[]): Promise<void> {
  const inputs = agencies.map(({ extendedTo: _, report: __, activeFrom, activeTo, ...input }, n) => {
    return [`a${n}`, { ...input, ...(activeFrom && { activeFrom }), ...(activeTo && { activeTo }) }] as const;
  });
  await saveAgencies(store, Object.fromEntries(inputs));
  for (const [n, { extendedTo, report }] of agencies.entries()) {
    const key = { agencyId: `a${n}`, year };
    if (report) await saveStanding(store, key, report);
    if (extendedTo !== undefined) {
      const extension = { ...key, due: extendedTo, reason: '材料移交', grantedBy: 'test', grantedAt: today };
      await store.changeExtension(key, () => ({ write: extension, deed: testDeed, result: undefined }));
    }
  }
}

async function saveStanding(store: Store, key: ReportKey, standing: NonNullable<Registered['report']>): Promise<void> {
  const { status, asPrinted, firstSubmittedAt } = standing;
  await saveReport(store, key, { ...filled('2021'), asPrinted }, today);
  await store.changeReport(key, ({ report }) => {
    if (!report) throw new Error('no report');
    const { publishedRevision: _, countedRevision: __, ...state } = report;
    const published = status === 'published' ? { publishedRevision: report.revision } : {};
    const counted = countedRevision({ ...state, ...published, status }, asPrinted);
    const write = {
      ...state,
      ...published,
      status,
      ...(counted !== undefined && { countedRevision: counted }),
      ...(firstSubmittedAt !== undefined && { firstSubmittedAt }),
    };
    return { write, deed: testDeed, result: () => undefined };
  });
}

/** The counts of a year's progress, and the missing, as made of the view. */
function countedIn(rows: readonly Row[]) {
  const count = (holds: (row: Row) => unknown) => rows.filter(holds).length;
  const handedIn = count((row) => row['handed_in']);
  return {
    expected: rows.length,
    handedIn,
    byStatus: Object.fromEntries(
      ['missing', ...reportStatuses].map((status) => [status, count((row) => row['status'] === status)]),
    ),
    overdue: count((row) => row['overdue']),
    submittedLate: count((row) => row['submitted_late']),
    onTime: count((row) => row['submitted_late'] === 0),
    atKnownTime: rows.length - count((row) => row['handed_in'] && row['submitted_late'] === null),
    missing: rows
      .filter((row) => !row['handed_in'])
      .map((row) => [row['agency_id'], row['status'], row['due_on'], row['overdue'] === 1, row['extended'] === 1]),
  };
}

/** The same of `GET /v1/years/{year}/progress`, held against the day the view was read on. */
async function expectedOf(store: Store, on: string) {
  const found = await store.year(year);
  if (!found) throw new Error('no year');
  const progress = progressOf(found, await store.standings({ year }), on);
  const { expected, handedIn, byStatus, overdue, submittedLate, timeliness, missing } = progress;
  return {
    expected,
    handedIn,
    byStatus,
    overdue,
    submittedLate,
    onTime: timeliness.numerator,
    atKnownTime: timeliness.denominator,
    missing: missing.map((one) => [one.agencyId, one.status ?? 'missing', one.dueOn, one.overdue, one.extended]),
  };
}

/** Both from one statement, in which it is one moment. */
function progressIn(read: Read): Row[] {
  return read("SELECT *, date('now', '+8 hours') AS today FROM v_progress ORDER BY due_on, agency_id");
}

await t.test('who is expected, has handed in, is overdue or was late is what the API tells', async (t) => {
  const isTold = async (agencies: readonly Registered[], { status, due }: Calendar) => {
    const { store, file } = storeOnFile(t);
    const write = yearFrom(year, { status, due }, editions);
    await store.changeYear(year, () => ({ write, deed: testDeed, result: undefined }));
    await fill(store, agencies);
    const rows = progressIn(await copyOf(t, file));
    const on = String(rows[0]?.['today'] ?? dayInChina(new Date(today)));
    return isDeepStrictEqual(countedIn(rows), await expectedOf(store, on));
  };
  const property = fc.asyncProperty(fc.array(agency, { maxLength: 20, size: 'max' }), calendar, isTold);
  await holdsAfterWaiting(t, property, { numRuns: 40 });
});

await t.test('an agency is there with who it is under, in every year', async (t) => {
  const { store, file } = storeOnFile(t);
  await saveAgencies(store, { p: { kind: 'government' }, a: { parentId: 'p' } });
  for (const one of [2021, 2022]) {
    const write = yearFrom(one, { status: 'planned' }, editions);
    await store.changeYear(one, () => ({ write, deed: testDeed, result: undefined }));
  }
  const told = { agency_name: '机关a', level: 'county', kind: 'department', parent_id: 'p', parent_name: '机关p' };
  const rows = progressIn(await copyOf(t, file)).filter((row) => row['agency_id'] === 'a');
  t.match(rows, [
    { ...told, year: 2021, year_status: 'planned', due_on: '2022-01-31', status: 'missing', overdue: 0 },
    { ...told, year: 2022, due_on: '2023-01-31', extended: 0, first_submitted_at: null, submitted_late: null },
  ]);
});
