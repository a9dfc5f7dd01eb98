import t from 'tap';
import { segmenter } from '../../../src/documents/reading/segments.ts';
import { vocabularyOf } from '../../../src/documents/reading/vocabulary.ts';
import { formOf, forms } from '../../support/forms.ts';

const form = formOf('2021');
const segments = segmenter(
  vocabularyOf(
    form,
    forms.filter((other) => other !== form),
  ).labels,
);

function told(text: string): string[] {
  return segments(text).map((segment) => `${segment.kind}:${segment.text}`);
}

await t.test('labels and figures on one line', async (t) => {
  t.same(told('规章 1 0 11'), ['label:规章', 'figures:1 0 11']);
  t.same(told('法提供 2.没有现成信息需要另行制作 11 0 0'), [
    'words:法提供',
    'label:2.没有现成信息需要另行制作',
    'figures:11 0 0',
  ]);
});

await t.test('run together: the number of the next label is none of the figures', async (t) => {
  t.same(told('属于国家秘密00000002、其他法律行政法规禁止公开0000000'), [
    'label:属于国家秘密',
    'figures:0000000',
    'label:2、其他法律行政法规禁止公开',
    'figures:0000000',
  ]);
});

await t.test('a damaged label keeps its figures; a short label is not found in a longer word', async (t) => {
  t.same(told('2.其他法律行政止公开 0 0 1'), ['words:2.其他法律行政止公开', 'figures:0 0 1']);
});

await t.test('figures in a sentence are words', async (t) => {
  for (const text of [
    '全年办理行政许可12件，行政处罚 5 件。',
    '全年办理行政许可 12',
    '行政许可 12 件，比上年增加 3 件',
    '规章 2023年 12 月',
  ]) {
    t.notOk(
      segments(text).some(({ kind }) => kind === 'figures'),
      text,
    );
  }
});
