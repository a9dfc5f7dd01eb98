import fc from 'fast-check';
import t, { type Test } from 'tap';
import type { Figures } from '../../src/domain/figures.ts';
import { fill } from '../../src/domain/language.ts';
import { patternWords, type PatternName } from '../../src/domain/pattern.ts';
import { findSuspects, suspectSystem, type SuspectSet } from '../../src/domain/suspects.ts';
import { cellAt, consistentFigures, figuresWith, type Cells } from '../support/figures.ts';
import { formOf } from '../support/forms.ts';
import { identitiesOf } from '../support/identities.ts';

const form = formOf('2021');
const system = suspectSystem(form, identitiesOf(form));

const columns = ['natural', 'business', 'research', 'welfare', 'legal', 'otherOrg', 'total'];

/** A report that adds up, by rows of requests. */
const sound = figuresWith(form, {
  ...row('received', [50, 47, 30, 4, 0, 4, 135]),
  ...row('carriedIn', [3, 1, 0, 0, 0, 0, 4]),
  ...row('granted', [31, 35, 27, 4, 0, 2, 99]),
  ...row('partlyGranted', [12, 0, 0, 0, 0, 0, 12]),
  ...row('refusedThirdParty', [9, 12, 3, 0, 0, 2, 26]),
  ...row('concluded', [52, 47, 30, 4, 0, 4, 137]),
  ...row('carriedOut', [1, 1, 0, 0, 0, 0, 2]),
  'disputes.reconsideration.upheld': 2,
  'disputes.reconsideration.total': 2,
});

await t.test('a report that adds up has no pattern', async (t) => {
  t.same(findSuspects(system, sound), []);
});

/** What is typed instead of what adds up, and the pattern and first suspects that come out. */
const cases: readonly {
  readonly typed: Cells;
  readonly pattern: PatternName | undefined;
  readonly suspects: readonly string[];
  readonly why: string;
}[] = [
  { typed: { 'granted.research': 72 }, pattern: 'digitsTransposed', suspects: ['granted.research'], why: '27 as 72' },
  { typed: { 'granted.research': 36 }, pattern: undefined, suspects: ['granted.research'], why: '27 + 9 is none' },
  { typed: { 'granted.business': 3 }, pattern: 'digitDropped', suspects: ['granted.business'], why: '35 as 3' },
  { typed: { 'granted.business': 2 }, pattern: undefined, suspects: ['granted.business'], why: '35 as 2' },
  { typed: { 'granted.business': 335 }, pattern: 'digitDoubled', suspects: ['granted.business'], why: '35 as 335' },
  { typed: { 'granted.business': 345 }, pattern: 'digitAdded', suspects: ['granted.business'], why: '35 as 345' },
  { typed: { 'granted.business': 346 }, pattern: undefined, suspects: ['granted.business'], why: '35 as 346' },
  { typed: { 'granted.business': 350 }, pattern: 'zeroAdded', suspects: ['granted.business'], why: '35 as 350' },
  { typed: { 'granted.business': 3500 }, pattern: undefined, suspects: ['granted.business'], why: '35 as 3500' },
  { typed: { 'received.research': 3 }, pattern: 'zeroDropped', suspects: ['received.research'], why: '30 as 3' },
  { typed: { 'received.research': 0 }, pattern: undefined, suspects: ['received.research'], why: 'not filled in' },
  {
    typed: { 'refusedThirdParty.total': 0 },
    pattern: 'totalZero',
    suspects: ['refusedThirdParty.total'],
    why: '26 as 0',
  },
  {
    typed: { 'refusedThirdParty.total': 25 },
    pattern: 'totalUnchanged',
    suspects: ['refusedThirdParty.total'],
    why: '25',
  },
  {
    typed: { 'granted.research': null, 'granted.total': 90 },
    pattern: undefined,
    suspects: ['granted.total'],
    why: 'what its parts add up to is not known',
  },
  {
    typed: { 'refusedThirdParty.total': 62 },
    pattern: 'digitsTransposed',
    suspects: ['refusedThirdParty.total'],
    why: 'the slip tells more than that it is a total',
  },
  {
    typed: { 'concluded.natural': 44 },
    pattern: 'totalUnchanged',
    suspects: ['concluded.natural'],
    why: 'the total of a column',
  },
  {
    typed: { 'received.natural': 49 },
    pattern: undefined,
    suspects: ['received.natural'],
    why: 'no total of anything',
  },
  {
    typed: { 'granted.welfare': 0, 'granted.legal': 4 },
    pattern: 'nextColumn',
    suspects: ['granted.welfare', 'granted.legal'],
    why: 'one column to the right',
  },
  {
    typed: { 'granted.natural': 0, 'granted.legal': 31 },
    pattern: undefined,
    suspects: ['granted.natural', 'granted.legal'],
    why: 'not the next column',
  },
  {
    typed: { 'granted.welfare': 0, 'granted.legal': 3 },
    pattern: undefined,
    suspects: ['granted.welfare', 'granted.legal'],
    why: 'not the same figure',
  },
  {
    typed: { 'partlyGranted.natural': 0, 'refusedStateSecret.natural': 12 },
    pattern: 'nextRow',
    suspects: ['partlyGranted.natural', 'refusedStateSecret.natural'],
    why: 'one row down',
  },
  {
    typed: { 'partlyGranted.natural': 0, 'refusedByLaw.natural': 12 },
    pattern: undefined,
    suspects: ['partlyGranted.natural', 'refusedByLaw.natural'],
    why: 'two rows down',
  },
  {
    typed: { 'granted.natural': 35, 'granted.business': 31 },
    pattern: 'columnsSwapped',
    suspects: ['granted.natural', 'granted.business'],
    why: '31 and 35',
  },
  {
    typed: { 'granted.natural': 27, 'granted.research': 31 },
    pattern: undefined,
    suspects: ['granted.natural', 'granted.research'],
    why: 'no neighbours',
  },
  {
    typed: { 'granted.natural': 12, 'partlyGranted.natural': 31 },
    pattern: 'rowsSwapped',
    suspects: ['granted.natural', 'partlyGranted.natural'],
    why: '31 and 12',
  },
  {
    typed: { 'received.business': 1, 'carriedIn.business': 47 },
    pattern: 'rowsSwapped',
    suspects: ['received.business', 'carriedIn.business'],
    why: '47 and 1',
  },
  {
    typed: { 'granted.natural': 9, 'refusedThirdParty.natural': 31 },
    pattern: undefined,
    suspects: ['granted.natural', 'refusedThirdParty.natural'],
    why: 'no neighbours',
  },
];

