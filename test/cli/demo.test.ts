import t, { type Test } from 'tap';
import { absent, agencies, openYear, slips, years } from '../../src/cli/demo-city.ts';
import { loadDemo } from '../../src/cli/demo.ts';
import type { ReportContent } from '../../src/domain/report.ts';
import type { StoredReport } from '../../src/domain/store.ts';
import { editions } from '../../src/forms/editions.ts';
import { buildRulebook, buildService, formOf, type Service } from '../../src/operations/service.ts';
import { reportTag } from '../../src/operations/tags.ts';
import { openStore } from '../../src/sqlite/store.ts';

const actor = 'demo';
const reportCount = agencies.length * years.length - absent.length;

function emptyService(t: Test): Service {
  const store = openStore(':memory:');
  t.teardown(() => store.close());
  return buildService(buildRulebook(editions, 'test'), store, () => new Date('2024-01-15T08:00:00Z'));
}

type Loaded = NonNullable<StoredReport['report']>;

async function loadedReports({ store }: Service): Promise<Loaded[]> {
  const page = await store.reports({ today: '2024-01-15' }, 'all', { limit: 1_000 });
  const reports = page.map((key) => store.changeReport(key, ({ report }) => ({ result: () => report as Loaded })));
  return Promise.all(reports);
}

const nameOf = ({ agencyId, year }: { readonly agencyId: string; readonly year: number }) => `${agencyId} ${year}`;

await t.test('the demo is a city with one root, a dozen agencies and five years', async (t) => {
  const service = emptyService(t);
  const summary = await loadDemo(service, actor);

  const registered = await service.store.agencies({ today: '2024-01-15' }, { limit: 100 });
  t.ok(registered.length >= 12);
  t.same(
    registered.filter(({ parentId }) => parentId === undefined).map(({ id }) => id),
    ['shili'],
  );
  t.equal((await service.store.agencies({ under: 'shili', today: '2024-01-15' }, { limit: 100 })).length, 15);
  t.same(
    (await service.store.years({ limit: 10 })).map(({ year, edition }) => [year, edition]),
    [
      [2023, '2021'],
      [2022, '2021'],
      [2021, '2021'],
      [2020, '2019'],
      [2019, '2019'],
    ],
  );
  t.same(summary, {
    agencies: { created: agencies.length, updated: 0, unchanged: 0 },
    years: { created: years.length, updated: 0, unchanged: 0 },
    reports: { created: reportCount, updated: 0, unchanged: 0 },
    published: agencies.length * (years.length - 1),
  });
});

await t.test('exactly the deliberate slips show, and the sums of the government above them', async (t) => {
  const service = emptyService(t);
  await loadDemo(service, actor);
  const found = (await loadedReports(service)).filter(({ assessment }) => assessment.verdict !== 'consistent');
  const errors = Object.fromEntries(
    found.map((report) => [
      nameOf(report),
      report.assessment.failed.filter((rule) => isError(service, rule)).toSorted(),
    ]),
  );
  t.same(errors, {
    'shili 2020': ['consolidated.sum'],
    'shili-planning 2020': ['disputes.total'],
    'shili 2021': ['consolidated.sum'],
    'shili-education 2021': ['requests.applicants', 'requests.balance', 'requests.outcomes'],
    'shili-housing 2023': ['requests.applicants', 'requests.outcomes'],
    'shili-dongshi-health 2023': ['report.complete'],
    'shili-xili-market 2023': ['requests.applicants', 'requests.balance', 'requests.carriedIn'],
  });
  const incomplete = found.filter(({ assessment }) => assessment.verdict === 'incomplete');
  t.same(incomplete.map(nameOf), ['shili-dongshi-health 2023']);
});

function isError({ editions: known }: Service, id: string): boolean {
  return known.some(({ rules }) =>
    rules.some((rule) => {
      const severities = [rule.severity, ...Object.values(rule.severityAt ?? {})];
      return rule.id === id && severities.some((severity) => severity !== 'warning');
    }),
  );
}

await t.test('no report of the demo says what its tables do not, or what another says', async (t) => {
  const service = emptyService(t);
  await loadDemo(service, actor);
  for (const report of await loadedReports(service)) {
    const told = report.assessment.failed.filter((rule) => /^text\.|similarity|period|processingFee/.test(rule));
    t.same(told, [], nameOf(report));
  }
});

