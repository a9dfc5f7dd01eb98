import { join } from 'node:path';
import t, { type Test } from 'tap';
import { bandsOfTexts } from '../../src/domain/likeness.ts';
import { signatureFromBytes } from '../../src/domain/similarity.ts';
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

interface Kept {
  readonly all: <Row>(sql: string) => Row[];
}

/** The bands there are, and those that the signatures give. */
function bandsIn({ all }: Kept) {
  const found = all<{ band: number; id: number }>('SELECT band, report_id AS id FROM signature_bands');
  const signed = all<{ id: number; year: number; section: string; signature: Buffer }>(`
    SELECT r.id, r.year, s.section, s.signature
    FROM signatures AS s
    JOIN reports AS r ON r.id = s.report_id
  `);
  const expected = signed.flatMap(({ id, year, section, signature }) =>
    bandsOfTexts([{ section, signature: signatureFromBytes(signature) }], year).map((band) => ({ band, id })),
  );
  return { found, expected: expected.sort((one, other) => one.band - other.band || one.id - other.id) };
}

await t.test('a report has the bands of its texts, whatever becomes of them', async (t) => {
  const { store, all, write } = await storeOf(t, ['a', 'b']);
  const holds = (texts: number, message: string) => {
    const { found, expected } = bandsIn({ all });
    t.same(found, expected, message);
    t.equal(found.length, 10 * texts, message);
  };
  await write('a', 2021, essay(1), essay(2));
  await write('b', 2021, essay(1), essay(3));
  await write('a', 2022, essay(1), essay(2));
  holds(6, 'when written');
  await write('a', 2021, essay(4), essay(2));
  holds(6, 'when one is rewritten');
  await write('a', 2021, essay(2), essay(4));
  holds(6, 'when they change places');
  await write('a', 2021, '无', essay(4));
  holds(5, 'when one is too short to compare');
  await write('a', 2021, essay(5), essay(4));
  holds(6, 'when it is written again');
  await removeReport(store, { agencyId: 'a', year: 2021 });
  holds(4, 'when the report is removed');
});

await t.test('nothing is left of a report that is removed, and nobody resembles it any more', async (t) => {
  const { store, all, write } = await storeOf(t, ['a', 'b', 'c']);
  const alike = () => all('SELECT report_id, section, other_id FROM likenesses');
  const first = await write('a', 2021, essay(1), essay(2));
  const removed = await write('b', 2021, essay(3), essay(2));
  t.same(alike(), [{ report_id: removed, section: 'improvements', other_id: first }]);
  await removeReport(store, { agencyId: 'b', year: 2021 });
  for (const table of ['signatures', 'signature_bands', 'likenesses'])
    t.same(all(`SELECT * FROM ${table} WHERE report_id = ${removed}`), [], table);
  await write('b', 2021, essay(4), essay(5));
  t.same(alike(), []);
  const third = await write('c', 2021, essay(3), essay(2));
  t.same(alike(), [{ report_id: third, section: 'improvements', other_id: first }]);
});
