import Database from 'better-sqlite3';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { keyFrom } from '../../src/domain/key.ts';
import { seal, fromEventRow, type EventRow } from '../../src/sqlite/events.ts';
import { openStore } from '../../src/sqlite/store.ts';
import { verifyRecordIn } from '../../src/sqlite/verify-events.ts';
import {
  filled,
  publishReport,
  removeReport,
  saveAgencies,
  saveReport,
  saveYears,
  testDeed,
} from '../support/store.ts';

const key = { agencyId: 'a', year: 2021 };

/** A database with ten entries, closed; the triggers that keep the record are gone, as from one who means it. */
async function withRecord(t: Test) {
  const file = join(t.testdir(), 'record.db');
  const store = openStore(file);
  await saveYears(store, 2021, 2022);
  await saveAgencies(store, { a: {}, b: { parentId: 'a' }, c: {} });
  await saveReport(store, key, filled('2021'), '2022-01-01T00:00:00.000Z');
  await saveReport(store, key, filled('2021', { 'requests.received.total': 1 }), '2022-01-02T00:00:00.000Z');
  await publishReport(store, key, '2022-01-03T00:00:00.000Z');
  await saveReport(store, { agencyId: 'b', year: 2021 }, filled('2021'), '2022-01-04T00:00:00.000Z');
  await removeReport(store, { agencyId: 'b', year: 2021 });
  await store.close();
  const tamper = (sql: string) => {
    const database = new Database(file);
    database.exec('DROP TRIGGER IF EXISTS events_are_immutable; DROP TRIGGER IF EXISTS events_are_kept');
    database.exec(sql);
    database.close();
  };
  const places = () => verifyRecordIn(file).faults.map(({ sequence, kind }) => `${kind} ${sequence}`);
  return { file, tamper, places };
}

await t.test('a record nobody has touched is as it was written, also while it is written on', async (t) => {
  const { file } = await withRecord(t);
  const store = openStore(file);
  t.teardown(() => store.close());
  const { events, last, faults, faultCount } = verifyRecordIn(file);
  t.same({ events, faults, faultCount }, { events: 10, faults: [], faultCount: 0 });
  t.equal(last?.sequence, 10);
  await saveYears(store, 2023);
  t.equal(verifyRecordIn(file).events, 11);
  t.same(verifyRecordIn(file, last).faults, [], 'what was noted is still there');
  const other = { sequence: 10, hash: '0'.repeat(64) };
  t.same(verifyRecordIn(file, other).faults, [{ sequence: 10, kind: 'unexpected' }]);
  t.same(verifyRecordIn(file, { sequence: 99, hash: '0'.repeat(64) }).faults, [{ sequence: 99, kind: 'unexpected' }]);
});

const columns: readonly string[] = [
  "at = '2000-01-01T00:00:00.000Z'",
  "act = 'other'",
  "kind = 'year'",
  "agency_id = 'c'",
  'year = 2022',
  "part = 'x'",
  "moved_from = 'c'",
  "key_id = 'other'",
  "role = 'reader'",
  "address = '10.0.0.1'",
  "request_id = 'other'",
  'revision_before = 7',
  'revision_after = 7',
  "reason = 'other'",
  "state = '{}'",
  'state = NULL',
  "content_hash = 'other'",
  'content_hash = NULL',
  "hash = 'other'",
];

for (const change of columns) {
  await t.test(`an entry changed is found: ${change}`, async (t) => {
    const { tamper, places } = await withRecord(t);
    tamper(`UPDATE events SET ${change} WHERE sequence = 6`);
    t.ok(places().some((place) => place === 'changed 6' || place === 'changed 7'));
  });
}

await t.test('two entries that changed places', async (t) => {
  const { tamper, places } = await withRecord(t);
  tamper(`
    UPDATE events SET sequence = -1 WHERE sequence = 3;
    UPDATE events SET sequence = 3 WHERE sequence = 4;
    UPDATE events SET sequence = 4 WHERE sequence = -1;
  `);
  t.same(places().slice(0, 3), ['changed 3', 'changed 4', 'changed 5']);
});

