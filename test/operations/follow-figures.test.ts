import fc from 'fast-check';
import { join } from 'node:path';
import t from 'tap';
import type { FigureChanges } from '../../src/domain/statistics/figure-changes.ts';
import type { Store } from '../../src/domain/store.ts';
import { figureFollower } from '../../src/operations/follow-figures.ts';
import { openStore } from '../../src/sqlite/store.ts';
import { bookOf, FigureBook } from '../support/figure-book.ts';
import { holdsAfterWaiting } from '../support/property.ts';
import { filled, publishReport, removeReport, saveAgencies, saveReport, saveYears } from '../support/store.ts';

const now = '2024-01-10T08:00:00.000Z';
const key = { agencyId: 'a', year: 2021 };
const cell = 'disclosure.licences.decisions';

async function storeIn(file: string, closed: (close: () => unknown) => void): Promise<Store> {
  const store = openStore(file);
  closed(() => store.close());
  await saveAgencies(store, { a: {}, b: {} });
  await saveYears(store, 2020, 2021);
  return store;
}

const saying = (figure: number) => filled('2021', { [cell]: figure });

await t.test('who asks after a write is given what was written, in what was there before', async (t) => {
  const store = await storeIn(':memory:', (close) => t.teardown(close));
  const book = figureFollower(store, () => new FigureBook());
  const first = await book();
  t.match(first.registry, { agencies: [{ id: 'a' }, { id: 'b' }], years: [{ year: 2021 }, { year: 2020 }] });
  await saveReport(store, key, saying(1), now);
  t.equal(await book(), first, 'the same one');
  t.same(first.taken, [[], ['a/2021']]);
  await book();
  t.equal(first.taken.length, 2, 'where nothing has changed, nothing is taken in');
  await publishReport(store, key, now);
  t.same(Object.keys((await book()).reports['a/2021'] ?? {}).sort(), ['current', 'edition', 'handedIn', 'published']);
  t.same(first.reports, (await bookOf(store)).reports);
});

await t.test('what another process wrote is taken in as well', async (t) => {
  const file = join(t.testdir(), 'shared.db');
  const store = await storeIn(file, (close) => t.teardown(close));
  const other = openStore(file);
  t.teardown(() => other.close());
  const book = figureFollower(store, () => new FigureBook());
  await book();
  await saveReport(other, key, saying(1), now);
  t.same(Object.keys((await book()).reports), ['a/2021']);
});

await t.test('of many who ask at once nobody takes in what another has, and each sees its own write', async (t) => {
  const store = await storeIn(':memory:', (close) => t.teardown(close));
  const book = figureFollower(store, () => new FigureBook());
  const [first, ...others] = await Promise.all(Array.from({ length: 5 }, book));
  t.ok(
    others.every((one) => one === first),
    'there is one',
  );
  t.equal(first?.taken.length, 1);
  await Promise.all(
    ['a', 'b'].flatMap((agencyId) =>
      [2020, 2021].map(async (year) => {
        await saveReport(store, { agencyId, year }, filled(year === 2020 ? '2019' : '2021'), now);
        t.ok(`${agencyId}/${year}` in (await book()).reports);
      }),
    ),
  );
  t.same(first?.taken.flat().sort(), ['a/2020', 'a/2021', 'b/2020', 'b/2021'], 'each once');
});

await t.test('another is made where the record has become shorter', async (t) => {
  const [long, short] = [
    await storeIn(':memory:', (close) => t.teardown(close)),
    await storeIn(':memory:', (close) => t.teardown(close)),
  ];
  await saveReport(short, { ...key, agencyId: 'b' }, saying(1), now);
  await saveReport(long, key, saying(1), now);
  await saveReport(long, key, saying(2), now);
  let store = long;
  const book = figureFollower(
    {
      lastEvent: () => store.lastEvent(),
      figureChanges: (after, view) => store.figureChanges(after, view),
    },
    () => new FigureBook(),
  );
  const before = await book();
  store = short;
  const after = await book();
  t.not(after, before);
  t.same(after.reports, (await bookOf(short)).reports);
  t.same(Object.keys(after.reports), ['b/2021']);
});

await t.test(
  'what has taken in half of the changes is given to nobody, and the next who asks is answered',
  async (t) => {
    const store = await storeIn(':memory:', (close) => t.teardown(close));
    let fails = false;
    class FailingBook extends FigureBook {
      override apply(changes: FigureChanges): void {
        super.apply(changes);
        if (fails) throw new Error('no room');
      }
    }
    const book = figureFollower(store, () => new FailingBook());
    const before = await book();
    await saveReport(store, key, saying(1), now);
    fails = true;
    const [one, other] = [book(), book()];
    await t.rejects(one, { message: 'no room' });
    await t.rejects(other, { message: 'no room' }, 'each is told of its own failure');
    fails = false;
    const after = await book();
    t.not(after, before);
    t.same(after.reports, (await bookOf(store)).reports);
    t.ok(after.registry);
  },
);

/** Writes and readers in any order, none waiting for another. */
const act = fc.oneof(
  fc.record({
    act: fc.constantFrom('save' as const, 'publish' as const, 'remove' as const),
    agencyId: fc.constantFrom('a', 'b'),
    figure: fc.integer({ min: 0, max: 1_000_000 }),
  }),
  fc.constant({ act: 'ask' as const }),
);

await t.test(
  'whatever is written meanwhile, everybody is given what was there when they asked, or later',
  async (t) => {
    const property = fc.asyncProperty(fc.array(act, { maxLength: 30 }), async (acts) => {
      const closing: (() => unknown)[] = [];
      const store = await storeIn(':memory:', (close) => void closing.push(close));
      try {
        const book = figureFollower(store, () => new FigureBook());
        await Promise.allSettled(
          acts.map((one) => {
            if (one.act === 'ask') return book();
            const place = { agencyId: one.agencyId, year: 2021 };
            if (one.act === 'remove') return removeReport(store, place);
            return one.act === 'save'
              ? saveReport(store, place, saying(one.figure), now)
              : publishReport(store, place, now);
          }),
        );
        const [followed, anew] = [(await book()).reports, (await bookOf(store)).reports];
        if (JSON.stringify(followed) !== JSON.stringify(anew)) {
          throw new Error(`${JSON.stringify(followed)}, not ${JSON.stringify(anew)}`);
        }
      } finally {
        for (const close of closing) await close();
      }
    });
    await holdsAfterWaiting(t, property, { numRuns: 50 });
  },
);
