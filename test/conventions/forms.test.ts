import { createHash } from 'node:crypto';
import t, { type Test } from 'tap';
import type { Block, Edition, Group, Line, TableSection } from '../../src/domain/edition.ts';
import { linesOf, select } from '../../src/domain/expression.ts';
import { layOut, type Form } from '../../src/domain/form.ts';
import { compileIndicators, type Indicator } from '../../src/domain/indicator.ts';
import { languages, type Words } from '../../src/domain/language.ts';
import type { RuleTest } from '../../src/domain/rule.ts';
import { editions } from '../../src/forms/editions.ts';
import { casesOf, readCases } from '../support/cases.ts';
import { cellAt } from '../support/figures.ts';
import { forms } from '../support/forms.ts';

/**
 * The permanent order of an edition's cells: the SHA-256 of their addresses, one a line. Changing it breaks every
 * vector already stored: a figure would be read as another cell's. Never edit a line here; add one for a new edition.
 */
const permanentOrder: Readonly<Record<string, { cells: Readonly<Record<string, number>>; sha256: string }>> = {
  '2019': {
    cells: { disclosure: 22, requests: 161, disputes: 15 },
    sha256: 'afd0456169ed0c7a8e8d6fb7af1f6d8bdbca6a2446581cc697d7a2493b326d96',
  },
  '2021': {
    cells: { disclosure: 10, requests: 175, disputes: 15 },
    sha256: '2921c572f23a63137fdb506276ef623903cb550976142d8310b5183a4275dcd2',
  },
};

/** What each kind of test fills in its rule's message beside `{at}`. */
const placeholdersOf: { readonly [T in RuleTest['type']]: readonly string[] } = {
  sum: ['left', 'right', 'difference'],
  ratio: ['left', 'right', 'difference', 'percent', 'limit'],
  change: ['left', 'right', 'difference', 'factor', 'change'],
  outlier: ['left', 'right', 'count'],
  length: ['length', 'bounds'],
  zero: [],
  entitlement: ['count', 'cells'],
  subtotals: ['left', 'right'],
  claims: ['quote', 'right'],
  period: ['quote', 'left', 'right'],
  mention: ['cause'],
  similarity: ['others'],
  consolidation: ['left', 'right', 'difference', 'reported', 'expected'],
  coverage: ['count', 'cells'],
  complete: ['count', 'cells'],
};

const cases = readCases();

await t.test('editions have ids of their own and share no year', async (t) => {
  t.same(repeated(editions.map(({ id }) => id)), []);
  const years = editions.flatMap(({ years: { first, last = 2100 } }) =>
    Array.from({ length: last - first + 1 }, (_, n) => first + n),
  );
  t.same(repeated(years.map(String)), [], 'no year has two editions');
  t.equal(years.length, Math.max(...years) - Math.min(...years) + 1, 'no year between two editions is left out');
});

await t.test('every case file belongs to a rule', async (t) => {
  const rules = new Set(editions.flatMap((edition) => edition.rules.map(({ id }) => id)));
  t.same(
    [...cases.keys()].filter((file) => !rules.has(file.replace(/@.*$/, ''))),
    [],
  );
});

