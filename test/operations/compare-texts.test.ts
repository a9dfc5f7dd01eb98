import fc from 'fast-check';
import t from 'tap';
import type { TextPart } from '../../src/domain/changes.ts';
import { compareTexts } from '../../src/operations/compare-texts.ts';
import { holds } from '../support/property.ts';

const without = (parts: readonly TextPart[], kind: TextPart['kind']) =>
  parts
    .filter((part) => part.kind !== kind)
    .map(({ text }) => text)
    .join('');

/** Texts as people write them, and texts nobody would. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc
    .array(fc.constantFrom('全年', '申请', '12', '12.5', '1,234', '件', '，', '。', '\n', ' ', '公开', '𠮷'), {
      maxLength: 60,
    })
    .map((words) => words.join('')),
);

await t.test('the parts give the old text and the new one', async (t) => {
  const property = fc.property(text, text, (before, after) => {
    const parts = compareTexts(before, after);
    return (
      without(parts, 'added') === before &&
      without(parts, 'removed') === after &&
      parts.every(({ kind, text }, place) => text !== '' && kind !== parts[place - 1]?.kind)
    );
  });
  holds(t, property, { numRuns: 1_000 });
});

await t.test('a changed figure is one part, and so is a changed word', async (t) => {
  const before = '全县共受理申请1,234件，比上年增长12.5%；其中予以公开98件。收费0.0001万元。';
  const after = '全县共受理申请1,243件，比上年下降13%；其中予以公开98件。收费0.0001万元，行政复议3件。';
  t.strictSame(compareTexts(before, after), [
    { kind: 'same', text: '全县共受理申请' },
    { kind: 'removed', text: '1,234' },
    { kind: 'added', text: '1,243' },
    { kind: 'same', text: '件，比上年' },
    { kind: 'removed', text: '增长12.5' },
    { kind: 'added', text: '下降13' },
    { kind: 'same', text: '%；其中予以公开98件。收费0.0001万元' },
    { kind: 'added', text: '，行政复议3件' },
    { kind: 'same', text: '。' },
  ]);
});

await t.test('a passage written anew is told as a whole, between the sentences that stayed', async (t) => {
  const [first, last] = ['一是认真落实主动公开。', '三是加强监督保障。'];
  const before = '存在的问题：公开内容不够全面，更新不够及时，人员业务水平有待提高。';
  const after = '我单位在政务公开工作中仍有差距，主要表现在重点领域信息公开深度不够。';
  t.strictSame(compareTexts(first + before + last, first + after + last), [
    { kind: 'same', text: first },
    { kind: 'removed', text: before },
    { kind: 'added', text: after },
    { kind: 'same', text: last },
  ]);
});

await t.test('a blank text becomes a written one in one part', async (t) => {
  t.strictSame(compareTexts('', '第一句。第二句。'), [{ kind: 'added', text: '第一句。第二句。' }]);
  t.strictSame(compareTexts('第一句。', ''), [{ kind: 'removed', text: '第一句。' }]);
});

await t.test('the longest texts that share nothing are told as a whole, without a search', async (t) => {
  const long = (first: number) =>
    String.fromCodePoint(...Array.from({ length: 100_000 }, (_, n) => first + (n % 2_999)));
  const [before, after] = [long(0x4e00), long(0x6000)];
  t.same(
    compareTexts(before, after).map(({ kind, text }) => [kind, text.length]),
    [
      ['removed', 100_000],
      ['added', 100_000],
    ],
  );
});
