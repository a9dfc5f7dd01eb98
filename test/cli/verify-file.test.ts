import Database from 'better-sqlite3';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { loadDemo } from '../../src/cli/demo.ts';
import { verifyFile } from '../../src/cli/verify-file.ts';
import { recheckReports } from '../../src/operations/recheck-reports.ts';
import { buildRulebook, buildService } from '../../src/operations/service.ts';
import { editions } from '../../src/forms/editions.ts';
import { openStore } from '../../src/sqlite/store.ts';
import { testApp } from '../support/app.ts';
import { rulebook } from '../support/forms.ts';
import { registerWuyang, wuyang, wuyangReport, wuyangWith } from '../support/wuyang.ts';

const folder = t.testdir();
const demo = join(folder, 'demo.db');
const store = openStore(demo);
const service = buildService(rulebook, store, () => new Date('2024-01-15T08:00:00Z'));
await recheckReports(service);
await loadDemo(service, 'demo');
const { length: count } = await store.reports({ today: '' }, 'all', { limit: 500 });
const lastEvent = await store.lastEvent();
await store.close();

let files = 0;

/** A copy of the demo that somebody has had at. */
function tampered(t: Test, sql: string): string {
  const file = join(t.testdir(), `${(files += 1)}.db`);
  copyFileSync(demo, file);
  const database = new Database(file);
  database.pragma('journal_mode = DELETE');
  database.pragma('foreign_keys = OFF');
  database.exec(`DROP TRIGGER revisions_are_immutable; ${sql}`);
  database.close();
  return file;
}

const office = `report_id = (SELECT id FROM reports WHERE agency_id = 'shili-office' AND year = 2021)`;
const reportOfOffice = `agency_id = 'shili-office' AND year = 2021`;

await t.test('a file nobody has had at is as it should be, and stays so to the byte', async (t) => {
  const file = tampered(t, '');
  const before = readFileSync(file);
  const { holds, ...found } = await verifyFile(rulebook, file);
  t.same(found, { faults: [], remarks: [] });
  t.match(holds, { reports: count, lastEvent: { sequence: lastEvent, hash: /^[0-9a-f]{64}$/ } });
  t.ok(before.equals(readFileSync(file)));
});

const cases: Readonly<Record<string, readonly [sql: string, faults: readonly RegExp[], report?: string]>> = {
  'a published answer edited': [
    `UPDATE reports SET published_answer = CAST(replace(published_answer, '示例', '例示') AS BLOB) WHERE ${reportOfOffice}`,
    [/^the published answer is not what the published revision gives$/],
  ],
  'an answer that is no JSON': [
    `UPDATE reports SET published_answer = x'7b' WHERE ${reportOfOffice}`,
    [/^cannot be read: .*JSON/],
  ],
  'a current revision taken away': [
    `DELETE FROM revisions WHERE ${office}; DELETE FROM assessments WHERE ${office};
    DELETE FROM failed_rules WHERE ${office}`,
    [/^revision 1 is missing$/],
  ],
  'a revision too many': [
    `INSERT INTO revisions SELECT report_id, 2, actor, created_at, content, figures FROM revisions WHERE ${office}`,
    [/^there are revisions after 1, the current one$/],
  ],
  'the content of a revision edited': [
    `UPDATE revisions SET content = replace(content, '"received":{"natural":', '"received":{"natural":1') WHERE ${office}`,
    [/^the figures of revision 1 are not those of its content$/, /^the published answer is not/],
  ],
  'the figures of a revision edited': [
    `UPDATE revisions SET figures = zeroblob(length(figures)) WHERE ${office}`,
    [
      /^the figures of revision 1 are not those of its content$/,
      /^the figures are not those of the current revision$/,
      /^the figures others go by are not those of the revision that counts$/,
    ],
  ],
  'figures others go by edited': [
    `UPDATE handed_in SET figures = zeroblob(length(figures)) WHERE ${office}`,
    [/^the figures others go by are not/],
  ],
  'figures others go by taken away': [`DELETE FROM handed_in WHERE ${office}`, [/^the figures others go by are not/]],
  'another revision counts': [
    `UPDATE reports SET counted_revision = NULL WHERE ${reportOfOffice}`,
    [/^another revision counts than its status says$/, /^the figures others go by are not/],
  ],
  'a published answer taken away': [
    `UPDATE reports SET published_answer = NULL WHERE ${reportOfOffice}`,
    [/^something of the published revision 1 is missing$/],
  ],
  'a draft with something published': [
    `UPDATE reports SET published_answer = x'7b7d' WHERE agency_id = 'shili-office' AND year = 2023`,
    [/^there is a published answer, but no published revision$/],
    'shili-office 2023',
  ],
  'a verdict made better': [
    `UPDATE reports SET errors = 0 WHERE agency_id = 'shili-education' AND year = 2021;
    UPDATE assessments SET errors = 0
    WHERE report_id = (SELECT id FROM reports WHERE agency_id = 'shili-education' AND year = 2021)`,
    [/^the verdict is not what the rules give$/],
    'shili-education 2021',
  ],
  'a failed rule forgotten': [
    `DELETE FROM failed_rules WHERE rule = 'requests.balance' AND agency_id = 'shili-education' AND year = 2021`,
    [/^the verdict is not what the rules give$/],
    'shili-education 2021',
  ],
  'a public verdict made better': [
    `UPDATE reports SET published_verdict = 'incomplete' WHERE ${reportOfOffice}`,
    [/^the published verdict is not that of the published revision$/],
  ],
  'what was read of the texts edited': [
    `UPDATE reports SET facts = json_set(facts, '$.readings', json('{}')) WHERE ${reportOfOffice}`,
    [/^what was read of the texts is not what they say$/],
  ],
  'facts edited': [
    `UPDATE reports SET facts = json_set(facts, '$.asPrinted', json('true')) WHERE ${reportOfOffice}`,
    [/^the facts are not those of its content$/, /^what was read of the texts/],
  ],
};