for (const form of forms) {
  const { edition } = form;
  const tables = edition.sections.filter((section): section is TableSection => section.kind === 'table');

  await t.test(`edition ${edition.id}`, async (t) => {
    await t.test('keys are unique where one is meant', async (t) => {
      t.same(repeated(edition.sections.map(({ key }) => key)), [], 'sections');
      t.same(repeated(form.cells.map(({ address }) => address)), [], 'addresses');
      t.equal(form.cellAt.size, form.cells.length, 'every cell is found by its address');
      for (const table of tables) {
        t.same(repeated(table.blocks.map(({ key }) => key)), [], `blocks of ${table.key}`);
        t.same(repeated(rowNames(table)), [], `rows of ${table.key} and their groups`);
        for (const block of table.blocks) t.same(repeated(columnNames(block)), [], `columns of ${block.key}`);
      }
    });

    await t.test('keys are words an address can hold', async (t) => {
      const keys = [...edition.sections.map(({ key }) => key), ...tables.flatMap(rowNames)];
      const columns = tables.flatMap(({ blocks }) => blocks.flatMap(columnNames));
      t.same(
        [...keys, ...columns].filter((key) => !/^[a-z][A-Za-z0-9]*$/.test(key)),
        [],
      );
    });

    await t.test('groups stand in groups that exist, never in themselves', async (t) => {
      for (const { groups, lines } of tables.flatMap(axes)) {
        const known = new Set(groups.map(({ key }) => key));
        const named = [...lines.map(({ group }) => group), ...groups.map(({ within }) => within)];
        t.same(
          named.filter((key) => key !== undefined && !known.has(key)),
          [],
        );
        for (const group of groups) t.notOk(standsInItself(group, groups), `${group.key} does not stand in itself`);
        const used = new Set(named);
        t.same(
          groups.filter(({ key }) => !used.has(key)),
          [],
          'no group is empty',
        );
      }
    });

    await t.test('totals add up what exists and never themselves', async (t) => {
      for (const { groups, lines } of tables.flatMap(axes)) {
        const known = new Set(['*', ...groups.map(({ key }) => key)]);
        const of = lines.flatMap(({ totalOf }) => totalOf ?? []);
        t.same(
          of.filter((source) => !known.has(source)),
          [],
        );
      }
      const partsOf = new Map(form.totalCells.map(({ cell, parts }) => [cell.index, parts]));
      const reaches = (place: number, goal: number): boolean =>
        [...(partsOf.get(place) ?? [])].some((part) => part === goal || reaches(part, goal));
      for (const { cell, parts } of form.totalCells) {
        t.ok(parts.length > 1, `${cell.address} is the total of something`);
        t.notOk(reaches(cell.index, cell.index), `${cell.address} is no part of itself`);
      }
    });

    await t.test('rules have ids of their own, a case each way, and selectors that name cells', async (t) => {
      t.same(repeated(edition.rules.map(({ id }) => id)), []);
      for (const rule of edition.rules) {
        t.match(rule.id, /^[a-z]+\.[a-zA-Z]+$/);
        t.ok(
          casesOf(cases, rule.id, edition.id)?.pass[0] && casesOf(cases, rule.id, edition.id)?.fail[0],
          `${rule.id} has a case that passes and one that fails`,
        );
        const instances = form.instances.filter((instance) => instance.rule === rule);
        t.ok(instances.length > 0, `${rule.id} is looked at somewhere`);
        t.same(repeated(instances.map(({ at }) => at)), [], `${rule.id} is looked at once in each place`);
        if (rule.test.type === 'sum') addsUpAlike(t, form, rule.test);
      }
    });

    await t.test('messages use the placeholders their kind of test fills', async (t) => {
      for (const rule of edition.rules) {
        const known = ['at', ...Object.keys(rule.thresholds ?? {}), ...placeholdersOf[rule.test.type]];
        for (const language of languages) {
          const used = [...rule.message[language].matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string);
          t.same(
            used.filter((name) => !known.includes(name)),
            [],
            `${rule.id} in ${language}`,
          );
          const places = form.instances.filter((instance) => instance.rule === rule).length;
          t.ok(used.includes('at') || places === 1, `${rule.id} says where in ${language}`);
        }
      }
    });

    await t.test('indicators have ids of their own, selectors that name cells, and a formula in words', async (t) => {
      t.ok(edition.indicators.length > 0);
      t.same(repeated(edition.indicators.map(({ id }) => id)), []);
      for (const indicator of edition.indicators) dividesLikeByLike(t, form, indicator);
      for (const { id, formula, nothingToDivideBy } of compileIndicators(form)) {
        t.match(id, /^[a-z][a-zA-Z]+$/);
        for (const language of languages)
          t.notMatch(formula[language] + nothingToDivideBy[language], /undefined|[a-z]\.[a-z]/, `${id} in ${language}`);
      }
    });

    await t.test('every text is there in every language', async (t) => {
      const texts = textsIn(edition);
      t.ok(texts.length > 60, 'the walk found the labels');
      for (const { path, words } of texts) {
        t.same(Object.keys(words).sort(), [...languages].sort(), path);
        for (const language of languages) t.match(words[language], /\S/, `${path} in ${language}`);
      }
      for (const { address, label } of form.cells) {
        for (const language of languages) t.notMatch(label[language], /undefined|^\s*$/, address);
      }
    });

    await t.test('it is nothing but JSON', async (t) => {
      const copy = JSON.parse(JSON.stringify(edition)) as Edition;
      t.strictSame(copy, edition);
      t.same(layOut(copy).cells, form.cells, 'and means the same');
    });

    await t.test('the order of its cells is what it has always been', async (t) => {
      const pinned = permanentOrder[edition.id];
      if (!pinned) return void t.fail('pin the new edition’s order');
      const addresses = form.cells.map(({ address }) => address);
      for (const [section, count] of Object.entries(pinned.cells)) {
        t.equal(form.cells.filter((cell) => cell.section === section).length, count, section);
      }
      t.equal(createHash('sha256').update(addresses.join('\n')).digest('hex'), pinned.sha256);
      t.ok(
        form.cells.every((cell, place) => cell.index === place),
        'a cell’s index is its place',
      );
    });

    await t.test('the cells of a section stand side by side', async (t) => {
      const sections = form.cells.map(({ section }) => section);
      const starts = sections.filter((section, place) => section !== sections[place - 1]);
      t.same(repeated(starts), []);
    });
  });
}

