import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { run } from '../support/process.ts';
import { wuyang, wuyangWith } from '../support/wuyang.ts';

const oneOfTwo = { upheld: 1, corrected: 0, otherOutcome: 0, pending: 0, total: 2 };
const sound = { year: 2021, ...wuyang };
const broken = {
  year: 2021,
  ...wuyangWith({ disputes: { ...(wuyang.sections['disputes'] as object), reconsideration: oneOfTwo } }),
};

/** Writes reports to files and checks them; answers with what was said and the exit status. */
async function check(t: Test, files: Readonly<Record<string, string>>, ...options: string[]) {
  const folder = t.testdir();
  const paths = Object.entries(files).map(([name, text]) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  });
  const program = run(t, { args: ['src/start.js', 'check', ...paths, ...options] });
  const status = await program.ended;
  const say = (text: string) => text.replaceAll(`${folder}/`, '').trimEnd().split('\n');
  return { status, stdout: say(program.stdout()), stderr: say(program.stderr()) };
}

void t.test('a report that adds up passes', async (t) => {
  const { status, stdout, stderr } = await check(t, { 'a.json': JSON.stringify(sound) });
  t.equal(status, 0);
  t.same(stderr, ['']);
  t.equal(stdout.length, 1);
  t.match(stdout[0], /^a\.json: 数据一致；另有 \d+ 项未能核对$/);
});

void t.test('a finding is told in a line a program can read, with its terms and suspects', async (t) => {
  const { status, stdout } = await check(t, { 'b.json': JSON.stringify(broken) });
  t.equal(status, 1);
  t.same(stdout.slice(0, 5), [
    'b.json: reconsideration: 错误: 第四部分“行政复议”：各类结果合计 1 件，“总计”填写 2 件，相差 1 件。 [disputes.total]',
    '    结果维持 ＋ 结果纠正 ＋ 其他结果 ＋ 尚未审结 ＝ 总计',
    '    ← 1  → 2  Δ -1',
    '      ← +1 行政复议·结果维持 (disputes.reconsideration.upheld)',
    '      → +2 行政复议·总计 (disputes.reconsideration.total)',
  ]);
  t.match(stdout[5], /^b\.json: “行政复议”有 1 处不平，有 5 种改法/);
  t.match(stdout[6], /^ {4}1\. 行政复议·总计: 2 → 1 \(disputes\.reconsideration\.total\)/);
  t.notMatch(stdout.join(''), '\u001b', 'no colours where nobody looks');
});

void t.test('many reports in a file, one a line; each is told by its line', async (t) => {
  const lines = [sound, broken].map((report) => JSON.stringify(report)).join('\n');
  const { status, stdout } = await check(t, { 'c.ndjson': `${lines}\n` }, '--language', 'en');
  t.equal(status, 1);
  t.match(stdout[0], /^c\.ndjson:1: consistent; /);
  t.match(stdout[1], /^c\.ndjson:2: reconsideration: error: Section four/);
  t.match(stdout.at(-1), /^c\.ndjson:2: inconsistent; /);
});

void t.test('as JSON, a line a report', async (t) => {
  const { status, stdout } = await check(t, { 'a.json': JSON.stringify(broken) }, '--format', 'json');
  t.equal(status, 1);
  const [outcome] = stdout.map((line) => JSON.parse(line) as object);
  t.match(outcome, { check: { verdict: 'inconsistent', findings: [{ rule: 'disputes.total' }], indicators: {} } });
});

void t.test('what is no report is told by its place, and the others are checked all the same', async (t) => {
  const files = { 'a.json': '{"year":"2021"}', 'b.json': '{', 'c.json': JSON.stringify(sound) };
  const { status, stdout, stderr } = await check(t, files);
  t.equal(status, 2);
  t.same(stderr.slice(0, 2), ['a.json: 共有 1 处需要修改，见 errors。', '    /year: 应为整数，收到的是 "2021"。']);
  t.match(stderr[2], /^b\.json: 无法读取：第 2 个字符：内容到这里就断了/);
  t.match(stdout, [/^c\.json: 数据一致/]);
});

void t.test('a report as the service answers it can be checked as it is', async (t) => {
  const answered = {
    agencyId: 'a',
    status: 'published',
    revision: 3,
    verdict: 'consistent',
    asPrinted: false,
    ...sound,
  };
  t.equal((await check(t, { 'a.json': JSON.stringify(answered) })).status, 0);
});

void t.test('a call that cannot be understood is answered with how it is made', async (t) => {
  for (const options of [[], ['--format', 'xml', 'a.json'], ['--colour', 'a.json']]) {
    const { status, stderr } = await check(t, {}, ...options);
    t.equal(status, 2);
    t.match(stderr.join('\n'), 'nianbao check FILE…');
  }
});