for (const [what, [sql, expected, report = 'shili-office 2021']] of Object.entries(cases)) {
  await t.test(`named with its report: ${what}`, async (t) => {
    const { faults } = await verifyFile(rulebook, tampered(t, sql));
    // What others go by has a part in their verdicts as well.
    const own = faults.filter((fault) => fault.startsWith(`${report}: `));
    t.equal(own.length, expected.length, faults.join('\n'));
    t.match(
      own.map((fault) => fault.slice(report.length + 2)),
      expected,
    );
  });
}

const onReport = `SELECT max(sequence) FROM events WHERE ${reportOfOffice}`;

const records: Readonly<Record<string, readonly [sql: string, fault: RegExp]>> = {
  'an event edited': ["UPDATE events SET key_id = 'another' WHERE sequence = 3", /^Entry 3 is not what was written\.$/],
  'an event taken away': ['DELETE FROM events WHERE sequence = 3', /^Entry 3 is missing\.$/],
  'the last event taken away': [
    'DELETE FROM events WHERE sequence = (SELECT max(sequence) FROM events)',
    new RegExp(`^Entry ${lastEvent} is missing\\.$`),
  ],
  'a report changed past the record': [
    `UPDATE reports SET updated_at = '2024-01-20T00:00:00.000Z' WHERE ${reportOfOffice}`,
    /^report shili-office 2021 was changed past the record, the last entry of which is \d+\.$/,
  ],
  'an event that is no JSON': [
    `UPDATE events SET state = '{' WHERE sequence = (${onReport})`,
    /^Entry \d+ is not what was written\.$/,
  ],
};

for (const [what, [sql, expected]] of Object.entries(records)) {
  await t.test(`named by its number: ${what}`, async (t) => {
    const { faults } = await verifyFile(
      rulebook,
      tampered(t, `DROP TRIGGER events_are_immutable; DROP TRIGGER events_are_kept; ${sql}`),
    );
    t.match(faults[0], expected);
  });
}

await t.test('rows that refer to nothing are named', async (t) => {
  const file = tampered(t, `DELETE FROM years WHERE year = 2019`);
  const { faults } = await verifyFile(rulebook, file);
  t.match(faults.slice(0, 2), [
    'reports: what 15 rows refer to in years is missing',
    /^year_dates: what \d+ rows refer to in years is missing$/,
  ]);
});

