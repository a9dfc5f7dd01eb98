import fc from 'fast-check';
import t from 'tap';
import { agencyKinds, agencyLevels, existedAtEndOf } from '../../src/domain/agency.ts';
import { progressOf, type Progress, type ProgressCounts } from '../../src/domain/progress.ts';
import { remindersOf } from '../../src/domain/reminders.ts';
import { reportStatuses } from '../../src/domain/report.ts';
import type { Standing } from '../../src/domain/standing.ts';
import { dueLevelOf, yearFrom } from '../../src/domain/year.ts';
import { editions } from '../../src/forms/editions.ts';
import { holds } from '../support/property.ts';

const year = yearFrom(2023, {}, editions);
const today = '2024-02-01';

/** An agency that has not begun. */
function standing(agencyId: string, rest: Partial<Standing> = {}): Standing {
  const agency = { agencyId, name: `机关${agencyId}`, level: 'county', kind: 'department' } as const;
  return { ...agency, vertical: false, handedIn: false, ...rest };
}

/** An agency of a random tree; `parent` is the place of one before it. */
interface Node extends Standing {
  readonly parent: number | undefined;
}

const january = fc.integer({ min: 0, max: 80 * 24 });
const node = fc.record({
  parent: fc.option(fc.nat(), { nil: undefined }),
  level: fc.constantFrom(...agencyLevels),
  kind: fc.constantFrom(...agencyKinds),
  vertical: fc.boolean(),
  activeTo: fc.constantFrom(undefined, '2023-12-30', '2023-12-31'),
  status: fc.constantFrom(undefined, ...reportStatuses),
  handedIn: fc.boolean(),
  firstSubmittedAt: fc.option(
    january.map((hours) => new Date(Date.UTC(2024, 0, 1, hours)).toISOString()),
    { nil: undefined },
  ),
  extendedTo: fc.constantFrom(undefined, '2024-01-01', '2024-02-05', '2024-03-31'),
});

const tree = fc.array(node, { minLength: 1, maxLength: 20 }).map((nodes) =>
  nodes.map(({ parent, ...rest }, place): Node => {
    const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
    const above = parent === undefined || place === 0 ? undefined : parent % place;
    return { ...standing(`a${place}`), ...given, parent: above };
  }),
);

/** What stands below a place, itself first. */
function below(nodes: readonly Node[], place: number): Node[] {
  const children = nodes.flatMap(({ parent }, child) => (parent === place ? below(nodes, child) : []));
  return [nodes[place] as Node, ...children];
}

/** The standings of a subtree as a store answers them. */
function standingsUnder(nodes: readonly Node[], head: number | undefined): Standing[] {
  const branches = nodes.flatMap((_, place) => (nodes[place]?.parent === head ? [place] : []));
  const ofBranches = branches.flatMap((place) => {
    return below(nodes, place).map(({ parent: _, ...one }) => ({ ...one, branch: `a${place}` }));
  });
  return head === undefined ? ofBranches : [standing(''), ...ofBranches].with(0, nodes[head] as Node);
}

/** The counts as one would make them by hand. */
function counted(nodes: readonly Standing[]) {
  const expected = nodes.filter((one) => !one.vertical && existedAtEndOf(one, 2023));
  const lastDay = (one: Standing) => {
    const ofLevel = year.due[dueLevelOf(one)];
    return one.extendedTo !== undefined && one.extendedTo > ofLevel ? one.extendedTo : ofLevel;
  };
  const midnightAfter = (one: Standing) => Date.parse(`${lastDay(one)}T00:00:00+08:00`) + 24 * 3_600_000;
  const submitted = expected.filter((one) => one.firstSubmittedAt !== undefined);
  const late = submitted.filter((one) => Date.parse(one.firstSubmittedAt ?? '') >= midnightAfter(one));
  const unknown = expected.filter((one) => one.handedIn && one.firstSubmittedAt === undefined);
  return {
    expected: expected.length,
    handedIn: expected.filter(({ handedIn }) => handedIn).length,
    overdue: expected.filter((one) => !one.handedIn && Date.parse(`${today}T00:00:00+08:00`) >= midnightAfter(one))
      .length,
    submittedLate: late.length,
    onTime: submitted.length - late.length,
    ofKnownTime: expected.length - unknown.length,
    missing: expected.filter(({ status }) => status === undefined).length,
    draft: expected.filter(({ status }) => status === 'draft').length,
    returned: expected.filter(({ status }) => status === 'returned').length,
  };
}

