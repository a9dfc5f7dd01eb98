import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import t from 'tap';
import { topics, type Claim, type Precision } from '../../src/domain/claim.ts';
import { normalise } from '../../src/domain/reading/normalise.ts';
import { chineseValue, readArabic } from '../../src/domain/reading/numeral.ts';
import { compileLexicon, readClaims } from '../../src/domain/reading/read.ts';
import { lexicon } from '../../src/forms/common/lexicon.ts';
import { holds } from '../support/property.ts';

/** What a careful person reads in a sentence; `quote` is the words that say it. */
interface Label {
  readonly topic: string;
  readonly kind: string;
  readonly value: number | null;
  readonly precision: Precision;
  readonly quote: string;
}

interface Labelled {
  readonly text: string;
  readonly year: number;
  readonly agencyName?: string;
  readonly claims: readonly Label[];
}

const reader = compileLexicon(lexicon);

const sentences = JSON.parse(
  readFileSync(new URL('../fixtures/sentences.json', import.meta.url), 'utf8'),
) as readonly Labelled[];

await t.test('what people read in the labelled sentences is read, and nothing else', async (t) => {
  const results = sentences.map((sentence) => compared(sentence));
  const falsely = results.flatMap(({ falsely }) => falsely);
  const missed = results.flatMap(({ missed }) => missed);
  const labels = sentences.flatMap(({ claims }) => claims).length;
  const right = labels - missed.length;
  const [precision, recall] = [right / (right + falsely.length), right / labels];
  t.comment(`${sentences.length} sentences, ${labels} claims: precision ${precision}, recall ${recall.toFixed(4)}`);
  t.same(falsely, [], 'nothing is read that is not there');
  t.equal(precision, 1);
  t.ok(recall > 0.95, missed.join('\n'));
});

await t.test('a sentence of its own says the same in the middle of others', async (t) => {
  const before = '我们认真学习有关文件。';
  for (const sentence of sentences.filter(({ text }) => text.endsWith('。'))) {
    const text = `${before}${sentence.text}各项任务圆满完成。`;
    const { falsely, missed } = compared({ ...sentence, text });
    t.same([falsely.length, missed.length], [0, compared(sentence).missed.length], sentence.text);
  }
});

await t.test('without the year no year in the text is this report’s', async (t) => {
  t.same(facts('2023年收到政府信息公开申请35件。', {}), []);
  t.same(facts('本年收到政府信息公开申请35件。', {}), ['requests count 35']);
});

await t.test('without the agency’s name every other name is doubtful', async (t) => {
  t.same(facts('县水利局收到政府信息公开申请35件。', { year: 2023 }), []);
  t.same(facts('全县收到政府信息公开申请35件。', { year: 2023 }), []);
  t.same(facts('我局收到政府信息公开申请35件。', { year: 2023 }), ['requests count 35']);
});

await t.test('the lexicon is data, and names topics there are', async (t) => {
  t.same(JSON.parse(JSON.stringify(lexicon)), lexicon);
  const named = lexicon.entries.flatMap(({ role, topic }) =>
    topic !== undefined && ['outcome', 'dispute', 'decision', 'ruling'].includes(role) ? [topic] : [],
  );
  t.same(
    named.filter((topic) => !(topics as readonly string[]).includes(topic)),
    [],
  );
  const twice = { ...lexicon, entries: [...lexicon.entries, { role: 'filler' as const, words: ['收到'] }] };
  t.throws(() => compileLexicon(twice), /收到/);
});

await t.test('numerals', async (t) => {
  const values = {
    三十五: 35,
    十: 10,
    一百零五: 105,
    一百一十五: 115,
    两千: 2000,
    廿六: 26,
    二〇二三: 2023,
    壹佰贰拾叁: 123,
  };
  for (const [written, value] of Object.entries(values)) t.equal(chineseValue(written), value, written);
  for (const written of ['三五', '一两', '三百五', '十十', '百千', '零零', '一二三', '万亿一']) {
    t.equal(chineseValue(written), null, `${written} is not a number people agree on`);
  }
  const arabic = {
    '3,259': 3259,
    '3 259': 3259,
    '1.2万': 12000,
    '3万5千': 35000,
    '2千万': 20000000,
    '1.2345万': 12345,
  };
  for (const [written, value] of Object.entries(arabic)) t.equal(readArabic(written, 0).value, value, written);
  for (const written of ['2021 35', '3,25', '3万5', '1.2.3']) t.equal(readArabic(written, 0).value, null, written);

  await t.test('every number is read back from Chinese numerals', async (t) => {
    holds(
      t,
      fc.property(fc.nat(999_999_999), (value) => chineseValue(inChinese(value)) === value),
      { numRuns: 2000 },
    );
  });

  await t.test('every number is read out of a sentence, however it is written', async (t) => {
    const spelled = fc.constantFrom(
      (value: number) => String(value),
      (value: number) => value.toLocaleString('en'),
      (value: number) => [...String(value)].map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).join(''),
      inChinese,
    );
    const isRead = (value: number, write: (value: number) => string) => {
      const text = `全年新收政府信息公开申请${write(value)}件。`;
      const [claim, ...others] = readClaims(reader, text, {});
      return claim?.topic === 'received' && claim.value === value && others.length === 0;
    };
    holds(t, fc.property(fc.nat(999_999), spelled, isRead));
  });
});