await t.test('a page overwritten is damage, and nothing else is looked at', async (t) => {
  const file = tampered(t, '');
  const bytes = readFileSync(file);
  bytes.fill(0xff, 40 * 4096, 41 * 4096);
  writeFileSync(file, bytes);
  const { faults, remarks } = await verifyFile(rulebook, file);
  t.ok(faults.length > 0);
  t.match(remarks, ['The file is damaged; what is in it was not looked at.']);
});

await t.test('what is no database of ours is refused in a sentence', async (t) => {
  const dir = t.testdir({ 'text.db': 'not a database at all, but long enough to be looked at', 'empty.db': '' });
  await t.rejects(verifyFile(rulebook, join(dir, 'text.db')), {
    name: 'DatabaseRefused',
    message: /text\.db cannot be read/,
  });
  await t.rejects(verifyFile(rulebook, join(dir, 'empty.db')), {
    name: 'DatabaseRefused',
    message: /no database of nianbao/,
  });
  await t.rejects(verifyFile(rulebook, join(dir, 'none.db')), {
    name: 'DatabaseRefused',
    message: /^There is no file/,
  });
  const newer = tampered(t, `INSERT INTO migrations (number, file, checksum) VALUES (9999, '9999-later.sql', 'x')`);
  await t.rejects(verifyFile(rulebook, newer), { name: 'MigrationRefused', message: /9999-later\.sql/ });
});

await t.test('what an older version wrote is as it should be, and told what it lacks', async (t) => {
  const file = tampered(t, 'DROP TABLE events; DELETE FROM migrations WHERE number >= 5');
  const { faults, remarks } = await verifyFile(rulebook, file);
  t.same(faults, []);
  t.match(remarks, [/0005-events\.sql/]);
});

await t.test('verdicts by other rules are not compared, all else is', async (t) => {
  const others = buildRulebook(editions, 'test', { 'requests.backlog': { share: 0.0001 } });
  const file = tampered(
    t,
    `UPDATE reports SET errors = 7, figures = zeroblob(length(figures)) WHERE ${reportOfOffice}`,
  );
  const { faults, remarks } = await verifyFile(others, file);
  t.match(remarks, [/by other rules/]);
  t.same(
    faults.map((fault) => fault.replace('shili-office 2021: ', '')),
    ['the figures are not those of the current revision', 'the verdict is not that of the current revision'],
  );
});

await t.test('whatever is done with a report leaves it as it should be', async (t) => {
  const file = join(t.testdir(), 'steps.db');
  const { service, call, tick } = await testApp(t, { file });
  await recheckReports(service);
  await registerWuyang(call);
  const written = async (body: object) => call('PUT', wuyangReport, body, { 'if-match': '*' });
  const step = (name: string) => async () =>
    call('POST', `${wuyangReport}/${name}`, ['return', 'reopen'].includes(name) ? { reason: '有误' } : {});
  const corrected = { ...wuyangWith({ other: { text: '更正：无。' } }), preparedBy: '甲' };
  const done: readonly (() => ReturnType<typeof call>)[] = [
    async () => written({ ...wuyang, preparedBy: '甲', asPrinted: true }),
    async () => written({ ...wuyang, preparedBy: '甲' }),
    ...['submit', 'return', 'submit', 'accept', 'publish', 'reopen'].map(step),
    async () => written(corrected),
    ...['submit', 'return', 'submit'].map(step),
  ];
  for (const act of done) {
    tick();
    const { statusCode, body } = await act();
    t.ok(statusCode < 300, body);
    t.same((await verifyFile(rulebook, file)).faults, []);
  }

  const database = new Database(file);
  database.exec(`
    UPDATE assessments SET verdict = 'inconsistent'
    WHERE revision = (SELECT published_revision FROM reports);
    UPDATE reports SET published_verdict = 'inconsistent',
      published_answer = CAST(json_set(CAST(published_answer AS TEXT), '$.verdict', 'inconsistent') AS BLOB);
  `);
  database.close();
  t.same((await verifyFile(rulebook, file)).faults, [
    'wuyang-office 2021: the published verdict is not what the rules give',
  ]);
});