for (const { typed, pattern, suspects, why } of cases) {
  await t.test(`${pattern ?? 'no pattern'}: ${why}`, async (t) => {
    const sets = setsOf(changed(requests(typed)));
    const set = pattern ? sets[0] : sets.find((each) => addresses(each).join() === full(suspects).join());
    t.same(set && addresses(set), full(suspects));
    t.equal(set?.pattern?.name, pattern);
    t.ok(pattern || sets.every((each) => each.pattern?.name !== 'rowShifted'));
    if (set)
      t.same(
        implied(set),
        set.cells.map(({ cell }) => sound[cell.index]),
      );
    if (set?.pattern) checkWords(t, set);
  });
}

await t.test('a figure beside its place is told with both places, whichever is first', async (t) => {
  const told = (typed: Cells) => sentence(setsOf(changed(requests(typed)))[0] as SuspectSet);
  t.equal(
    told({ 'granted.welfare': 0, 'granted.legal': 4 }),
    '4 疑为填错了一列：现填在“三（一）予以公开·法人或其他组织·法律服务机构”，似应填在相邻的“三（一）予以公开·法人或其他组织·社会公益组织”。',
  );
  t.equal(
    told({ 'granted.otherOrg': 0, 'granted.legal': 2 }),
    '2 疑为填错了一列：现填在“三（一）予以公开·法人或其他组织·法律服务机构”，似应填在相邻的“三（一）予以公开·法人或其他组织·其他”。',
  );
});

await t.test('a pattern comes before a smaller change without one', async (t) => {
  const sets = setsOf(changed({ 'disputes.reconsideration.upheld': 22 }));
  t.same(
    sets.map((set) => [set.cells[0]?.cell.column, set.cells[0]?.implied, set.pattern?.name]),
    [
      ['upheld', 2, 'digitDoubled'],
      ['total', 22, 'digitDropped'],
    ],
  );
  const others = setsOf(changed({ 'disputes.reconsideration.total': 5 }));
  t.same(
    others.map((set) => [set.cells[0]?.cell.column, set.pattern?.name]),
    [
      ['total', 'totalUnchanged'],
      ['upheld', undefined],
      ['corrected', undefined],
      ['otherOutcome', undefined],
      ['pending', undefined],
    ],
  );
});

