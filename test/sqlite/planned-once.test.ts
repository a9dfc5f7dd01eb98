import t from 'tap';
import { openDatabase } from '../../src/sqlite/open.ts';

await t.test('a parameter that something is compared with is not looked at while a statement is planned', async (t) => {
  const database = openDatabase(':memory:');
  t.teardown(() => database.close());
  database.exec("CREATE TABLE one (a INTEGER PRIMARY KEY, b TEXT) STRICT; INSERT INTO one VALUES (1, '甲'), (2, '乙')");
  const sql = (text: string) => database.prepare(text).source;
  t.equal(sql('SELECT b FROM one WHERE a = ? AND b <> ?'), 'SELECT b FROM one WHERE a = +? AND b <> +?');
  t.equal(sql('SELECT b FROM one WHERE a >= :a LIMIT :n'), 'SELECT b FROM one WHERE a >= +:a LIMIT :n');
  t.equal(sql('INSERT INTO one VALUES (?, ?)'), 'INSERT INTO one VALUES (?, ?)');

  const found = (text: string, ...values: unknown[]) =>
    database
      .prepare(text)
      .pluck()
      .all(...values);
  t.same(found('SELECT b FROM one WHERE a = ?', 2), ['乙']);
  t.same(found('SELECT a FROM one WHERE b = ?', '甲'), [1]);
  t.same(found('SELECT a FROM one WHERE b IS NOT ? AND a > ?', null, 0), [1, 2]);
});

await t.test('an index is used all the same', async (t) => {
  const database = openDatabase(':memory:');
  t.teardown(() => database.close());
  database.exec('CREATE TABLE one (a TEXT, b INTEGER) STRICT; CREATE INDEX one_a ON one (a, b)');
  const plan = database.prepare<[string, number], { detail: string }>(
    'EXPLAIN QUERY PLAN SELECT a FROM one WHERE a = ? AND b > ?',
  );
  t.match(plan.get('x', 1)?.detail, /SEARCH one USING COVERING INDEX one_a \(a=\? AND b>\?\)/);
});
