import t from 'tap';
import { readText } from '../../../src/documents/printed/read-text.ts';
import { readHtml } from '../../../src/documents/printed/read-html.ts';
import { reportReader } from '../../../src/documents/reading/read-report.ts';
import { writeHtml } from '../../../src/documents/writing/write-html.ts';
import { documentOf } from '../../support/documents.ts';
import { forms } from '../../support/forms.ts';
import { narrative } from '../../../src/documents/reading/narratives.ts';

const told = (text: string) => narrative(readText(text).lines);

await t.test('lines broken at a margin are one paragraph', async (t) => {
  const text = [
    '今年以来，我局按照年初的安排，逐项梳理应当公开的事项，把目录',
    '重新编排了一遍，并请各科室核对，凡是变动过的条目都注明了日期，',
    '方便来访的群众查找。',
    '（一）完善制度。修订了办理流程，明确了每一步的时限和责任人，办',
    '理情况按月通报。',
  ].join('\n');
  t.equal(
    told(text),
    '今年以来，我局按照年初的安排，逐项梳理应当公开的事项，把目录重新编排了一遍，并请各科室核对，凡是变动过的条目都注明了日期，方便来访的群众查找。\n（一）完善制度。修订了办理流程，明确了每一步的时限和责任人，办理情况按月通报。',
  );
});

await t.test('paragraphs of their own length stay apart', async (t) => {
  const text = '（一）工作情况\n全年没有收到申请\n本单位的目录已经更新，并在网站和公告栏同时公布，供群众查阅。';
  t.equal(told(text), text);
});

await t.test('no text is blank', async (t) => {
  t.equal(told('\n  \n'), null);
});

await t.test('what a website puts below a report is none of it, unless the page is the service’s own', async (t) => {
  const [form] = forms;
  if (!form) throw new Error('no form');
  const page = writeHtml(documentOf(form, { texts: { other: '无。\n打印本页' } }));
  const foreign = page.replace(/<meta name="generator"[^>]*>/u, '').replace('</main>', '</main><p>版权所有 某某</p>');
  const read = reportReader(forms);
  t.same(read(readHtml(page), 'a').sections['other'], { text: '无。\n打印本页' });
  t.same(read(readHtml(foreign), 'a').sections['other'], { text: '无。' });
});
