import fc from 'fast-check';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { prepareReport } from '../../src/domain/prepared-report.ts';
import type { PreparedLine, UnreadLine } from '../../src/schemas/report-line.ts';
import { lineThread, type LineThread } from '../../src/threads/line-thread.ts';
import { formOf } from '../support/forms.ts';
import { holdsAfterWaiting } from '../support/property.ts';
import { wuyang } from '../support/wuyang.ts';

function testThread(t: Test, worker = new URL('../support/line-worker.ts', import.meta.url)): LineThread {
  const thread = lineThread(worker);
  t.teardown(() => thread.close());
  return thread;
}

const key = { agencyId: 'edu', year: 2023 };

const bytesOf = (body: unknown) => Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));

const reportWith = (overview: string) => ({
  sections: { ...wuyang.sections, overview: { text: overview } },
  preparedBy: '张三',
});

const line = (body: object, agencyName = '示例市教育局'): UnreadLine => ({
  ...key,
  edition: '2021',
  agencyName,
  bytes: bytesOf({ ...key, ...body }),
});

const sentence = fc.constantFrom(
  '示例市教育局新收政府信息公开申请35件，办结33件，结转下年度办理2件。',
  '其中予以公开20件，部分公开5件，不予公开3件，无法提供5件。',
  '教育局未收到行政复议。',
  '全年通过门户网站公开信息１２０条，𠮷日更新。',
  '完善制度、强化监管\n',
);
const narrative = fc.array(sentence, { maxLength: 12 }).map((sentences) => sentences.join(''));

await t.test('what is read in the thread is what whoever writes would read', async (t) => {
  const thread = testThread(t);
  t.equal(thread.isReady(), false, 'no thread is started before it is asked for');
  t.same(await Promise.all([thread.getReady(), thread.getReady()]), [true, true]);
  t.equal(thread.isReady(), true);
  const same = async ([one, another, agencyName]: readonly [string, string, string]) => {
    const [first, second] = [reportWith(one), { zeroReport: true, ...reportWith(another) }];
    const prepared = await Promise.all([
      thread.prepare(line({ ...first, ifMatch: '"1"' }, agencyName)),
      thread.prepare(line({ ...second, status: 'draft' })),
    ]);
    const expected = [
      { ifMatch: '"1"', claimed: {}, report: prepareReport(formOf('2021'), { ...key, agencyName }, first) },
      {
        claimed: { status: 'draft' },
        report: prepareReport(formOf('2021'), { ...key, agencyName: '示例市教育局' }, second),
      },
    ];
    return JSON.stringify(prepared) === JSON.stringify(expected);
  };
  const names = fc.constantFrom('示例市教育局', '教育局', '示例市人民政府');
  await holdsAfterWaiting(t, fc.asyncProperty(fc.tuple(narrative, narrative, names), same));
});

await t.test('a line that is not right, or not what it was taken to be, gives nothing', async (t) => {
  const thread = testThread(t);
  await thread.getReady();
  const right = line({});
  const wrong: readonly UnreadLine[] = [
    { ...right, agencyId: 'another' },
    { ...right, year: 2022 },
    { ...right, edition: '1999' },
    { ...right, bytes: bytesOf('{"agencyId":"edu"') },
    { ...right, bytes: Buffer.from(`{"agencyId":"edu","year":2023,"preparedBy":"\xd5\xc5"}`, 'latin1') },
    line({ zeroReport: 1 }),
    line({ more: 1 }),
  ];
  const prepared = await Promise.all([right, ...wrong].map(thread.prepare));
  t.same(
    prepared.map((one) => one !== undefined),
    [true, ...wrong.map(() => false)],
  );
});

await t.test('a thread that cannot be started gives nothing to whoever waits, as often as it is tried', async (t) => {
  const thread = testThread(t, new URL('../support/no-worker.ts', import.meta.url));
  for (let turn = 0; turn < 2; turn++) {
    t.same(await Promise.all([line({}), line({})].map(thread.prepare)), [undefined, undefined]);
    t.equal(await thread.getReady(), false);
    t.equal(thread.isReady(), false);
  }
});

await t.test('a thread that is lost gives nothing to whoever waits, and another is started', async (t) => {
  const thread = testThread(t);
  await thread.getReady();
  t.same(await Promise.all([line({}, 'ends'), line({})].map(thread.prepare)), [undefined, undefined]);
  t.equal(thread.isReady(), false);
  t.equal(await thread.prepare(line({})), undefined, 'nobody waits for the next to start');
  t.equal(await thread.getReady(), true);
  t.ok(await thread.prepare(line({})));
});

await t.test('with a thread that is lost goes all that came at once, however much', async (t) => {
  const thread = testThread(t);
  await thread.getReady();
  const many = Array.from({ length: 200 }, (_, n) => thread.prepare(line({}, n === 0 ? 'ends' : undefined)));
  t.notOk((await Promise.all(many)).some((prepared) => prepared !== undefined));
});

await t.test('a thread that is ready is not asked once more', async (t) => {
  const thread = testThread(t);
  await thread.getReady();
  const done: string[] = [];
  const read = thread.prepare(line({})).then(() => done.push('read'));
  await setImmediate();
  await thread.getReady().then(() => done.push('ready'));
  await read;
  t.same(done, ['ready', 'read']);
});

await t.test('the thread goes on with what has come while nobody takes its answers', async (t) => {
  const thread = testThread(t);
  await thread.getReady();
  const file = join(t.testdir(), 'read');
  const answers = [thread.prepare(line({}))];
  await setImmediate();
  answers.push(thread.prepare(line({}, `writes ${file}`)));
  await setImmediate();
  const end = Date.now() + 10_000;
  while (!existsSync(file) && Date.now() < end);
  t.ok(existsSync(file));
  t.ok((await Promise.all(answers)).every((prepared) => prepared !== undefined));
});

await t.test('closing ends what is being read', async (t) => {
  const thread = testThread(t);
  await thread.getReady();
  const reading: Promise<PreparedLine | undefined> = thread.prepare(line(reportWith('公'.repeat(20_000))));
  await setImmediate();
  await thread.close();
  await t.resolves(reading);
});
