import fc from 'fast-check';
import t from 'tap';
import { comparedCharacters } from '../../src/domain/compared-characters.ts';
import { holds } from '../support/property.ts';

const compared = (text: string, agencyName?: string) => {
  return Array.from(comparedCharacters(text, agencyName), (character) => String.fromCodePoint(character)).join('');
};

/** The same said in words of text, without looking at single characters. */
function inWords(text: string, names: readonly string[] = []): string {
  const letters = text.normalize('NFKC').replace(/[^\p{L}\p{M}\p{N}]+/gu, '');
  return names.reduce((rest, name) => rest.replaceAll(name, '\ue001'), letters).replace(/\p{Nd}+/gu, '\ue000');
}

await t.test('what is compared are letters, a mark for each number and one for each name', (t) => {
  t.equal(compared('（一）市 教育局“新收”３，２５９ 件…', '示例市教育局'), '一市\ue001新收\ue000件');
  t.equal(compared('2023年12'), '\ue000年\ue000');
  t.equal(compared('示例市教育局1教育局教育局22'), '示例市教育局\ue000教育局教育局\ue000', 'whose name is not known');
  t.equal(compared('示例市教育局1教育局教育局22', '示例市教育局'), '\ue001\ue000\ue001\ue001\ue000');
  t.equal(compared(''), '');
  t.equal(compared('，'), '');
  t.end();
});

await t.test('every character is normalised as in a text, alone and between others', (t) => {
  const units = Array.from({ length: 2 ** 16 }, (_, unit) => String.fromCharCode(unit));
  const wrong = units.filter((unit) => {
    return [unit, `公${unit}开`, `e${unit}5`, `か${unit}각`].some((text) => compared(text) !== inWords(text));
  });
  t.same(wrong, []);
  t.end();
});

/** What stands alone, what joins what stands before it, and what is written with several letters. */
const character = fc.constantFrom(
  ...'公开示例市教育局1２٣٤一é＂℃㎡…①',
  '\u0301',
  'か',
  '\u3099',
  'ﾞ',
  'ᄀ',
  'ᅡ',
  'ᆨ',
  '가',
  '𠮷',
  '\ud800',
);
const text = fc.oneof(
  fc.array(character, { maxLength: 40 }).map((characters) => characters.join('')),
  fc
    .array(fc.constantFrom('示例市教育局', '教育局', '局教', '示例', '12'), { maxLength: 12 })
    .map((words) => words.join('')),
  fc.string({ unit: 'binary', maxLength: 40 }),
);

await t.test('any text is normalised as a whole', (t) => {
  holds(
    t,
    fc.property(text, (text) => compared(text) === inWords(text)),
    { numRuns: 2_000 },
  );
  const named = (text: string) => compared(text, '示例市教育局') === inWords(text, ['示例市教育局', '教育局']);
  holds(t, fc.property(text, named), { numRuns: 2_000 });
  const repeating = (text: string) => compared(text, '局教局') === inWords(text, ['局教局']);
  holds(t, fc.property(text, repeating), { numRuns: 2_000 });
  t.end();
});
