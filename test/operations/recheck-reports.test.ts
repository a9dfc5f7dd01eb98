import t, { type Test } from 'tap';
import { join } from 'node:path';
import { loadDemo } from '../../src/cli/demo.ts';
import { ThresholdRefused } from '../../src/domain/thresholds.ts';
import { editions } from '../../src/forms/editions.ts';
import { patchReport } from '../../src/operations/patch-report.ts';
import { recheckReports } from '../../src/operations/recheck-reports.ts';
import { buildRulebook, buildService, type Service } from '../../src/operations/service.ts';
import { openDatabase } from '../../src/sqlite/open.ts';
import { openStore } from '../../src/sqlite/store.ts';
import { tester } from '../support/store.ts';

const now = () => new Date('2024-01-20T08:00:00.000Z');
const lenient = { 'report.narratives': { longest: 100 } };

async function failing({ store }: Service, rule: string): Promise<number> {
  return (await store.reports({ today: '', rule }, 'all', { limit: 500 })).length;
}

function open(t: Test, file: string, thresholds = {}): Service {
  const service = buildService(buildRulebook(editions, '1', thresholds), openStore(file), now);
  t.teardown(() => service.store.close());
  return service;
}

await t.test('reports are judged anew when the rules are others, and not otherwise', async (t) => {
  const file = join(t.testdir(), 'data.db');
  const first = open(t, file);
  await loadDemo(first, 'demo');
  t.equal(await recheckReports(first), 73, 'nothing is known yet of how they were judged');
  t.equal(await recheckReports(first), 0);
  const before = await failing(first, 'report.narratives');
  const second = open(t, file, lenient);
  t.equal(await recheckReports(second), 73);
  t.ok((await failing(second, 'report.narratives')) > before, 'another threshold, other warnings');
  t.equal(await recheckReports(open(t, file)), 73, 'and back');
  t.equal(await failing(first, 'report.narratives'), before);
});

await t.test('judging anew changes no revision, and no tag where the verdict stays', async (t) => {
  const service = open(t, ':memory:');
  await loadDemo(service, 'demo');
  const versions = async () => {
    const reports = await service.store.reports({ today: '' }, 'all', { limit: 500 });
    return Promise.all(reports.map((key) => service.store.reportVersion(key, 'all')));
  };
  const before = await versions();
  await recheckReports(service);
  t.same(await versions(), before);
});

await t.test('texts never compared before are found to be the same from both sides', async (t) => {
  const file = join(t.testdir(), 'data.db');
  const service = open(t, file);
  await loadDemo(service, 'demo');
  const text = { overview: { text: Array.from({ length: 40 }, (_, n) => `第${n}项另有${n * 7}处改进。`).join('') } };
  for (const agencyId of ['shili-housing', 'shili-education']) {
    const write = {
      key: { agencyId, year: 2023 },
      conditions: { ifMatch: '*' },
      edition: '2021',
      act: 'patchReport',
      by: tester,
    };
    await patchReport(service, write, { sections: text });
  }
  const alike = await failing(service, 'report.similarity');
  t.ok(alike >= 2);
  const database = openDatabase(file);
  for (const table of ['signatures', 'signature_stamps', 'likenesses', 'failed_rules', 'settings']) {
    database.exec(`DELETE FROM ${table}`);
  }
  database.close();
  t.equal(await recheckReports(service), 73);
  t.equal(await failing(service, 'report.similarity'), alike);
});

await t.test('a threshold nobody knows stops the start, with those there are', (t) => {
  const refused = (thresholds: Record<string, Record<string, number>>) => () =>
    buildRulebook(editions, '1', thresholds);
  t.throws(refused({ 'requests.backlog': { part: 1 } }), { name: 'ThresholdRefused', message: /share, least/ });
  t.throws(refused({ 'requests.balance': { share: 1 } }), ThresholdRefused);
  t.throws(refused({ 'requests.nothing': {} }), /requests\.backlog/);
  t.doesNotThrow(refused({ 'requests.backlog': { share: 0.3 } }));
  t.end();
});

await t.test('a threshold set is the one in force, in the rule and in its words', async (t) => {
  const { forms } = buildRulebook(editions, '1', { 'requests.backlog': { share: 0.3 } });
  const form = forms.get('2021');
  const instance = form?.instances.find(({ rule }) => rule.id === 'requests.backlog');
  t.match(instance?.rule.thresholds, { share: 0.3, least: 30 });
  t.match(instance?.expression['zh-CN'], /× 30%（总数不少于 30 时）$/);
});