await t.test('one taken from the middle, several, and the whole end', async (t) => {
  const { tamper, places } = await withRecord(t);
  tamper('DELETE FROM events WHERE sequence = 2');
  t.match(places(), ['missing 2']);
  const several = await withRecord(t);
  several.tamper('DELETE FROM events WHERE sequence BETWEEN 3 AND 5');
  t.match(verifyRecordIn(several.file).faults[0], { kind: 'missing', sequence: 3, until: 5 });
  const end = await withRecord(t);
  const { last } = verifyRecordIn(end.file);
  end.tamper('DELETE FROM events WHERE sequence > 7');
  t.match(verifyRecordIn(end.file).faults[0], { kind: 'missing', sequence: 8, until: 10 });
  end.tamper('DELETE FROM sqlite_sequence');
  t.same(end.places(), ['unrecorded 7'], 'of the report that was published after it');
  t.ok(
    verifyRecordIn(end.file, last).faults.some(({ kind }) => kind === 'unexpected'),
    'what was noted is gone',
  );
});

await t.test('taken from the end with what it told of, only what was noted elsewhere tells', async (t) => {
  const { file, tamper, places } = await withRecord(t);
  const { last } = verifyRecordIn(file);
  tamper('DELETE FROM events WHERE sequence > 8; DELETE FROM sqlite_sequence');
  t.same(places(), []);
  t.same(verifyRecordIn(file, last).faults, [{ sequence: 10, kind: 'unexpected' }]);
});

await t.test('an entry with a proper hash in a place that is none', async (t) => {
  for (const sequence of [-1, 0, 12]) {
    const { file, tamper, places } = await withRecord(t);
    const database = new Database(file);
    const row = database.prepare<[], EventRow>('SELECT * FROM events WHERE sequence = 1').get() as EventRow;
    const before =
      sequence === 12
        ? (database.prepare('SELECT hash FROM events WHERE sequence = 10').pluck().get() as string)
        : '0'.repeat(64);
    const hash = seal(before, { ...fromEventRow(row), sequence });
    database.close();
    tamper(`INSERT INTO events (sequence, at, act, kind, year, key_id, role, state, hash)
      SELECT ${sequence}, at, act, kind, year, key_id, role, state, '${hash}' FROM events WHERE sequence = 1`);
    t.match(places()[0], sequence === 12 ? 'missing 11' : `changed ${sequence}`);
  }
});

await t.test('what was changed past the record is named', async (t) => {
  const cases: readonly (readonly [string, object])[] = [
    ["UPDATE reports SET status = 'accepted'", { resource: { kind: 'report', ...key }, sequence: 8 }],
    ["UPDATE reports SET verdict = 'incomplete'", { resource: { kind: 'report', ...key }, sequence: 8 }],
    ["UPDATE reports SET updated_at = '2022-01-09T00:00:00.000Z'", { resource: { kind: 'report' } }],
    [
      "UPDATE agencies SET parent_id = NULL WHERE id = 'b'",
      { resource: { kind: 'agency', agencyId: 'b' }, sequence: 4 },
    ],
    ["UPDATE year_dates SET due = '2030-01-01' WHERE year = 2022", { resource: { kind: 'year', year: 2022 } }],
    ["DELETE FROM agencies WHERE id = 'c'", { resource: { kind: 'agency', agencyId: 'c' }, sequence: 5 }],
    ['DELETE FROM reports', { resource: { kind: 'report', ...key }, sequence: 8 }],
    [
      "INSERT INTO years (year, edition, status) VALUES (2024, '2021', 'open')",
      { resource: { year: 2024 }, sequence: 0 },
    ],
  ];
  for (const [sql, fault] of cases) {
    const { file, tamper } = await withRecord(t);
    tamper(`PRAGMA foreign_keys = ON; ${sql}`);
    const { faults } = verifyRecordIn(file);
    t.equal(faults.length, 1, sql);
    t.match(faults[0], { kind: 'unrecorded', ...fault }, sql);
  }
});

