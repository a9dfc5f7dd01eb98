import { createHash } from 'node:crypto';
import { copyFileSync, readdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t, { type Test } from 'tap';
import type { Database } from 'better-sqlite3';
import { migrate, MigrationRefused } from '../../src/sqlite/migrations.ts';
import { childrenStore } from '../../src/sqlite/children.ts';
import { answerStatements } from '../../src/sqlite/report-answers.ts';
import { openDatabase } from '../../src/sqlite/open.ts';
import { openStore } from '../../src/sqlite/store.ts';
import { contentFrom } from '../../src/domain/report.ts';
import { areJudgedBy, recheckReports } from '../../src/operations/recheck-reports.ts';
import { buildService } from '../../src/operations/service.ts';
import { figuresWith, tablesOf } from '../support/figures.ts';
import { formOf, rulebook } from '../support/forms.ts';

const first = 'CREATE TABLE one (a INTEGER NOT NULL) STRICT;\nINSERT INTO one (a) VALUES (1);\n';
const second = 'CREATE TABLE two (b INTEGER NOT NULL) STRICT;\n';

function tablesIn(database: Database): string[] {
  return database
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    .pluck()
    .all();
}

await t.test('migrations are applied in order, once', async (t) => {
  const folder = t.testdir({ '0002-two.sql': second, '0001-one.sql': first, 'README.md': 'not SQL' });
  const file = join(t.testdirName, 'data.sqlite');
  const database = openDatabase(file);
  t.same(migrate(database, folder), ['0001-one.sql', '0002-two.sql']);
  t.same(migrate(database, folder), []);
  database.close();
  const again = openDatabase(file);
  t.teardown(() => again.close());
  t.same(migrate(again, folder), [], 'nor at the next start');
  t.same(again.prepare('SELECT a FROM one').pluck().all(), [1]);
});

await t.test('a new migration is applied to a database that has the others', async (t) => {
  const folder = t.testdir({ '0001-one.sql': first });
  const database = openDatabase(':memory:');
  t.teardown(() => database.close());
  migrate(database, folder);
  writeFileSync(join(folder, '0002-two.sql'), second);
  t.same(migrate(database, folder), ['0002-two.sql']);
});

await t.test('a migration edited after it was applied is refused by name, and nothing is done', async (t) => {
  const folder = t.testdir({ '0001-one.sql': first });
  const database = openDatabase(':memory:');
  t.teardown(() => database.close());
  migrate(database, folder);
  writeFileSync(join(folder, '0001-one.sql'), `${first}-- a word more\n`);
  writeFileSync(join(folder, '0002-two.sql'), second);
  const error = refusalOf(() => migrate(database, folder));
  t.match(error.message, /^Migration 0001-one\.sql was edited after it was applied.*Restore the file/);
  t.notOk(tablesIn(database).includes('two'));
});

await t.test('a database newer than the program is refused by name', async (t) => {
  const folder = t.testdir({ '0001-one.sql': first, '0002-two.sql': second });
  const database = openDatabase(':memory:');
  t.teardown(() => database.close());
  migrate(database, folder);
  unlinkSync(join(folder, '0002-two.sql'));
  const error = refusalOf(() => migrate(database, folder));
  t.match(error.message, /^The database is newer than this program: it has migration 0002-two\.sql/);
});

await t.test('a migration that fails leaves nothing of itself and everything before it', async (t) => {
  const folder = t.testdir({
    '0001-one.sql': first,
    '0002-two.sql': `${second}INSERT INTO one (a) VALUES (2);\nINSERT INTO nowhere VALUES (1);\n`,
    '0003-three.sql': 'CREATE TABLE three (c INTEGER NOT NULL) STRICT;\n',
  });
  const database = openDatabase(':memory:');
  t.teardown(() => database.close());
  t.throws(() => migrate(database, folder), /nowhere/);
  t.same(tablesIn(database), ['migrations', 'one']);
  t.same(database.prepare('SELECT a FROM one').pluck().all(), [1]);
  writeFileSync(join(folder, '0002-two.sql'), second);
  t.same(migrate(database, folder), ['0002-two.sql', '0003-three.sql'], 'mended, it is applied');
});

await t.test('the store refuses a database that a newer program wrote', async (t) => {
  const file = join(t.testdir(), 'data.sqlite');
  await openStore(file).close();
  const database = openDatabase(file);
  database.prepare("INSERT INTO migrations (number, file, checksum) VALUES (9999, '9999-later.sql', '')").run();
  database.close();
  t.match(refusalOf(() => openStore(file)).message, '9999-later.sql');
});

const folder = fileURLToPath(new URL('../../migrations/', import.meta.url));

/** A database as the first version of the program left it: a report published and then corrected, one as printed. */
function firstVersion(t: Test): string {
  const file = join(t.testdir({ migrations: {} }), 'data.sqlite');
  copyFileSync(join(folder, '0001-agencies-years-reports.sql'), join(t.testdirName, 'migrations', '0001-first.sql'));
  const database = openDatabase(file);
  migrate(database, join(t.testdirName, 'migrations'));
  const checksums = readFileSync(join(folder, '0001-agencies-years-reports.sql'));
  database
    .prepare('UPDATE migrations SET file = ?, checksum = ?')
    .run('0001-agencies-years-reports.sql', createHash('sha256').update(checksums).digest('hex'));
  database.exec(`
    INSERT INTO agencies (id, name, level, kind, parent_id, consolidates, vertical, due_level)
    VALUES
      ('a', '甲局', 'county', 'department', 'p', 0, 0, 'department'),
      ('p', '甲县人民政府', 'county', 'government', NULL, 1, 0, 'county');
    INSERT INTO years (year, edition, status) VALUES (2021, '2021', 'open'), (2022, '2021', 'open');
    INSERT INTO reports (
      agency_id, year, edition, status, revision, published_revision, version, verdict, errors, warnings, updated_at,
      published_at, figures, blank_texts, answer, published_answer
    )
    VALUES
      ('a', 2021, '2021', 'draft', 2, 1, 3, 'incomplete', 6, 0, '2022-02-01T00:00:00.000Z', '2022-01-01T00:00:00.000Z',
        zeroblob(1600), '["overview"]', CAST('{"verdict":"incomplete"}' AS BLOB), CAST('{"verdict":"incomplete"}' AS BLOB)),
      ('a', 2022, '2021', 'draft', 1, NULL, 1, 'incomplete', 6, 0, '2023-01-01T00:00:00.000Z', NULL,
        zeroblob(1600), '[]', CAST('{"verdict":"incomplete"}' AS BLOB), NULL);
    INSERT INTO revisions (report_id, revision, verdict, errors, warnings, created_at, content, figures)
    SELECT id, 1, 'incomplete', 6, 0, '2022-01-01T00:00:00.000Z', '${content(false)}', zeroblob(1600)
    FROM reports;
    INSERT INTO revisions (report_id, revision, verdict, errors, warnings, created_at, content, figures)
    SELECT id, 2, 'incomplete', 6, 0, '2022-01-01T00:00:00.000Z', '${content(false)}', zeroblob(1600)
    FROM reports WHERE year = 2021;
    INSERT INTO failed_rules (rule, report_id, revision) VALUES ('report.complete', 1, 1);
  `);
  database.prepare('DELETE FROM revisions WHERE report_id = 2').run();
  database
    .prepare(
      `INSERT INTO revisions (report_id, revision, verdict, errors, warnings, created_at, content, figures)
      VALUES (2, 1, 'incomplete', 6, 0, '2023-01-01T00:00:00.000Z', ?, zeroblob(1600))`,
    )
    .run(content(true));
  database.close();
  return file;
}

function content(asPrinted: boolean): string {
  const form = formOf('2021');
  const sections = tablesOf(form, figuresWith(form, {}));
  return JSON.stringify(contentFrom(form, { asPrinted, zeroReport: true, sections }).content);
}

await t.test('what the first version stored is judged by the rules of this one', async (t) => {
  const file = firstVersion(t);
  const store = openStore(file);
  t.teardown(() => store.close());
  const service = buildService(rulebook, store, () => new Date(0));
  const version = async (year: number, scope: 'all' | 'published') =>
    store.reportVersion({ agencyId: 'a', year }, scope);
  t.match(await version(2021, 'all'), { revision: 2, version: 3 });
  t.match(await version(2021, 'published'), { revision: 1, version: 'p3' });
  t.equal(await recheckReports(service), 2);
  const failing = await store.reports({ today: '', rule: 'report.narratives' }, 'all', { limit: 9 });
  t.same(
    failing.map(({ year, verdict, errors }) => ({ year, verdict, errors })),
    [2022, 2021].map((year) => ({ year, verdict: 'incomplete', errors: 3 })),
    'its narratives have been read',
  );
  const published = await store.reports({ today: '', rule: 'report.narratives' }, 'published', { limit: 9 });
  t.equal(published.length, 1, 'those of the published revision too');
  const counted = await store.inspectReport({ agencyId: 'a', year: 2023 }, ({ neighbours }) => {
    return neighbours.handedInBefore({ agencyId: 'a', year: 2023 }).map(({ year }) => year);
  });
  t.same(counted, [2022, 2021], 'as printed and published count for others');
  for (const year of [2021, 2022]) {
    const children = await store.inspectReport({ agencyId: 'p', year }, ({ neighbours }) => {
      return neighbours.childrenAlone({ agencyId: 'p', year });
    });
    t.match(children, [{ id: 'a', revision: 1 }], 'and it is known which revision does');
  }
});

/** A database as it was before the migration `next`, with rows. */
function before(t: Test, next: string, rows: string): string {
  const names = readdirSync(folder).filter((name) => name < next);
  const migrations = Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
  const file = join(t.testdir({ migrations }), 'data.sqlite');
  const database = openDatabase(file);
  migrate(database, join(t.testdirName, 'migrations'));
  database.exec(rows);
  database.close();
  return file;
}

/** One key, opened by one hash, as before keys of every role. */
const oneKey = `
  INSERT INTO keys (id, hash, role, created_at)
  VALUES ('admin', 'its hash', 'admin', '2024-01-01T00:00:00.000Z')
`;

await t.test('the admin key of before opens what it opened, and the record begins with it', async (t) => {
  const store = openStore(before(t, '0004', oneKey));
  t.teardown(() => store.close());
  const createdAt = '2024-01-01T00:00:00.000Z';
  t.same(await store.findCredential('its hash'), { principal: { keyId: 'admin', role: 'admin' } });
  t.same(await store.keys({}, { limit: 9 }), [
    { key: { id: 'admin', role: 'admin', createdAt, secrets: [{ hash: 'its hash', createdAt }] } },
  ]);
  const { events } = await store.events({ keys: true }, { limit: 9 });
  t.match(events, [{ act: 'beginRecord', resource: { kind: 'key', part: 'admin' } }]);
  t.notMatch(events[0]?.state, /its hash/);
});

/** A published report with one error waived and one explained, and a draft with a waiver. */
const waivedReports = `
  INSERT INTO agencies (id, name, level, kind, consolidates, vertical, due_level)
  VALUES ('a', '甲局', 'county', 'department', 0, 0, 'department');
  INSERT INTO years (year, edition, status) VALUES (2021, '2021', 'open'), (2022, '2021', 'open');
  INSERT INTO reports (
    id, agency_id, year, edition, status, revision, published_revision, version, verdict, errors, warnings,
    updated_at, figures, answer
  )
  VALUES
    (1, 'a', 2021, '2021', 'published', 1, 1, 1, 'consistent', 0, 0, '2022-01-01T00:00:00.000Z', x'', x''),
    (2, 'a', 2022, '2021', 'draft', 1, NULL, 1, 'consistent', 0, 0, '2023-01-01T00:00:00.000Z', x'', x'');
  INSERT INTO waivers (report_id, rule, at, term_values, explanation, explained_by, explained_at, reason, waived_by, waived_at)
  VALUES
    (1, 'requests.carriedIn', 'total', '[0,4]', '有误', 'c', '2022-01-01T00:00:00.000Z', '已核实', 'o', '2022-01-02T00:00:00.000Z'),
    (1, 'consolidated.sum', 'x', '[1]', '有误', 'c', '2022-01-01T00:00:00.000Z', NULL, NULL, NULL),
    (2, 'requests.carriedIn', 'total', '[0,4]', NULL, NULL, NULL, '已核实', 'o', '2023-01-02T00:00:00.000Z');
`;

await t.test('what was waived of a published report when waivers had no revision is kept with it', async (t) => {
  const database = openDatabase(before(t, '0009', waivedReports));
  t.teardown(() => database.close());
  migrate(database, folder);
  const kept = database.prepare<[], string>('SELECT published_waivers FROM reports ORDER BY id').pluck().all();
  const waived = { by: 'o', at: '2022-01-02T00:00:00.000Z', reason: '已核实' };
  t.same(
    kept.map((waivers) => JSON.parse(waivers) as unknown),
    [[{ rule: 'requests.carriedIn', at: 'total', values: [0, 4], waived }], []],
  );
});

await t.test('migrations are numbered from 1 without a gap or a number twice', async (t) => {
  const files = readdirSync(new URL('../../migrations/', import.meta.url)).sort();
  t.same(
    files.map((file) => Number(file.slice(0, 4))),
    files.map((_, place) => place + 1),
  );
});

function refusalOf(act: () => unknown): MigrationRefused {
  try {
    act();
  } catch (error) {
    if (error instanceof MigrationRefused) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

/** A report of before whose texts were compared by what is made otherwise now. */
const comparedBefore = (band: string) => `
    INSERT INTO settings (name, value) VALUES ('rulesVersion', '${rulebook.rulesVersion}'), ('other', 'stays');
    INSERT INTO agencies (id, name, level, kind, consolidates, vertical, due_level)
    VALUES ('a', '甲局', 'county', 'department', 0, 0, 'department');
    INSERT INTO years (year, edition, status) VALUES (2021, '2021', 'open');
    INSERT INTO reports (
      agency_id, year, edition, status, revision, version, verdict, errors, warnings, updated_at, figures, answer, facts
    )
    VALUES ('a', 2021, '2021', 'draft', 1, 1, 'incomplete', 6, 0, '2022-01-01T00:00:00.000Z', x'', x'', '{}');
    INSERT INTO signatures (report_id, section, signature) VALUES (1, 'overview', zeroblob(256));
    INSERT INTO signature_bands ${band};
`;

await t.test('what texts are compared by is made again when the program starts', async (t) => {
  for (const [next, band] of [
    ['0012', "(year, section, band, report_id) VALUES (2021, 'overview', 7, 1)"],
    ['0013', '(band, report_id) VALUES (7, 1)'],
  ] as const) {
    const file = before(t, next, comparedBefore(band));
    const store = openStore(file);
    t.equal(await areJudgedBy(rulebook, store), false);
    t.equal(await store.setting('other'), 'stays');
    await store.close();
    const database = openDatabase(file);
    t.same(database.prepare('SELECT * FROM signatures').all(), [], `before ${next}`);
    database.close();
  }
});

await t.test('figures that were handed in before have each a stamp of their own', async (t) => {
  const report = (agency: string) =>
    `('${agency}', 2021, '2021', 'submitted', 1, 1, 'consistent', 0, 0, '', x'', x'', '')`;
  const file = before(
    t,
    '0014',
    `
    INSERT INTO agencies (id, name, level, kind, parent_id, consolidates, vertical, due_level)
    VALUES ('a', '甲局', 'county', 'department', NULL, 0, 0, ''), ('b', '乙局', 'county', 'department', 'a', 0, 0, '');
    INSERT INTO years (year, edition, status) VALUES (2021, '2021', 'open');
    INSERT INTO reports (
      agency_id, year, edition, status, revision, version, verdict, errors, warnings, updated_at, figures, answer, facts
    )
    VALUES ${report('a')}, ${report('b')};
    INSERT INTO handed_in (report_id, agency_id, year, edition, revision, figures)
    SELECT id, agency_id, year, edition, revision, x'000000000000F03F' FROM reports;
  `,
  );
  const database = openDatabase(file);
  t.teardown(() => database.close());
  migrate(database, folder);
  const stamps = database.prepare<[], number>('SELECT stamp FROM handed_in').pluck().all();
  t.ok(stamps.every((stamp) => Number.isSafeInteger(stamp) && stamp !== 0));
  t.equal(new Set(stamps).size, 2);
  t.match(childrenStore(database).children({ agencyId: 'a', year: 2021 }), [{ id: 'b', figures: Float64Array.of(1) }]);
});

await t.test('a reader is answered as before, though the answer is no longer kept', async (t) => {
  const answer =
    '{"agencyId":"a","year":2021,"edition":"2021","status":"returned","reason":"填错","revision":2,"verdict":"consistent",' +
    '"submittedAt":"2022-01-01T00:00:00.000Z","updatedAt":"2022-01-02T00:00:00.000Z","notes":{},"sections":{"other":"无"}}';
  const file = before(
    t,
    '0015',
    `
    INSERT INTO agencies (id, name, level, kind, consolidates, vertical, due_level)
    VALUES ('a', '甲局', 'county', 'department', 0, 0, '');
    INSERT INTO years (year, edition, status) VALUES (2021, '2021', 'open');
    INSERT INTO reports (
      agency_id, year, edition, status, reason, revision, version, verdict, errors, warnings, submitted_at, updated_at,
      figures, facts, answer
    )
    VALUES (
      'a', 2021, '2021', 'returned', '填错', 2, 5, 'consistent', 0, 0, '2022-01-01T00:00:00.000Z',
      '2022-01-02T00:00:00.000Z', x'', '{}', CAST('${answer}' AS BLOB)
    );
    INSERT INTO revisions (report_id, revision, created_at, content, figures)
    VALUES (1, 1, '', '{"notes":{}}', x''), (1, 2, '', '{"notes":{},"sections":{"other":"无"}}', x'');
  `,
  );
  const database = openDatabase(file);
  t.teardown(() => database.close());
  migrate(database, folder);
  const read = answerStatements(database)({ agencyId: 'a', year: 2021 }, 'all');
  t.match(read, { id: 1, revision: 2, version: 5 });
  t.equal(Buffer.from(read?.answer ?? []).toString(), answer);
});
