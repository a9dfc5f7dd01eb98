import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { documentPool, type DocumentPool, type PoolOptions } from '../../src/documents/pool.ts';
import { DocumentRefused } from '../../src/documents/refusal.ts';
import { Problem } from '../../src/domain/problem.ts';
import { run } from '../support/process.ts';
import { wuyang } from '../support/wuyang.ts';

const worker = new URL('../support/pool-worker.ts', import.meta.url);
const document = Buffer.from(
  JSON.stringify({ agencyName: '甲局', year: 2021, edition: '2021', sections: wuyang.sections }),
);

function testPool(t: Test, options: PoolOptions = {}): DocumentPool {
  const pool = documentPool({ threads: 1, worker, ...options });
  t.teardown(() => pool.close());
  return pool;
}

/** A document that is read unless its name says otherwise. */
const named = (name: string) => ({ name, bytes: new Uint8Array(document) });

/** Why a document was refused; whatever else went wrong comes out as it is. */
async function refusalOf(reading: Promise<unknown>): Promise<string> {
  try {
    await reading;
  } catch (error) {
    if (error instanceof DocumentRefused && error.words['zh-CN'] && error.words.en) return error.reason;
    throw error;
  }
  throw new Error('nothing was refused');
}

await t.test('a document is read in a thread', async (t) => {
  const { read } = testPool(t);
  t.match(await read(named('a.json')), { agencyName: '甲局', year: 2021, edition: '2021', confidence: 1 });
  t.equal(await refusalOf(read({ name: 'b', bytes: Buffer.from('{\\rtf1') })), 'unsupported');
});

await t.test('bytes on memory that others use as well stay as they are', async (t) => {
  const { read } = testPool(t);
  const shared = Buffer.concat([Buffer.from(' '), document]).subarray(1);
  await read({ name: 'a', bytes: shared });
  t.equal(shared.length, document.length);
  const own = new Uint8Array(document);
  await read({ name: 'b', bytes: own });
  t.equal(own.length, 0, 'and its own change hands, not copied');
});

await t.test('a document that never ends is given up, and the next one is read', async (t) => {
  const { read } = testPool(t, { timeLimit: 3_000 });
  await read(named('a.json'));
  for (const name of ['loops', 'waits']) t.equal(await refusalOf(read(named(name))), 'timed-out', name);
  t.match(await read(named('b.json')), { year: 2021 });
});

await t.test('a document that eats memory loses nobody else’s', async (t) => {
  const { read } = testPool(t, { threads: 2, heapLimit: 96 });
  const others = Promise.all([read(named('a.json')), read(named('b.json'))]);
  t.equal(await refusalOf(read(named('hoards'))), 'out-of-memory');
  t.match(await others, [{ year: 2021 }, { year: 2021 }]);
  t.match(await read(named('c.json')), { year: 2021 }, 'and the pool goes on');
});

await t.test('a slip in a reader, or a thread that ends, fails that document alone', async (t) => {
  const { read } = testPool(t);
  await t.rejects(read(named('fails')), { name: 'TypeError', message: 'a slip in the reader' });
  await t.rejects(read(named('exits')), /exited with code: 7/);
  t.match(await read(named('a.json')), { year: 2021 });
});

await t.test('a thousand documents at once', async (t) => {
  const { read } = testPool(t, { threads: 2 });
  const readings = await Promise.all(Array.from({ length: 1_000 }, (_, place) => read(named(`${place}.json`))));
  t.equal(readings.filter(({ agencyName }) => agencyName === '甲局').length, 1_000);
});

await t.test('so many wait and no more', async (t) => {
  const { read } = testPool(t, { mostWaiting: 2, timeLimit: 3_000 });
  const reading = ['waits', 'a.json', 'b.json'].map((name) => read(named(name)).catch((error: Error) => error));
  const refused: unknown = await read(named('c.json')).catch((error: unknown) => error);
  t.ok(refused instanceof Problem && refused.code === 'import-busy');
  t.match(await Promise.all(reading), [{ reason: 'timed-out' }, { year: 2021 }, { year: 2021 }]);
  t.match(await read(named('c.json')), { year: 2021 }, 'later there is room again');
});

await t.test('whoever goes away is waited for no longer', async (t) => {
  const { read } = testPool(t);
  await read(named('a.json'));
  const client = new AbortController();
  const readings = ['waits', 'b.json'].map((name) => read(named(name), client.signal));
  client.abort();
  for (const reading of readings) await t.rejects(reading, { name: 'AbortError' });
  t.match(await read(named('c.json')), { year: 2021 });
});

await t.test('what goes on here goes on while a document is read', async (t) => {
  const { read } = testPool(t, { timeLimit: 3_000 });
  const looping = refusalOf(read(named('loops')));
  let turns = 0;
  const spin = setInterval(() => (turns += 1), 5);
  await looping;
  clearInterval(spin);
  t.ok(turns > 20, `${turns} turns`);
});

await t.test('a pool that was used does not keep the process alive', async (t) => {
  const folder = t.testdir({
    'program.mjs': `
      import { documentPool } from ${JSON.stringify(new URL('../../src/documents/pool.ts', import.meta.url).href)};
      const { read } = documentPool();
      const { year } = await read({ name: 'a', bytes: Buffer.from(${JSON.stringify(document.toString())}) });
      console.log(year);`,
  });
  const { ended, stdout } = run(t, { args: [join(folder, 'program.mjs')] });
  t.equal(await ended, 0);
  t.equal(stdout(), '2021\n');
});

await t.test('closing ends what is being read', async (t) => {
  const pool = documentPool({ threads: 1, worker });
  await pool.read(named('a.json'));
  const reading = pool.read(named('waits')).catch((error: unknown) => error);
  await setImmediate();
  await pool.close();
  t.ok((await reading) instanceof Error);
});