await t.test('two neighbours that were swapped are listed as that, however many cells explain it', async (t) => {
  const [dense] = fc.sample(consistentFigures(form), { numRuns: 1, seed: 3 }) as [Figures];
  const requests = form.cells.filter(({ section }) => section === 'requests');
  let most = 0;
  for (const figures of [sound, dense]) {
    for (const { index } of requests) {
      const { column, row } = system.patterns.next[index] as { column?: number; row?: number };
      for (const other of [column, row]) {
        const [a, b] = [figures[index] as number, figures[other ?? index] as number];
        if (other === undefined || a === b) continue;
        const [block] = findSuspects(system, figures.with(index, b).with(other, a));
        const set = block?.sets.find(({ cells }) => cells[0]?.cell.index === index && cells[1]?.cell.index === other);
        const beside = a === 0 || b === 0;
        const [columns, rows] = beside ? ['nextColumn', 'nextRow'] : ['columnsSwapped', 'rowsSwapped'];
        t.same(set && [set.pattern?.name, ...implied(set)], [other === column ? columns : rows, a, b]);
        most = Math.max(most, (block?.sets.length ?? 0) + (block?.omitted ?? 0));
      }
    }
  }
  t.ok(most > 20, `up to ${most} sets`);
});

await t.test('a row that was typed one column off is recognised, whichever way', async (t) => {
  const shifts: [typed: number[], direction: string][] = [
    [[35, 27, 4, 0, 2, 99, 0], '右'],
    [[0, 31, 35, 27, 4, 0, 2], '左'],
    [[35, 27, 4, 0, 2, 0, 99], '右'],
  ];
  for (const [typed, direction] of shifts) {
    const [block] = findSuspects(system, changed(row('granted', typed)));
    t.match(block, { beyond: true, omitted: 0 });
    t.equal(block?.sets.length, 1);
    const set = block?.sets[0] as SuspectSet;
    t.equal(set.explains, block?.failures);
    t.equal(sentence(set), `“三（一）予以公开”一行疑为整行错位一列，各数似应向${direction}移一列。`);
    checkWords(t, set);
    t.same(
      implied(set),
      set.cells.map(({ cell }) => sound[cell.index]),
    );
    const places = new Set(set.cells.map(({ cell }) => cell.index));
    const others = form.cells.filter(({ index }) => !places.has(index));
    t.ok(
      others.every(({ index }) => changed(row('granted', typed))[index] === sound[index]),
      'every cell that differs',
    );
  }
});

await t.test('a row is not called shifted unless that makes everything hold', async (t) => {
  const beyond = (cells: Cells) =>
    findSuspects(system, changed(cells)).map(({ beyond, sets }) => [beyond, sets.length]);
  t.same(beyond(row('granted', [35, 27, 4, 0, 2, 98, 0])), [[true, 0]], 'with another slip in it');
  t.same(beyond(row('granted', [35, 27, 4, 0, 2, 99, 1])), [[true, 0]], 'a figure would fall off');
  t.same(
    beyond({ ...row('granted', [35, 27, 4, 0, 2, 99, 0]), 'requests.carriedIn.natural': 9 }),
    [[true, 0]],
    'another row is wrong too',
  );
  t.same(beyond(row('granted', [27, 4, 0, 2, 99, 0, 0])), [[true, 0]], 'two columns off');
});

await t.test('every pattern is a sentence in both languages with the same placeholders', async (t) => {
  const placeholders = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort();
  for (const [name, words] of Object.entries(patternWords)) {
    t.same(placeholders(words['zh-CN']), placeholders(words.en), name);
  }
});

function row(key: string, figures: readonly number[]): Cells {
  return Object.fromEntries(columns.map((column, n) => [`requests.${key}.${column}`, figures[n] as number]));
}

function requests(cells: Cells): Cells {
  return Object.fromEntries(Object.entries(cells).map(([cell, figure]) => [`requests.${cell}`, figure]));
}

function changed(cells: Cells): Figures {
  const figures = sound.slice();
  for (const [address, figure] of Object.entries(cells)) figures[cellAt(form, address).index] = figure ?? Number.NaN;
  return figures;
}

function setsOf(figures: Figures): readonly SuspectSet[] {
  const blocks = findSuspects(system, figures);
  t.equal(blocks.length, 1, 'one block is wrong');
  return blocks[0]?.sets ?? [];
}

function full(cells: readonly string[]): string[] {
  return cells.map((cell) => `requests.${cell}`);
}

function addresses({ cells }: SuspectSet): string[] {
  return cells.map(({ cell }) => cell.address);
}

function implied({ cells }: SuspectSet): (number | null)[] {
  return cells.map(({ implied }) => implied);
}

function sentence({ pattern }: SuspectSet, language: 'zh-CN' | 'en' = 'zh-CN'): string {
  return pattern ? fill(patternWords[pattern.name], language, pattern.params) : '';
}

function checkWords(t: Test, set: SuspectSet): void {
  for (const language of ['zh-CN', 'en'] as const) t.notMatch(sentence(set, language), /[{}]/, sentence(set, language));
}
