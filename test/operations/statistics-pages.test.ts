import t from 'tap';
import { openStatistics } from '../../src/operations/open-statistics.ts';
import { csvOf, isLong, pagesOf, takingTurns } from '../../src/operations/statistics-pages.ts';
import type { Service } from '../../src/operations/service.ts';
import { testApp } from '../support/app.ts';

/** Every figure of every report: more than are computed in one go. */
async function everything(service: Service) {
  return openStatistics(service, {
    cells: ['*'],
    indicators: ['*'],
    groupBy: ['year', 'agency'],
    with: ['blank', 'change', 'fraction'],
    consolidated: 'include',
    reader: { scope: 'all' },
  });
}

async function gathered<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const turn = takingTurns();
const csv = { headings: 'id', bom: false } as const;
const draft = '/v1/agencies/shili-planning/reports/2023';

await t.test('what is written while an answer is sent does not change what comes later', async (t) => {
  const { call, service } = await testApp(t, { demo: true });
  const open = await everything(service);
  const before = (await gathered(csvOf(open.answer('zh-CN'), csv, turn))).join('');
  const pieces = csvOf(open.answer('zh-CN'), csv, turn);
  let text = String((await pieces.next()).value) + String((await pieces.next()).value);
  t.ok(text.length < before.length, 'there is more to come');

  t.equal((await call('DELETE', draft, undefined, { 'if-match': '*' })).statusCode, 204);
  for (const agency of ['shili', 'shili-office', 'shili-xili']) {
    const zero = { zeroReport: true };
    const written = await call('PUT', `/v1/agencies/${agency}/reports/2023`, zero, { 'if-match': '*' });
    t.ok(written.statusCode < 300, agency);
  }
  const later = await everything(service);
  text += (await gathered(pieces)).join('');
  t.equal(text, before);
  t.not((await gathered(csvOf(later.answer('zh-CN'), csv, turn))).join(''), before, 'who asks now is told of it');
  for (const { release } of [open, later]) release();
});

await t.test('pages are of one answer, and no more rows are computed than are asked for', async (t) => {
  const { service } = await testApp(t, { demo: true });
  const open = await everything(service);
  const statistics = open.answer('zh-CN');
  const whole = statistics.page({ limit: 1_000 });
  const pages = await gathered(pagesOf(statistics, { limit: Infinity }, turn));
  t.ok(pages.length > 1);
  t.equal(statistics.length, whole.length);
  const first = pages[0]?.length as number;
  t.same(
    [first, first + 1, Infinity].map((limit) => isLong(statistics, { limit })),
    [false, true, true],
    'long is what takes more than one go',
  );
  t.same(
    whole.values.map((_, place) => pages.flatMap(({ values }) => values[place])),
    whole.values,
  );
  for (const limit of [1, 40, 74]) {
    const some = await gathered(pagesOf(statistics, { limit }, turn));
    t.equal(
      some.reduce((rows, { length }) => rows + length, 0),
      Math.min(limit, whole.length),
    );
    t.same(some.at(-1)?.next, statistics.next({ limit }), 'where the next page begins is known beforehand');
  }
  open.release();
});

await t.test('where there is nothing yet, there is a heading and no row', async (t) => {
  const { service } = await testApp(t);
  const open = await everything(service);
  const [heading, ...rows] = await gathered(csvOf(open.answer('en'), csv, turn));
  t.match(heading, /^year,agencyId,/);
  t.same(rows, []);
  open.release();
});

await t.test('who computes takes turns, and others come in between', async (t) => {
  const taken: string[] = [];
  const others = Promise.withResolvers<void>();
  const work = ['first', 'second', 'third'].map(async (name) => {
    await turn();
    taken.push(name);
    if (name !== 'first') return;
    setImmediate(() => {
      taken.push('somebody else');
      others.resolve();
    });
  });
  await Promise.all([...work, others.promise]);
  t.same(
    taken.filter((name) => name !== 'somebody else'),
    ['first', 'second', 'third'],
  );
  t.ok(taken.indexOf('somebody else') < taken.indexOf('third'));
});
