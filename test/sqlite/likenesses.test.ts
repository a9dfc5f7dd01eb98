import { join } from 'node:path';
import t, { type Test } from 'tap';
import type { Store } from '../../src/domain/store.ts';
import { openDatabase } from '../../src/sqlite/open.ts';
import { openStore } from '../../src/sqlite/store.ts';
import { filled, removeReport, saveAgencies, saveReport, saveYears } from '../support/store.ts';

const now = '2022-01-10T08:00:00.000Z';

/** A text of 120 characters that has nothing in common with another. */
const essay = (n: number) =>
  String.fromCodePoint(...Array.from({ length: 120 }, (_, place) => 0x4e00 + 150 * n + place));

/** A store in a file, with a key for each of some agencies, and what is found in the file. */
async function storeOf(t: Test, agencies: readonly string[]) {
  const file = join(t.testdir(), 'data.sqlite');
  const store = openStore(file);
  const database = openDatabase(file);
  t.teardown(async () => {
    database.close();
    await store.close();
  });
  await saveAgencies(store, Object.fromEntries(agencies.map((id) => [id, {}])));
  await saveYears(store, 2021, 2022);
  const all = <Row>(sql: string) => database.prepare<[], Row>(sql).all();
  return { store, all, write: writer(store) };
}

/** Writes a report with two texts and answers with its id. */
function writer(store: Store) {
  return (agencyId: string, year: number, overview: string, improvements: string): Promise<number> => {
    const { sections } = filled('2021');
    const texts = { overview: { text: overview }, improvements: { text: improvements } };
    return saveReport(store, { agencyId, year }, { sections: { ...sections, ...texts } }, now);
  };
}

await t.test('a text is found where it stands, whatever becomes of the others', async (t) => {
  const { store, all, write } = await storeOf(t, ['a', 'b', 'asker']);
  let asked = 0;
  /** In whose report of the year a text stands in a section. */
  const holders = async (overview: string, improvements = '无') => {
    asked += 1;
    await write('asker', 2021, essay(100 + asked), '无');
    const id = await write('asker', 2021, overview, improvements);
    const found = all<{ id: string }>(`
      SELECT o.agency_id AS id FROM likenesses AS l JOIN reports AS o ON o.id = l.other_id WHERE l.report_id = ${id}
      ORDER BY o.agency_id
    `);
    return found.map(({ id }) => id).join();
  };
  await write('a', 2021, essay(1), essay(2));
  await write('b', 2021, essay(6), essay(3));
  await write('a', 2022, essay(7), essay(8));
  t.equal(await holders(essay(1)), 'a');
  t.equal(await holders(essay(2)), '', 'not in another section');
  t.equal(await holders(essay(7)), '', 'nor in another year');
  await write('a', 2021, essay(4), essay(2));
  t.equal(await holders(essay(1)), '', 'what was written over is gone');
  t.equal(await holders(essay(4), essay(3)), 'a,b');
  await write('a', 2021, essay(2), essay(4));
  t.equal(await holders(essay(2), essay(4)), 'a,a', 'two that changed places');
  await write('a', 2021, '无', essay(4));
  t.equal(await holders(essay(2)), '', 'one too short to compare');
  await write('a', 2021, essay(5), essay(4));
  t.equal(await holders(essay(5)), 'a');
  await removeReport(store, { agencyId: 'a', year: 2021 });
  t.equal(await holders(essay(5)), '', 'nor is one that was removed found');
});

await t.test('nothing is left of a report that is removed, and nobody resembles it any more', async (t) => {
  const { store, all, write } = await storeOf(t, ['a', 'b', 'c']);
  const alike = () => all('SELECT report_id, section, other_id FROM likenesses');
  const first = await write('a', 2021, essay(1), essay(2));
  const removed = await write('b', 2021, essay(3), essay(2));
  t.same(alike(), [{ report_id: removed, section: 'improvements', other_id: first }]);
  const stamp = () => all('SELECT stamp FROM signature_stamps WHERE year = 2021');
  const before = stamp();
  await removeReport(store, { agencyId: 'b', year: 2021 });
  t.strictNotSame(stamp(), before, 'whoever remembers the bands of the year looks again');
  for (const table of ['signatures', 'likenesses'])
    t.same(all(`SELECT * FROM ${table} WHERE report_id = ${removed}`), [], table);
  await write('b', 2021, essay(4), essay(5));
  t.same(alike(), []);
  const third = await write('c', 2021, essay(3), essay(2));
  t.same(alike(), [{ report_id: third, section: 'improvements', other_id: first }]);
});
