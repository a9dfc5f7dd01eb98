import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { openStore } from '../../src/sqlite/store.ts';
import { run } from '../support/process.ts';
import { saveAgencies, saveYears } from '../support/store.ts';
import { wuyang, wuyangWith } from '../support/wuyang.ts';

const sound = { agencyName: '舞阳县人民政府办公室', year: 2021, edition: '2021', ...wuyang };
const oneOfTwo = { upheld: 1, corrected: 0, otherOutcome: 0, pending: 0, total: 2 };
const wrong = { ...sound, ...wuyangWith({ disputes: { ...wuyang.sections['disputes'], reconsideration: oneOfTwo } }) };

/** A folder of documents beside a database that knows the agency, or none. */
async function folderOf(t: Test, files: Readonly<Record<string, unknown>>, registered = true): Promise<string> {
  const folder = t.testdir({ documents: { deep: {} } });
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(folder, 'documents', name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  if (registered) {
    const store = openStore(join(folder, 'data.db'));
    await saveAgencies(store, { office: { name: '舞阳县人民政府办公室', kind: 'office' } });
    await saveYears(store, 2021);
    await store.close();
  }
  return folder;
}

async function runImport(t: Test, folder: string, ...args: readonly string[]) {
  const environment = { NIANBAO_DB: join(folder, 'data.db') };
  const program = run(t, { args: ['src/start.js', 'import', ...args], environment });
  const status = await program.ended;
  const say = (text: string) => text.replaceAll(`${folder}/`, '').trimEnd().split('\n');
  return { status, stdout: say(program.stdout()), stderr: say(program.stderr()) };
}

await t.test('a folder is walked and told of in a table', async (t) => {
  const folder = await folderOf(t, { 'a.json': sound, 'deep/b.json': wrong, '.hidden': 'x', 'c.rtf': '{\\rtf1' });
  const { status, stdout, stderr } = await runImport(t, folder, join(folder, 'documents'));
  t.equal(status, 2, 'something could not be read');
  t.same(stderr, [''], 'no bar where nobody looks');
  t.match(
    stdout.map((line) => line.trim().split(/ {2,}/)),
    [
      ['文件', '机关', '年度', '读出', '空白', '未读出', '错误', '结果'],
      ['documents/a.json', 'office', '2021', '200', '0', '0', '0', '只读取'],
      ['documents/c.rtf', '无法读取'],
      [/^文件是旧版办公文档/],
      ['documents/deep/b.json', 'office', '2021', '200', '0', '0', '1', '只读取'],
    ],
  );
  t.notOk(stdout.some((line) => line.includes('hidden')));
});

await t.test('with --commit what leaves nothing to decide is written, once', async (t) => {
  const folder = await folderOf(t, { 'a.json': sound });
  const file = join(folder, 'documents', 'a.json');
  const first = await runImport(t, folder, file, '--commit', '--language', 'en');
  t.equal(first.status, 0);
  t.match(first.stdout[1], /office .* created$/);
  const again = await runImport(t, folder, file, '--commit', '--language', 'en');
  t.equal(again.status, 0, 'nothing is left to do');
  t.match(again.stdout[1], /imported before$/);
  const store = openStore(join(folder, 'data.db'));
  t.teardown(() => store.close());
  t.match(await store.reports({ today: '' }, 'all', { limit: 9 }), [{ agencyId: 'office', year: 2021 }]);
});

await t.test('without a database documents are read all the same', async (t) => {
  const folder = await folderOf(t, { 'a.json': sound, 'b.json': wrong }, false);
  const [a, b] = ['a.json', 'b.json'].map((name) => join(folder, 'documents', name)) as [string, string];
  const { status, stdout } = await runImport(t, folder, a, b, '--format', 'json');
  t.equal(status, 1, 'one has errors');
  t.match(
    stdout.map((line) => JSON.parse(line) as object),
    [
      { agency: { name: sound.agencyName, candidates: [] }, year: 2021, check: { verdict: 'consistent' } },
      { check: { verdict: 'inconsistent' } },
    ],
  );
  t.equal((await runImport(t, folder, a)).status, 0);
});

await t.test('what is left is told with every reason', async (t) => {
  const folder = await folderOf(t, { 'a.json': { ...sound, agencyName: '县政府办', year: 2020 } });
  const file = join(folder, 'documents', 'a.json');
  const { status, stdout } = await runImport(t, folder, file, '--commit');
  t.equal(status, 1);
  t.match(stdout[1], /县政府办\? .*未写入$/);
  t.match(stdout[2], /^ {4}无法确定是哪个机关的报告/);
  t.match(stdout[3], /^ {4}2020 年度尚未登记/);
  const said = await runImport(t, folder, file, '--commit', '--agency', 'office', '--year', '2021');
  t.match(said, { status: 0, stdout: [/./, /office .*已新建$/] });
  const nobody = await runImport(t, folder, file, '--agency', 'nobody');
  t.match(nobody, { status: 2, stderr: ['nianbao: 没有代码为“nobody”的机关。'] });
});

await t.test('a file that is not there or too large is told of, and the others are read', async (t) => {
  const folder = await folderOf(t, { 'a.json': sound });
  const file = join(folder, 'documents', 'a.json');
  const { status, stdout, stderr } = await runImport(t, folder, join(folder, 'nowhere'), file);
  t.equal(status, 2);
  t.same(stderr, ['nowhere: 没有这个文件或文件夹。']);
  t.match(stdout[1], /a\.json/);
  const english = await runImport(t, folder, join(folder, 'nowhere'), '--language', 'en');
  t.match(english, { status: 2, stderr: ['nowhere: There is no such file or folder.'] });
});

await t.test('a folder with nothing in it is said, and so is a file', async (t) => {
  const folder = await folderOf(t, { '.hidden': 'x' });
  const { status, stderr } = await runImport(t, folder, join(folder, 'documents'));
  t.equal(status, 2);
  t.same(stderr, ['documents: 文件夹中没有文件。']);
  const file = await folderOf(t, { 'a.html': '' });
  const empty = await runImport(t, file, join(file, 'documents'));
  t.match(empty, { status: 2, stdout: [/./, /a\.html .*无法读取/, /^ {4}文件是空的/] });
});

await t.test('folders are no part of a document’s title', async (t) => {
  const folder = await folderOf(t, { 'deep/a.txt': '本年没有收到申请。' });
  const documents = join(folder, 'documents', '青山县林业局2022年政府信息公开工作年度报告');
  renameSync(join(folder, 'documents', 'deep'), documents);
  const { stdout } = await runImport(t, folder, join(documents, 'a.txt'), '--format', 'json');
  t.match(JSON.parse(stdout[0] ?? ''), { name: /林业局.*a\.txt$/, agency: { name: null }, year: null });
});

await t.test('a call that cannot be understood is answered with how it is made', async (t) => {
  const folder = await folderOf(t, { 'a.json': sound, 'b.json': sound }, false);
  const documents = join(folder, 'documents');
  for (const args of [[], ['--format', 'xml', documents], ['--year', '21', documents], [documents, '--year', '2021']]) {
    const { status, stderr } = await runImport(t, folder, ...args);
    t.equal(status, 2);
    t.match(stderr.join('\n'), 'nianbao import FILE…');
  }
});
