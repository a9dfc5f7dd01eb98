import t from 'tap';
import { openStore } from '../../src/sqlite/store.ts';

await t.test('an answer is given again for seven days, and then forgotten', async (t) => {
  const store = openStore(':memory:');
  t.teardown(() => store.close());
  let done = 0;
  const act = (idempotencyKey: string, day: number) => {
    const at = new Date(Date.UTC(2024, 0, day)).toISOString();
    const once = { keyId: 'k', idempotencyKey, request: 'submit', at };
    return store.changeReport({ agencyId: 'a', year: 2023 }, () => ({ result: () => (done += 1) }), once);
  };
  t.equal(await act('first', 1), 1);
  t.equal(await act('first', 7), 1, 'not done again');
  t.equal(await act('second', 8), 2, 'seven days are not over');
  t.equal(await act('first', 8), 1);
  t.equal(await act('third', 9), 3);
  t.equal(await act('first', 9), 4, 'forgotten with the first new one after that');
});
