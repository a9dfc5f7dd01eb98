import fc from 'fast-check';
import { setImmediate } from 'node:timers/promises';
import t, { type Test } from 'tap';
import type { TextsToPrepare } from '../../src/domain/prepared-texts.ts';
import { prepareTexts } from '../../src/domain/prepared-texts.ts';
import { textThread, type TextThread } from '../../src/threads/text-thread.ts';
import { formOf } from '../support/forms.ts';
import { holdsAfterWaiting } from '../support/property.ts';

function testThread(t: Test, worker = new URL('../support/text-worker.ts', import.meta.url)): TextThread {
  const thread = textThread(worker);
  t.teardown(() => thread.close());
  return thread;
}

const texts = (overview: string, agencyName = '示例市教育局'): TextsToPrepare => ({
  edition: '2021',
  year: 2023,
  agencyName,
  narratives: { overview: { text: overview }, improvements: null, other: { text: null } },
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
  const same = async ([one, another, name]: readonly [string, string, string]) => {
    const asked = [texts(one, name), { ...texts(another, name), edition: '2019', year: 2020 }];
    const prepared = await Promise.all(asked.map(thread.prepare));
    const expected = asked.map((one) => prepareTexts(formOf(one.edition), one));
    return JSON.stringify(prepared) === JSON.stringify(expected);
  };
  const names = fc.constantFrom('示例市教育局', '教育局', '示例市人民政府');
  await holdsAfterWaiting(t, fc.asyncProperty(fc.tuple(narrative, narrative, names), same));
});

await t.test('a thread that cannot be started gives nothing to whoever waits, as often as it is tried', async (t) => {
  const thread = testThread(t, new URL('../support/no-worker.ts', import.meta.url));
  for (let turn = 0; turn < 2; turn++) {
    t.same(await Promise.all([texts('one'), texts('two')].map(thread.prepare)), [undefined, undefined]);
  }
});

await t.test('a thread that is lost gives nothing to whoever waits, and another is started', async (t) => {
  const thread = testThread(t);
  t.same(await Promise.all([texts('', 'ends'), texts('')].map(thread.prepare)), [undefined, undefined]);
  t.ok(await thread.prepare(texts('')), 'the next is started for whoever asks next');
});

await t.test('closing ends what is being read', async (t) => {
  const thread = testThread(t);
  await thread.prepare(texts(''));
  const reading = thread.prepare(texts('公'.repeat(50_000)));
  await setImmediate();
  await thread.close();
  await t.resolves(reading);
});
