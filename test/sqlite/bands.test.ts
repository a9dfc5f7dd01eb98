import type { Database } from 'better-sqlite3';
import fc from 'fast-check';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { bandsOfTexts, type Signature } from '../../src/domain/likeness.ts';
import { signatureBytes, signatureFromBytes } from '../../src/domain/similarity.ts';
import { bandStore, type RememberedBands } from '../../src/sqlite/bands.ts';
import { openDatabase } from '../../src/sqlite/open.ts';
import { openStore } from '../../src/sqlite/store.ts';
import { saveAgencies, saveYears } from '../support/store.ts';
import { holds } from '../support/property.ts';

const year = 2021;
const agencies = ['a', 'b', 'c', 'd'];

/** A text by its bands alone: those of one number share all of them, those of two the first half at least. */
function signatureOf(text: number): Signature {
  const signature = Uint32Array.from({ length: 64 }, (_, place) => (place < 20 ? Math.floor(text / 2) : text) + 1);
  return { section: 'overview', signature };
}

/** A database with a report of each agency, none signed. */
async function reportsIn(t: Test, name = 'data.db'): Promise<string> {
  const file = join(t.testdirName, name);
  const store = openStore(file);
  await saveAgencies(store, Object.fromEntries(agencies.map((id) => [id, {}])));
  await saveYears(store, year, year + 1);
  await store.close();
  const database = openDatabase(file);
  const insert = database.prepare(`
    INSERT INTO reports (agency_id, year, edition, status, revision, version, verdict, errors, warnings, updated_at, figures)
    VALUES (?, ?, '2021', 'draft', 1, 1, 'incomplete', 0, 0, '', x'')
  `);
  for (const id of agencies) insert.run(id, year);
  database.close();
  return file;
}

/** A connection, its bands, and what signs a report anew as a write does: `undefined` for a text too short to compare. */
function connect(t: Test, file: string, remembered: RememberedBands) {
  const database = openDatabase(file, 0);
  t.teardown(() => database.close());
  const bands = bandStore(database, remembered);
  const sign = (id: number, text: number | undefined): void => {
    const added = text === undefined ? [] : [signatureOf(text)];
    bands.change(year, id, signed(database, id), added);
    database.prepare('DELETE FROM signatures WHERE report_id = ?').run(id);
    const insert = database.prepare('INSERT INTO signatures (report_id, section, signature) VALUES (?, ?, ?)');
    for (const { section, signature } of added) insert.run(id, section, signatureBytes(signature));
  };
  return { database, bands, sign };
}

interface Row {
  readonly id: number;
  readonly section: string;
  readonly signature: Buffer;
}

function signed(database: Database, id: number): Signature[] {
  const rows = database.prepare<[number], Row>('SELECT section, signature FROM signatures WHERE report_id = ?').all(id);
  return rows.map(({ section, signature }) => ({ section, signature: signatureFromBytes(signature) }));
}

/** The same by looking at every signature there is. */
function sharingByLooking(database: Database, text: number, own: number): number[] {
  const wanted = new Set(bandsOfTexts([signatureOf(text)]));
  const ids = database.prepare<[], number>('SELECT id FROM reports ORDER BY id').pluck().all();
  return ids.filter((id) => id !== own && bandsOfTexts(signed(database, id)).some((band) => wanted.has(band)));
}

interface Act {
  /** By the usual connection, by one beside it, or by another program. */
  readonly by: 0 | 1 | 2;
  readonly writes: readonly (readonly [id: number, text: number | undefined])[];
  readonly undone: boolean;
}

const text = fc.integer({ min: 0, max: 5 });
const id = fc.integer({ min: 1, max: agencies.length });
const act: fc.Arbitrary<Act> = fc.record({
  by: fc.constantFrom(0, 1, 2),
  writes: fc.array(fc.tuple(id, fc.option(text, { nil: undefined })), { maxLength: 3 }),
  undone: fc.boolean(),
});

await t.test('what is remembered is what is stored, whoever wrote it and whatever was undone', async (t) => {
  t.testdir();
  let files = 0;
  const file = await reportsIn(t);
  const shared: RememberedBands = new Map();
  const connections = [connect(t, file, shared), connect(t, file, shared), connect(t, file, new Map())];
  const isAsStored = (acts: readonly Act[], asked: number, own: number): boolean => {
    files += 1;
    return acts.every(({ by, writes, undone }) => {
      const { database, bands, sign } = connections[by] as (typeof connections)[number];
      database.exec('BEGIN IMMEDIATE');
      for (const [id, text] of writes) sign(id, text);
      const during = bands.sharing(year, [signatureOf(asked)], own).sort((a, b) => a - b);
      const right = during.join() === sharingByLooking(database, asked, own).join();
      database.exec(undone ? 'ROLLBACK' : 'COMMIT');
      return right;
    });
  };
  holds(t, fc.property(fc.array(act, { minLength: 1, maxLength: 6 }), text, id, isAsStored));
  t.ok(files > 50);
});

await t.test('of a text everybody copied, those written next to a report are found, the nearest first', async (t) => {
  t.testdir();
  const { database, bands } = connect(t, await reportsIn(t), new Map());
  const insert = database.prepare(`
    INSERT INTO reports (id, agency_id, year, edition, status, revision, version, verdict, errors, warnings, updated_at, figures)
    VALUES (?, ?, ${year}, '2021', 'draft', 1, 1, 'incomplete', 0, 0, '', x'')
  `);
  const agency = database.prepare(`
    INSERT INTO agencies (id, name, level, kind, consolidates, vertical, due_level)
    VALUES (?, ?, 'county', 'department', 0, 0, '')
  `);
  // In no order: those in the middle come last.
  for (const id of [119, 101, 118, 102, 117, 103, 116, 104, 115, 105, 114, 106, 113, 107, 112, 108, 111, 109, 110]) {
    agency.run(`agency-${id}`, `第${id}局`);
    insert.run(id, `agency-${id}`);
    bands.change(year, id, [], [signatureOf(1)]);
  }
  t.same(bands.sharing(year, [signatureOf(1)], 110), [109, 108, 107, 106, 111, 112, 113, 114]);
  t.same(bands.sharing(year, [signatureOf(1)], 102), [101, 103, 104, 105, 106]);
  t.same(
    bands.sharing(year, [signatureOf(1)], Number.MAX_SAFE_INTEGER),
    [119, 118, 117, 116],
    'for one not written yet',
  );
  bands.change(year, 109, [signatureOf(1)], []);
  t.same(bands.sharing(year, [signatureOf(1)], 110), [108, 107, 106, 105, 111, 112, 113, 114]);
  t.same(bands.sharing(year + 1, [signatureOf(1)], 110), [], 'another year has its own');
});
