import fc from 'fast-check';
import t from 'tap';
import {
  bandsOf,
  estimate,
  jaccard,
  shinglesOf,
  signatureBytes,
  signatureFromBytes,
  signatureOf,
} from '../../src/domain/similarity.ts';
import { holds } from '../support/property.ts';

/** An overview as they are written, by agency, year and figures. */
const overview = (agency: string, year: number, received: string, published: string) =>
  `${year}年，${agency}认真贯彻落实《中华人民共和国政府信息公开条例》，坚持以公开为常态、不公开为例外，` +
  `全年主动公开政府信息${published}条，其中政务动态类信息占比较高。依申请公开方面，全年新收政府信息公开申请${received}件，` +
  `均在法定期限内答复。${agency}健全信息发布审核制度，明确专人负责平台维护，定期开展自查，并接受社会监督。`;

const other =
  '我镇紧扣群众关切，把惠民政策、工程招投标和救助资金发放情况搬上村务公开栏。一年来组织镇村干部培训四场，' +
  '整理归档历年文件，开通微信公众号专栏，方便村民查询。没有发生因信息公开引起的行政复议和诉讼。' +
  '下一步准备补齐乡村网格员队伍，缩短答复时限，让村民少跑路。';

const similarity = (one: string, another: string, agency?: string, otherAgency = agency) =>
  jaccard(shinglesOf(one, agency), shinglesOf(another, otherAgency));

await t.test('numbers make no difference, however they are written', async (t) => {
  const text = overview('我局', 2023, '3259', '12');
  t.ok(shinglesOf(text, undefined).length > 100);
  t.equal(similarity(text, overview('我局', 2024, '8', '1,024')), 1);
  t.equal(similarity(text, overview('我局', 2024, '３，２５９', '98.5')), 1, 'full-width digits and separators');
  t.ok(similarity(text, overview('我局', 2024, '八', '12')) < 1, 'Chinese numerals are words');
});

await t.test('space, punctuation and the width of characters make no difference', async (t) => {
  const text = overview('我局', 2023, '2', '12');
  t.equal(similarity(text, text.replace(/[，。、《》]/g, '')), 1);
  t.equal(similarity(text, text.replaceAll('，', ', ').replaceAll('。', '.\n\n　　')), 1);
  t.equal(similarity(`${text}ABC`, `${text}ＡＢＣ\u200b\ufeff`), 1);
});

await t.test('the name of the agency makes no difference, with or without the place before it', async (t) => {
  const pairs: [name: string, called: string][] = [
    ['示例市教育局', '示例市教育局'],
    ['示例市教育局', '教育局'],
    ['示例省示例自治州示例县水利局', '水利局'],
    ['滑县水利局', '水利局'],
    ['示例市城市管理局', '城市管理局'],
    ['示例市市场监督管理局', '市场监督管理局'],
    ['示例市教育局（体育局）', '示例市教育局(体育局)'],
    ['示例县第12中学', '第12中学'],
    ['示例省示例市财局', '示例市财局'],
  ];
  const expected = shinglesOf(overview('示例市发展和改革委员会', 2023, '2', '9'), '示例市发展和改革委员会');
  for (const [name, called] of pairs)
    t.equal(jaccard(shinglesOf(overview(called, 2023, '3', '7'), name), expected), 1, `${name} as ${called}`);
});

await t.test('no part of a name is taken for it, and no other agency’s name', async (t) => {
  const text = (name: string) => overview(name, 2023, '2', '9');
  t.ok(similarity(text('水利局'), text('教育局'), '示例市水利局', undefined) < 1, 'of an unknown agency');
  t.ok(similarity(text('水利局'), text('教育局'), '示例市水利局') < 1, 'of another agency');
  t.ok(similarity(text('财局'), text('水局'), '示例市财局', '示例市水局') < 1, 'nothing shorter than three characters');
  t.same(shinglesOf(text('教育局'), ''), shinglesOf(text('教育局'), undefined));
  t.same(shinglesOf(text('教育局'), '（）'), shinglesOf(text('教育局'), undefined), 'a name of nothing but brackets');
});

await t.test('what was copied and touched up is nearly the same, what was written anew is not', async (t) => {
  const text = overview('我局', 2023, '2', '9');
  const touchedUp = text.replace('并接受社会监督', '并接受群众监督');
  t.ok(similarity(text, touchedUp) > 0.85 && similarity(text, touchedUp) < 1);
  t.ok(similarity(text, other) < 0.3);
  t.ok(estimate(signatureOf(shinglesOf(text, undefined)), signatureOf(shinglesOf(other, undefined))) < 0.3);
});

