import { join } from 'node:path';
import t from 'tap';
import { loadDemo } from '../../src/cli/demo.ts';
import { buildService } from '../../src/operations/service.ts';
import { openStore } from '../../src/sqlite/store.ts';
import { rulebook } from '../support/forms.ts';
import { blocksOf, codeIn, readDocument, rowsOf, sectionOf } from '../support/markdown.ts';
import { copyOf } from '../support/views.ts';

const section = sectionOf(readDocument('README.md'), 'For SQL');
const file = join(t.testdir({}), 'demo.db');
const store = openStore(file);
t.teardown(() => store.close());
await loadDemo(
  buildService(rulebook, store, () => new Date('2024-02-01T08:00:00.000Z')),
  'demo',
);
const read = await copyOf(t, file);

await t.test('the README has every column of every view', async (t) => {
  const views = read("SELECT name FROM sqlite_schema WHERE type = 'view'").map(({ name }) => String(name));
  const rows = rowsOf(section).map((cells) => cells.map(codeIn));
  t.same(rows.flatMap(([[first = ''] = []]) => (first.startsWith('v_') ? [first] : [])).toSorted(), views.toSorted());
  for (const view of views) {
    const told = rows.flatMap(([columns = [], where]) => {
      return where !== undefined && (where.includes(view) || where.length === 0) ? columns : [];
    });
    const there = read('SELECT name FROM pragma_table_info(?)', view).map(({ name }) => String(name));
    t.same(told.filter((column) => !views.includes(column)).toSorted(), there.toSorted(), view);
  }
});

await t.test('its queries are answered', async (t) => {
  const [received, closed, missing] = blocksOf(section)
    .filter(({ language }) => language === 'sql')
    .map(({ text }) => read(text));
  t.match(received?.slice(0, 2), [
    { agency_name: '示例市东示县人民政府', year: 2019, received: 56 },
    { agency_name: '示例市东示县人民政府', year: 2020, received: 58 },
  ]);
  t.equal(received?.length, 10, 'two counties in five years');
  const [county] = read(`
    SELECT sum(published_value) FILTER (WHERE cell = 'requests.concluded.total') AS concluded,
      sum(published_value) FILTER (WHERE cell IN ('requests.received.total', 'requests.carriedIn.total')) AS accepted
    FROM v_cells
    WHERE year = 2022 AND level = 'county' AND NOT consolidates
  `);
  const rate = Number(county?.['concluded']) / Number(county?.['accepted']);
  t.match(closed?.[0], { level: 'county', closure_rate: Math.round(rate * 10_000) / 10_000 });
  t.same(
    closed?.map(({ level }) => level),
    ['county', 'prefecture', 'township'],
  );
  const progress = (await store.standings({ year: 2023 })).filter(({ handedIn, vertical }) => !handedIn && !vertical);
  t.same(missing?.map(({ agency_name }) => agency_name).toSorted(), progress.map(({ name }) => name).toSorted());
});