/** A sum compares like with like: both sides in one unit, so that the answer has one. */
function addsUpAlike(t: Test, form: Form, test: RuleTest & { type: 'sum' }): void {
  const { forEach } = test;
  const lines = forEach ? linesOf(form, forEach.section, forEach.axis).map(({ key }) => key) : [''];
  for (const line of lines.filter((key) => forEach?.only?.includes(key) ?? true)) {
    const terms = [...test.left, ...test.right].flatMap((selector) => select(form, selector, line));
    t.equal(new Set(terms.map(({ cell }) => cellAt(form, cell.address).value)).size, 1, `${line} counts one thing`);
  }
}

/** Each side of an indicator counts one thing, and no cell of it twice. */
function dividesLikeByLike(t: Test, form: Form, { id, numerator, denominator = [] }: Indicator): void {
  for (const side of [numerator, denominator]) {
    const terms = side.flatMap((selector) => select(form, selector));
    t.same(repeated(terms.map(({ cell }) => cell.address)), [], `${id} counts nothing twice`);
    t.ok(new Set(terms.map(({ cell }) => cell.value)).size <= 1, `${id} counts one thing`);
  }
}

function repeated(keys: readonly string[]): string[] {
  return keys.filter((key, place) => keys.indexOf(key) !== place);
}

/** Rows, their groups and what selectors mean by one name share a namespace across a table's blocks. */
function rowNames({ blocks }: TableSection): string[] {
  return blocks.flatMap((block) => [...block.rows, ...(block.rowGroups ?? [])].map(({ key }) => key));
}

function columnNames({ columns, columnGroups = [] }: Block): string[] {
  return [...columns, ...columnGroups].map(({ key }) => key);
}

function axes({ blocks }: TableSection): { groups: readonly Group[]; lines: readonly Line[] }[] {
  return blocks.flatMap(({ rows, rowGroups = [], columns, columnGroups = [] }) => [
    { groups: rowGroups, lines: rows },
    { groups: columnGroups, lines: columns },
  ]);
}

function standsInItself(group: Group, groups: readonly Group[]): boolean {
  const seen = new Set<string>();
  for (let around: Group | undefined = group; around;) {
    if (seen.has(around.key)) return true;
    seen.add(around.key);
    const { within }: Group = around;
    around = groups.find(({ key }) => key === within);
  }
  return false;
}

/** Every text in every language an edition holds, found by its `zh-CN`. */
function textsIn(value: unknown, path = ''): { path: string; words: Words }[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('zh-CN' in value || 'en' in value) return [{ path, words: value as Words }];
  return Object.entries(value).flatMap(([key, member]) => textsIn(member, `${path}/${key}`));
}
