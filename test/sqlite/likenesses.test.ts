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