await t.test('all years but the open one are published', async (t) => {
  const service = emptyService(t);
  await loadDemo(service, actor);
  const reports = await loadedReports(service);

  t.equal(reports.length, reportCount);
  for (const report of reports) {
    t.equal(report.status, report.year === openYear ? 'draft' : 'published', nameOf(report));
  }
  t.notMatch(reports.find(({ year }) => year !== openYear)?.publishedAnswer, /preparedBy/);
});

await t.test('loading twice changes nothing the second time', async (t) => {
  const service = emptyService(t);
  await loadDemo(service, actor);
  const before = (await loadedReports(service)).map((report) => [nameOf(report), reportTag(report)]);
  const summary = await loadDemo(service, actor);

  t.same(summary, {
    agencies: { created: 0, updated: 0, unchanged: agencies.length },
    years: { created: 0, updated: 0, unchanged: years.length },
    reports: { created: 0, updated: 0, unchanged: reportCount },
    published: 0,
  });
  t.same(
    (await loadedReports(service)).map((report) => [nameOf(report), reportTag(report)]),
    before,
  );
});

await t.test('what one year carries out the next carries in, and counts are not negative', async (t) => {
  const service = emptyService(t);
  await loadDemo(service, actor);
  const reports = await loadedReports(service);
  const slipped = new Set(slips.map(nameOf));

  for (const { agencyId, year, edition, figures, content } of reports) {
    const form = formOf(service, edition);
    const negative = form.cells.filter(({ value, index }) => value !== 'signedCount' && (figures[index] as number) < 0);
    t.same(negative, [], `${agencyId} ${year}`);

    const last = reports.find((other) => other.agencyId === agencyId && other.year === year - 1);
    if (!last || slipped.has(nameOf({ agencyId, year }))) continue;
    const carriedOut = requestsOf(last.content).carriedOut;
    t.same(requestsOf(content).carriedIn, carriedOut, `${agencyId} ${year}`);
  }
});

await t.test('a government reports the sum of what its children ought to have reported', async (t) => {
  const service = emptyService(t);
  await loadDemo(service, actor);
  const reports = await loadedReports(service);
  const slipped = new Set(slips.map(nameOf));
  const governments = agencies.filter(({ consolidates }) => consolidates).map(({ id }) => id);

  for (const { agencyId, year, figures } of reports.filter((report) => governments.includes(report.agencyId))) {
    const children = agencies.filter(({ parentId, vertical }) => parentId === agencyId && !vertical);
    if (children.some(({ id }) => slipped.has(nameOf({ agencyId: id, year })))) continue;
    const parts = reports.filter((report) => report.year === year && children.some(({ id }) => id === report.agencyId));
    const sums = figures.map((_, index) => parts.reduce((total, part) => total + (part.figures[index] as number), 0));
    t.same(sums, figures, `${agencyId} ${year}`);
  }
});

await t.test('the overview tells the figures of its table, and no year repeats the last', async (t) => {
  const service = emptyService(t);
  await loadDemo(service, actor);
  const reports = await loadedReports(service);

  for (const report of reports) {
    const { received, carriedIn, concluded } = requestsOf(report.content);
    const { overview, improvements } = textsOf(report.content);
    const told = received?.total || carriedIn?.total ? [`申请${received?.total}件`, `办结${concluded?.total}件`] : [];
    for (const words of told) t.ok(overview?.includes(words), nameOf(report));
    const last = reports.find(({ agencyId, year }) => agencyId === report.agencyId && year === report.year - 1);
    if (last) t.not(improvements, textsOf(last.content).improvements, nameOf(report));
  }
});

function requestsOf(content: string): Record<string, Record<string, number>> {
  return (JSON.parse(content) as ReportContent).sections['requests'] as Record<string, Record<string, number>>;
}

function textsOf(content: string): Record<string, string> {
  const { sections } = JSON.parse(content) as ReportContent;
  const texts = Object.entries(sections).filter(([, section]) => typeof section['text'] === 'string');
  return Object.fromEntries(texts.map(([key, section]) => [key, (section as { text: string }).text]));
}