await t.test('a text too short to compare is like no other', async (t) => {
  const text = Array.from({ length: 50 }, (_, place) => String.fromCodePoint(0x4e00 + place)).join('');
  t.equal(shinglesOf(text, undefined).length, 46);
  t.equal(shinglesOf([...text].slice(1).join(''), undefined).length, 0);
  t.equal(shinglesOf('𠮷'.repeat(49), undefined).length, 0, 'characters are counted, not UTF-16 units');
  t.equal(new Set(shinglesOf('𠮷'.repeat(50), undefined)).size, 1, 'a 5-gram that comes again is the same');
  const none = shinglesOf('无', undefined);
  t.equal(jaccard(none, none), 0);
  t.equal(jaccard(none, shinglesOf(text, undefined)), 0);
  t.equal(signatureOf(none).length, 0);
  t.same(bandsOf(signatureOf(none), ''), []);
  t.equal(estimate(signatureOf(none), signatureOf(none)), 0);
});

const agency = '示例市教育局';

/** Few characters, so that 5-grams come again; of every kind that normalising knows. */
const character = fc.constantFrom('公', '开', '信', '息', '𠮷', 'é', 'ｱ', '3', '７', '，', ' ', '%', agency, '教育局');
const narrative = fc.array(character, { minLength: 40, maxLength: 200 }).map((characters) => characters.join(''));

await t.test('neither the order of shingles nor how often they come matters to a signature', async (t) => {
  const asSet = (text: string) => {
    const shingles = shinglesOf(text, undefined);
    const once = Uint32Array.from(new Set(shingles.toSorted()));
    return Buffer.from(signatureBytes(signatureOf(once))).equals(signatureBytes(signatureOf(shingles)));
  };
  holds(t, fc.property(narrative, asSet));
});

await t.test('similarity is what the sets of 5-grams say, written out as strings', async (t) => {
  const exact = ([one, another]: readonly [string, string]) =>
    similarity(one, another, agency) === naive(grams(one), grams(another));
  const revised = fc
    .tuple(narrative, fc.nat(200), fc.nat(20), narrative)
    .map(([text, at, cut, added]) => [text, text.slice(0, at) + added.slice(0, 15) + text.slice(at + cut)] as const);
  holds(t, fc.property(fc.tuple(narrative, narrative), exact));
  holds(t, fc.property(revised, exact), { numRuns: 300 });
});

function grams(text: string): Set<string> {
  const letters = [...text.normalize('NFKC')].filter((character) => /[\p{L}\p{M}\p{N}]/u.test(character)).join('');
  const characters = [...letters.split(agency).join('A').split('教育局').join('A').replace(/\d+/g, 'N')];
  if (characters.length < 50) return new Set();
  return new Set(characters.slice(4).map((_, start) => characters.slice(start, start + 5).join('')));
}

function naive(one: Set<string>, another: Set<string>): number {
  const common = [...one].filter((gram) => another.has(gram)).length;
  return common === 0 ? 0 : common / new Set([...one, ...another]).size;
}

/** Random numbers, the same in every run (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Compared {
  readonly truth: number;
  readonly estimated: number;
  readonly share: boolean;
}

/** Pairs of a text and a revision of it, from untouched to hardly recognisable. */
function comparedPairs(count: number, seed: number, shortest: number, longest: number): Compared[] {
  const random = seeded(seed);
  const anyCharacter = () => String.fromCodePoint(0x4e00 + Math.floor(random() * 2_000));
  return Array.from({ length: count }, () => {
    const text = Array.from({ length: shortest + Math.floor(random() * (longest - shortest)) }, anyCharacter);
    const share = random() ** 3 / 5;
    const revision = text.map((character) => (random() < share ? anyCharacter() : character));
    return compared(text.join(''), revision.join(''));
  });
}

function compared(one: string, another: string): Compared {
  const [a, b] = [shinglesOf(one, undefined), shinglesOf(another, undefined)];
  const [signature, other] = [signatureOf(a), signatureOf(b)];
  const bands = new Set(bandsOf(other, ''));
  return {
    truth: jaccard(a, b),
    estimated: estimate(signature, other),
    share: bandsOf(signature, '').some((band) => bands.has(band)),
  };
}

const pairs = comparedPairs(3_000, 1, 60, 960);