await t.test('whatever is read stands in the text', async (t) => {
  const piece = fc.oneof(
    fc.constantFrom(...lexicon.entries.flatMap(({ words }) => words)),
    fc.constantFrom(
      '，',
      '。',
      '；',
      '（',
      '）',
      '、',
      '\n',
      ' ',
      '《',
      '》',
      '35件',
      '2023年',
      '3,259件',
      '两千余件',
      '12.5%',
    ),
    fc.string({ maxLength: 3 }),
  );
  const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));
  const stands = (text: string, year: number | undefined, agencyName: string | undefined) =>
    readClaims(reader, text, { year, agencyName }).every((claim) => isWithin(claim, text));
  const year = fc.option(fc.integer({ min: 2019, max: 2026 }), { nil: undefined });
  const agencyName = fc.option(fc.constantFrom('某县水利局', '某市人民政府', ''), { nil: undefined });
  holds(t, fc.property(text, year, agencyName, stands), { numRuns: 2000 });
});

await t.test('no text is too strange to be read', async (t) => {
  const isRead = (text: string) => readClaims(reader, text, { year: 2023 }).every((claim) => isWithin(claim, text));
  holds(t, fc.property(fc.string({ unit: 'binary', maxLength: 200 }), isRead), { numRuns: 1000 });
});

await t.test('time is in proportion to the text: what is quadratic would not end', async (t) => {
  const pieces = [
    '一',
    '收到',
    '《',
    '“',
    '9',
    '（',
    '近',
    '1件',
    '结转',
    '市政府',
    '件，',
    '\n',
    ' ',
    '3,',
    '收到申请1件，',
    '第',
    '数',
  ];
  for (const piece of pieces) {
    const text = piece.repeat(100_000 / piece.length);
    t.ok(
      readClaims(reader, text, { year: 2023 }).every((claim) => isWithin(claim, text)),
      piece,
    );
  }
});

await t.test('one spelling', async (t) => {
  const read = (written: string) => normalise(reader.spelling, written).text;
  t.equal(read('新收 ３５　件'), '新收35件');
  t.equal(read('3 259\u00a0件'), '3 259件');
  t.equal(read('⾏政'), '行政');
  t.equal(read('政府資訊公開'), '政府信息公开');
  t.equal(read('35²件'), '35²件', 'a footnote is not a digit');
  t.equal(read('①35件'), ',35件', 'nor is a number in a circle');
  t.equal(read('情况\n全年'), '情况\n全年', 'a short line is a heading');
  t.equal(
    read('本年度我机关认真贯彻落实各项工作要求，全年共收\n到申请'),
    '本年度我机关认真贯彻落实各项工作要求,全年共收到申请',
  );
});

/** The labels not read, and what was read without a label; a claim is right if its words are those of the label. */
function compared({ text, year, agencyName, claims }: Labelled): { falsely: string[]; missed: string[] } {
  const read = [...readClaims(reader, text, { year, agencyName })];
  const missed = claims.filter((label) => {
    const place = read.findIndex((claim) => isSame(claim, label, text));
    if (place >= 0) read.splice(place, 1);
    return place < 0;
  });
  const say = (claim: Claim | Label, words: string) =>
    `${claim.topic} ${claim.kind} ${claim.value}: ${words} | ${text}`;
  return {
    falsely: read.map((claim) => say(claim, text.slice(claim.start, claim.end))),
    missed: missed.map((label) => say(label, label.quote)),
  };
}

function isSame(claim: Claim, label: Label, text: string): boolean {
  const words = text.slice(claim.start, claim.end);
  const said = claim.topic === label.topic && claim.kind === label.kind && claim.precision === label.precision;
  return said && claim.value === label.value && (words.includes(label.quote) || label.quote.includes(words));
}

function facts(text: string, context: { year?: number; agencyName?: string }): string[] {
  return readClaims(reader, text, context).map(({ topic, kind, value }) => `${topic} ${kind} ${value}`);
}

/** Inside the text, and a number that was read stands in the words. */
function isWithin({ start, end, kind }: Claim, text: string): boolean {
  const words = text.slice(start, end);
  const numbered =
    !['count', 'share', 'year'].includes(kind) || /[\d０-９〇零○一-九十百千万亿两廿卅卌壹-玖]/u.test(words);
  return start >= 0 && start < end && end <= text.length && numbered;
}

/** The numeral as it is taught: 一万零三十五. */
function inChinese(value: number): string {
  if (value === 0) return '零';
  const sections = [Math.floor(value / 1e8), Math.floor(value / 1e4) % 1e4, value % 1e4];
  let written = '';
  for (const [place, section] of sections.entries()) {
    if (section === 0) continue;
    const skips = written !== '' && section < 1000;
    written += (skips ? '零' : '') + belowTenThousand(section) + ['亿', '万', ''][place];
  }
  return written.replace(/^一十/, '十');
}

function belowTenThousand(value: number): string {
  const digits = [...String(value)].map(Number);
  return digits
    .map((digit, place) => {
      const unit = ['', '十', '百', '千'][digits.length - place - 1] ?? '';
      if (digit > 0) return `${'零一二三四五六七八九'[digit]}${unit}`;
      return digits.slice(place).some((later) => later > 0) && digits[place - 1] !== 0 ? '零' : '';
    })
    .join('');
}