function told({ expected, handedIn, overdue, submittedLate, timeliness, byStatus }: ProgressCounts) {
  const { missing, draft, returned } = byStatus;
  const { numerator: onTime, denominator: ofKnownTime } = timeliness;
  return { expected, handedIn, overdue, submittedLate, onTime, ofKnownTime, missing, draft, returned };
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

await t.test('every count is what counting by hand gives, for the whole and for each child', async (t) => {
  const isCounted = (nodes: Node[], at: number | undefined) => {
    const head = at === undefined ? undefined : at % nodes.length;
    const standings = standingsUnder(nodes, head);
    const progress = progressOf(year, standings, today, head === undefined ? undefined : `a${head}`);
    const children = progress.children.every((child) => {
      return same(told(child), counted(below(nodes, Number(child.agencyId.slice(1)))));
    });
    return children && same(told(progress), counted(standings));
  };
  holds(t, fc.property(tree, fc.option(fc.nat(), { nil: undefined }), isCounted), { numRuns: 500 });
});

const summed = ['expected', 'handedIn', 'overdue', 'submittedLate'] as const;

await t.test('the children and the agency itself are the whole; nobody is missing from the missing', async (t) => {
  const addsUp = (progress: Progress, itself: ProgressCounts) =>
    summed.every((count) => {
      const ofChildren = progress.children.reduce((sum, child) => sum + child[count], 0);
      return progress[count] === itself[count] + ofChildren;
    });
  const isWhole = (nodes: Node[], at: number) => {
    const head = at % nodes.length;
    const progress = progressOf(year, standingsUnder(nodes, head), today, `a${head}`);
    const itself = progressOf(year, [nodes[head] as Node], today);
    const everybody = progressOf(year, standingsUnder(nodes, undefined), today);
    const nobody = progressOf(year, [], today);
    const statuses = Object.values(progress.byStatus).reduce((sum, count) => sum + count, 0);
    return (
      addsUp(progress, itself) &&
      addsUp(everybody, nobody) &&
      statuses === progress.expected &&
      progress.missing.length === progress.expected - progress.handedIn &&
      progress.missing.filter(({ overdue }) => overdue).length === progress.overdue
    );
  };
  holds(t, fc.property(tree, fc.nat(), isWhole), { numRuns: 500 });
});

await t.test('shares of nothing have no value', async (t) => {
  const nothing = { numerator: 0, denominator: 0, value: null };
  t.match(progressOf(year, [], today), { completeness: nothing, timeliness: nothing, children: [], missing: [] });
});

await t.test('what is as printed is handed in, and neither on time nor late', async (t) => {
  const printed = standing('a', { status: 'draft', handedIn: true });
  t.match(progressOf(year, [printed], today), {
    completeness: { numerator: 1, denominator: 1, value: 1 },
    timeliness: { numerator: 0, denominator: 0, value: null },
    submittedLate: 0,
    missing: [],
  });
});

await t.test('a report returned after it was handed in on time is missing, yet was on time', async (t) => {
  const returned = standing('a', { status: 'returned', firstSubmittedAt: '2024-01-20T00:00:00.000Z' });
  t.match(progressOf(year, [returned], today), {
    timeliness: { numerator: 1, denominator: 1, value: 1 },
    overdue: 1,
    missing: [{ agencyId: 'a', status: 'returned', dueOn: '2024-01-31', overdue: true, extended: false }],
  });
});

await t.test('the missing stand by due date, then by id', async (t) => {
  const missing = progressOf(
    year,
    [standing('b'), standing('c', { extendedTo: '2024-02-05' }), standing('a', { kind: 'government' }), standing('a1')],
    today,
  ).missing;
  t.same(
    missing.map(({ agencyId, dueOn, extended }) => [agencyId, dueOn, extended]),
    [
      ['a1', '2024-01-31', false],
      ['b', '2024-01-31', false],
      ['c', '2024-02-05', true],
      ['a', '2024-02-20', false],
    ],
  );
});

await t.test('reminded is who is overdue, the longest first, and who is due within two weeks', async (t) => {
  const standings = [
    standing('far', { extendedTo: '2024-02-16' }),
    standing('near', { extendedTo: '2024-02-15' }),
    standing('today', { extendedTo: today, contact: { phone: '1' } }),
    standing('late'),
    standing('done', { handedIn: true }),
    standing('tax', { vertical: true }),
  ];
  const reminders = remindersOf(year, standings, today);
  t.same(
    reminders.items.map(({ agencyId, daysLeft, overdue }) => [agencyId, daysLeft, overdue]),
    [
      ['late', -1, true],
      ['today', 0, false],
      ['near', 14, false],
    ],
  );
  t.same(reminders.items[1]?.contact, { phone: '1' });
  t.same(remindersOf({ ...year, status: 'planned' }, standings, today).items, [], 'before the year is open');
});

await t.test('a year that is planned has nobody overdue, and one whose own date is later extends nobody', async (t) => {
  const [one] = progressOf({ ...year, status: 'planned' }, [standing('late')], '2030-01-01').missing;
  t.match(one, { overdue: false });
  const [extended] = progressOf(year, [standing('late', { extendedTo: '2000-01-01' })], today).missing;
  t.match(extended, { extended: false, dueOn: one?.dueOn });
});