/** How far estimates are off, beside how far those of 64 permutations would be. */
function errorsOf(pairs: readonly Compared[]): { mean: number; spread: number; allowed: number } {
  const meanOf = (of: (pair: Compared) => number) => pairs.reduce((sum, pair) => sum + of(pair), 0) / pairs.length;
  return {
    mean: meanOf(({ truth, estimated }) => estimated - truth),
    spread: Math.sqrt(meanOf(({ truth, estimated }) => (estimated - truth) ** 2)),
    allowed: Math.sqrt(meanOf(({ truth }) => (truth * (1 - truth)) / 64)),
  };
}

await t.test('signatures estimate the similarity, not always but on average', async (t) => {
  for (const [shortest, longest] of [
    [60, 960],
    [50, 70],
    [100, 150],
    [300, 400],
  ] as const) {
    const { mean, spread, allowed } = errorsOf(comparedPairs(3_000, shortest, shortest, longest));
    t.ok(Math.abs(mean) < 0.003, `neither too high nor too low: ${mean} from ${shortest} characters`);
    t.ok(spread < allowed, `no wider than 64 permutations would: ${spread} < ${allowed}`);
  }
  t.equal(estimate(signatureOf(Uint32Array.of(1, 2)), signatureOf(Uint32Array.of(1, 2))), 1);
});

await t.test('a text with fewer 5-grams than a signature has values is compared by what it has', async (t) => {
  const alike = (one: number[], another: number[]) =>
    estimate(signatureOf(Uint32Array.from(one)), signatureOf(Uint32Array.from(another)));
  t.equal(alike([1], [2]), 0, 'places nothing fell into are not the same');
  t.ok(Math.abs(alike([1, 2], [2, 3]) - 1 / 3) < 0.15);
  t.ok(Math.abs(alike([1, 2], [1]) - 1 / 2) < 0.15);
});

await t.test('texts that are 85 % the same share a band, those that are not hardly ever do', async (t) => {
  const alike = pairs.filter(({ truth }) => truth >= 0.85);
  const nearly = alike.filter(({ truth }) => truth < 0.9);
  t.ok(alike.length > 1_000 && nearly.length > 100, `${alike.length}, ${nearly.length} of them barely`);
  t.same(
    alike.filter(({ share }) => !share),
    [],
  );
  t.ok(
    alike.every(({ truth, estimated }) => estimated > truth - 0.18),
    'nor is any taken to be much less',
  );
  const different = pairs.filter(({ truth }) => truth < 0.3);
  t.ok(different.length > 200);
  t.ok(different.filter(({ share }) => share).length < different.length / 10, 'so that few are read in vain');
});

await t.test('a band is a number of 32 bits, another one for other texts', async (t) => {
  const bands = (text: string, among = 'overview') => bandsOf(signatureOf(shinglesOf(text, undefined)), among);
  const [one, another] = [bands(overview('我局', 2023, '2', '9')), bands(other)];
  t.equal(one.length, 10);
  t.same(
    [...one, ...another].map((band) => band | 0),
    [...one, ...another],
  );
  t.same(new Set(bandsOf(new Uint32Array(64), '')).size, 10, 'the same four values in two bands are two numbers');
  const shared = (others: readonly number[]) => one.filter((band) => others.includes(band));
  t.same(shared(another), []);
  for (const among of ['other', '']) {
    t.same(shared(bands(overview('我局', 2023, '2', '9'), among)), [], 'in another section, another number');
  }
});

await t.test('a signature survives the store, wherever its bytes stand', async (t) => {
  const signature = signatureOf(shinglesOf(other, undefined));
  const bytes = signatureBytes(signature);
  t.equal(bytes.length, 256);
  t.same([...signatureBytes(Uint32Array.of(0x01020304))], [4, 3, 2, 1], 'little-endian');
  t.same(signatureFromBytes(bytes), signature);
  t.same(signatureFromBytes(Buffer.concat([Buffer.of(1, 2, 3), bytes]).subarray(3)), signature);
  t.equal(signatureFromBytes(new Uint8Array()).length, 0);
});

/**
 * Every signature in every store was made like these. Never edit a value here without signing every report again.
 */
await t.test('signatures are what they have always been', async (t) => {
  const text = overview('示例市教育局', 2023, '3,259', '12');
  const shingles = new Set(shinglesOf(text, '示例市教育局'));
  const signature = signatureOf(Uint32Array.from(shingles));
  t.equal(shingles.size, 121);
  t.same([...shingles].sort((one, other) => one - other).slice(0, 4), [56415956, 60428867, 61504692, 162220635]);
  t.same([...signature.slice(0, 4)], [56415956, 2192265436, 162220635, 213390159]);
  t.same([...signature.slice(60)], [4044578592, 4141696007, 4168903449, 4294372875]);
});