await t.test('a key or an extension that was changed, added or removed past the record is named', async (t) => {
  const granted = { reason: '系统故障', grantedBy: 'test', grantedAt: testDeed.at };
  const cases: readonly (readonly [string, object])[] = [
    ["UPDATE keys SET role = 'admin', agency_id = NULL", { kind: 'key', part: 'portal' }],
    ["UPDATE keys SET expires_at = '2099-01-01T00:00:00.000Z'", { kind: 'key', part: 'portal' }],
    ["INSERT INTO key_secrets VALUES ('x', 'portal', '2022-01-01T00:00:00.000Z', NULL)", { kind: 'key' }],
    ["UPDATE key_secrets SET created_at = '2022-01-01T00:00:00.000Z'", { kind: 'key', part: 'portal' }],
    ["INSERT INTO keys (id, role, created_at) VALUES ('other', 'admin', '2022')", { kind: 'key', part: 'other' }],
    ['DELETE FROM key_secrets; DELETE FROM keys', { kind: 'key', part: 'portal' }],
    ["UPDATE extensions SET due = '2099-01-01'", { kind: 'extension', agencyId: 'a', year: 2021 }],
    ['DELETE FROM extensions', { kind: 'extension', agencyId: 'a', year: 2021 }],
  ];
  for (const [sql, resource] of cases) {
    const { file, tamper, places } = await withRecord(t);
    const store = openStore(file);
    const write = keyFrom({
      id: 'portal',
      role: 'reader',
      agencyId: 'a',
      createdAt: testDeed.at,
      secrets: [{ hash: 'h', createdAt: testDeed.at }],
    });
    await store.changeKey('portal', () => ({ write, deed: testDeed, result: undefined }));
    const extension = { year: 2021, agencyId: 'a', due: '2022-02-28', ...granted };
    await store.changeExtension(extension, () => ({ write: extension, deed: testDeed, result: undefined }));
    await store.keepLastUse('portal', testDeed.at);
    await store.close();
    t.same(places(), [], 'when a key was used last is no part of it');
    tamper(sql);
    const { faults } = verifyRecordIn(file);
    t.equal(faults.length, 1, sql);
    t.match(faults[0], { kind: 'unrecorded', resource }, sql);
  }
});

await t.test('a figure changed in an old revision is found', async (t) => {
  const { file, tamper } = await withRecord(t);
  tamper(`
    DROP TRIGGER IF EXISTS revisions_are_immutable;
    UPDATE revisions SET content = replace(content, '"zeroReport":false', '"zeroReport":true') WHERE revision = 1;
  `);
  t.same(verifyRecordIn(file).faults, [
    { sequence: 8, kind: 'unrecorded', resource: { kind: 'report', ...key }, revision: 1 },
  ]);
});

await t.test('of very many faults the first are told, and how many there are', async (t) => {
  const { file, tamper } = await withRecord(t);
  tamper("UPDATE events SET hash = 'x'");
  const rows = Array.from({ length: 200 }, (_, n) => `('${n}-x', '机关', 'county', 'department', 0, 0, 'department')`);
  tamper(`INSERT INTO agencies (id, name, level, kind, consolidates, vertical, due_level) VALUES ${rows.join(', ')}`);
  const { faults, faultCount } = verifyRecordIn(file);
  t.same([faults.length, faultCount], [100, 210]);
});

await t.test('a file without a record is refused with a sentence', async (t) => {
  const file = join(t.testdir(), 'other.db');
  new Database(file).exec('CREATE TABLE x (y)').close();
  t.throws(() => verifyRecordIn(file), { name: 'DatabaseRefused', message: /no such table: events.*older version/ });
  t.throws(() => verifyRecordIn(`${file}-not-there`), { name: 'DatabaseRefused' });
});
