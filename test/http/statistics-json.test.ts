import t from 'tap';
import type { Column } from '../../src/domain/statistics/query.ts';
import { columnsJson, rowsJson } from '../../src/http/statistics-json.ts';

const head = { columns: [{ name: 'year', label: '年度', kind: 'group', type: 'number' }] satisfies Column[] };

for (const [name, write] of Object.entries({ rows: rowsJson, columns: columnsJson })) {
  await t.test(`${name} for a client that has gone are not computed to the end`, async (t) => {
    let computed = 0;
    async function* pages() {
      while (computed < 100) yield { values: [[computed++]], length: 1 };
    }
    const pieces = write({ head, pages: pages() });
    await pieces.next();
    await pieces.next();
    await pieces.return();
    t.equal(computed, 1);
  });
}
