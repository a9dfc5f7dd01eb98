import fc from 'fast-check';
import t from 'tap';
import { jsonFault } from '../../src/schemas/json-fault.ts';
import { whyNotJson, whyNotUtf8 } from '../../src/schemas/json-words.ts';
import { holds } from '../support/property.ts';

/** What is sent, and what is said of it: from the character on, counted from 1, that is at fault. */
const cases: readonly (readonly [sent: string, said: string])[] = [
  ['', '第 1 个字符：没有内容。'],
  ['{"a":', '第 6 个字符：内容到这里就断了，可能没有发送完整。'],
  ['{"a":"b', '第 6 个字符：从这里开始的字符串没有结束的双引号。'],
  ['{"a":1,}', '第 7 个字符：“}”前面多了一个逗号。'],
  ['[1, ]', '第 3 个字符：“]”前面多了一个逗号。'],
  ['[1,,2]', '第 4 个字符：这里应当是一个值，却是“,”。'],
  ['{“a”:1}', '第 2 个字符：这里是全角（中文）字符 “ ，请改为半角的 " 。'],
  ['{"a”:1}', '第 4 个字符：这里是全角（中文）字符 ” ，请改为半角的 " 。'],
  ['{"a":"b”}', '第 8 个字符：这里是全角（中文）字符 ” ，请改为半角的 " 。'],
  ['{"a":"b”,\n"c":1}', '第 1 行第 8 个字符：这里是全角（中文）字符 ” ，请改为半角的 " 。'],
  ['{"a":"b”,"c":1}', '第 8 个字符：这里是全角（中文）字符 ” ，请改为半角的 " 。'],
  ['{"a":1，"b":2}', '第 7 个字符：这里是全角（中文）字符 ， ，请改为半角的 , 。'],
  ['{"a"：1}', '第 5 个字符：这里是全角（中文）字符 ： ，请改为半角的 : 。'],
  ['{"a":１}', '第 6 个字符：这里是全角（中文）字符 １ ，请改为半角的 1 。'],
  ['{\u3000"a":1}', '第 2 个字符：这里是全角（中文）字符 U+3000 ，请改为半角的 空格 。'],
  ['{"a":"他说：“好”" "b":1}', '第 15 个字符：这里应当是逗号或“}”，却是“"”。'],
  ['{"a":"他说”好" 1}', '第 13 个字符：这里应当是逗号或“}”，却是“1”。'],
  ['{"a":1\r\n"b":2}', '第 2 行第 1 个字符：这里应当是逗号或“}”，却是“"”。'],
  ['{a:1}', '第 2 个字符：这里应当是带双引号的名称，却是“a”。'],
  ['{"a" 1}', '第 6 个字符：这里应当是冒号，却是“1”。'],
  ["{'a':1}", '第 2 个字符：字符串须用双引号，不能用单引号。'],
  ['{"a":True}', '第 6 个字符：“True”没有加双引号，也不是 true、false 或 null。'],
  [`[${'x'.repeat(50)}]`, `第 2 个字符：“${'x'.repeat(20)}…”没有加双引号，也不是 true、false 或 null。`],
  ['{"a":01}', '第 6 个字符：“01”不是 JSON 的数，应写作 12、-3 或 0.5 这样。'],
  ['{"a":12件}', '第 8 个字符：这里应当是逗号或“}”，却是“件”。'],
  ['{"a":1}}', '第 8 个字符：内容已经结束，后面却还有“}”。'],
  ['{"𠮷𠮷":\u00A0}', '第 7 个字符：这里应当是一个值，却是“U+00A0”。'],
  ['"D:\\年报"', '第 4 个字符：“\\年”不是 JSON 的转义；反斜杠本身须写作 \\\\。'],
  ['"\\u00g0"', '第 2 个字符：“\\u”不是 JSON 的转义；反斜杠本身须写作 \\\\。'],
  ['"a\nb"', '第 1 行第 3 个字符：字符串中间换了行：少了结束的双引号，或者换行没有写作 \\n。'],
  ['"a\tb"', '第 3 个字符：字符串里有控制字符 U+0009，须写作转义（如制表符写作 \\t）。'],
  ['{} // 完', '第 4 个字符：JSON 里不能有注释。'],
  ['\uFEFF{}', '第 1 个字符：这里有字节顺序标记（BOM），它只能在正文的最前面，而且只能有一个。'],
  ['{\0"\0', '第 2 个字符：这里是空字节：内容可能是 UTF-16 编码，须转换为 UTF-8。'],
];

await t.test('each kind of fault is told by its name, where it stands', async (t) => {
  for (const [sent, said] of cases) t.equal(whyNotJson(sent)['zh-CN'], said, JSON.stringify(sent));
});

await t.test('and in English, without a word of Chinese but what was sent', async (t) => {
  t.equal(whyNotJson('{"a":1,\n}').en, 'line 1, character 7: there is a comma too many before “}”.');
  for (const [sent] of cases)
    t.notMatch(whyNotJson(sent).en.replaceAll('年', '').replaceAll('件', ''), /\p{Script=Han}|\{\w+\}/u);
});

await t.test('bytes that are not UTF-8 are told from where on', async (t) => {
  const gbk = Buffer.from([0xce, 0xc4]);
  const marked = Buffer.concat([Buffer.from('\uFEFF{\n"字\uFFFD'), gbk]);
  t.match(whyNotUtf8(marked)['zh-CN'], /^第 2 行第 4 个字符：从这里起不是 UTF-8 编码（可能是 GBK）/);
  t.match(whyNotUtf8(Buffer.from('\uFEFF{}', 'utf16le')).en, /it is UTF-16/);
});

/** JSON, broken in up to three places as people and programs break it. */
const nearJson = fc
  .tuple(
    fc.json(),
    fc.array(
      fc.record({
        at: fc.nat(60),
        taken: fc.nat(2),
        put: fc.constantFrom(
          ',',
          '"',
          '”',
          '{',
          ']',
          '}',
          ':',
          '\\',
          '\n',
          '0',
          '-',
          '.',
          'e',
          'true',
          ' ',
          '，',
          '\\u00e',
          '/',
        ),
      }),
      { maxLength: 3 },
    ),
  )
  .map(([json, breaks]) =>
    breaks.reduce((text, { at, taken, put }) => text.slice(0, at) + put + text.slice(at + taken), json),
  );

await t.test('whatever JSON may hold is no fault', async (t) => {
  const text = ' {"a\\"\\\\\\/\\b\\f\\n\\r\\t\\u00eF“”": [-0.5e+3, 1E2, 0, true, false, null, {}, [ ]]}\r\n\t';
  t.doesNotThrow(() => void JSON.parse(text));
  t.equal(jsonFault(text), undefined);
});

await t.test('a fault is found in what is no JSON, and in nothing else', async (t) => {
  holds(
    t,
    fc.property(nearJson, (text) => (jsonFault(text) === undefined) === isJson(text)),
    { numRuns: 1_000 },
  );
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
