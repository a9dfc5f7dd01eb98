import fc from 'fast-check';
import t from 'tap';
import { toInteger, type Cell } from '../../src/domain/cell.ts';
import type { CheckedForm } from '../../src/domain/compile.ts';
import type { Figures } from '../../src/domain/figures.ts';
import type { Form } from '../../src/domain/form.ts';
import type { Identity } from '../../src/domain/identity.ts';
import { findSuspects, suspectSystem, type SuspectBlock, type SuspectSet } from '../../src/domain/suspects.ts';
import { calledFor, parts, smallestSets, upTo, type FoundSet } from '../support/brute-force.ts';
import { cellAt, consistentFigures, figuresWith, legalFigure, type Cells } from '../support/figures.ts';
import { formOf, forms } from '../support/forms.ts';
import { allHold, anyIdentities, identitiesOf, plainTable, residual, totalsOfSquare } from '../support/identities.ts';
import { holds } from '../support/property.ts';

const greatest = Number.MAX_SAFE_INTEGER;
const eight = { minLength: 8, maxLength: 8 };
const form = formOf('2021');
const system = suspectSystem(form, identitiesOf(form));

const suspectsOf = (cells: Cells) => findSuspects(system, figuresWith(form, cells));
const addressesIn = (set: SuspectSet | undefined) => set?.cells.map(({ cell }) => cell.address);
const placesIn = (set: SuspectSet) => set.cells.map(({ cell }) => cell.index);

await t.test('what is found is what trying everything finds', async (t) => {
  for (const size of [3, 4, 5]) {
    const table = plainTable(size, size);
    const identities = totalsOfSquare(size);
    holds(
      t,
      fc.property(wrongSquare(size), (figures) => agrees(table, identities, figures)),
      {
        numRuns: size === 5 ? 30 : 150,
      },
    );
  }
  for (const value of ['count', 'signedCount', 'amount'] as const) {
    const table = plainTable(2, 4, value);
    const figures = fc.array(fc.oneof({ weight: 9, arbitrary: fc.nat(4) }, fc.constant(Number.NaN)), eight);
    const agree = (identities: Identity[], figures: number[]) => agrees(table, identities, Float64Array.from(figures));
    holds(t, fc.property(anyIdentities(8), figures, agree), { numRuns: 300 });
  }
});

await t.test('with figures as great as they may be, too', async (t) => {
  const great = fc.integer({ min: greatest - 3, max: greatest });
  const values = {
    count: fc.oneof(fc.nat(3), great),
    signedCount: fc.oneof(
      fc.integer({ min: -3, max: 3 }),
      great,
      great.map((figure) => -figure),
    ),
  };
  for (const value of ['count', 'signedCount'] as const) {
    const table = plainTable(2, 4, value);
    const agree = (identities: Identity[], values: number[]) => {
      const figures = Float64Array.from(values);
      const find = (part: readonly Identity[]) => smallestSets(part, figures, calledFor(table, part, figures));
      return blocksAgree(table, identities, figures, find);
    };
    holds(t, fc.property(anyIdentities(8), fc.array(values[value], eight), agree), { numRuns: 400 });
  }
});

for (const form of forms) {
  await t.test(`edition ${form.edition.id}`, async (t) => {
    const identities = identitiesOf(form);
    const system = suspectSystem(form, identities);
    const requests = form.cells.filter(({ section }) => section === 'requests');

    await t.test('figures that add up have no suspects', async (t) => {
      const none = (figures: Figures) => findSuspects(system, figures).length === 0;
      holds(t, fc.property(consistentFigures(form), none), { numRuns: 20 });
    });

    await t.test('every single wrong figure of requests is found, with the figure it should be', async (t) => {
      const isFound = (figures: Figures, wrong: Cell, figure: number) => {
        const meant = figures[wrong.index];
        const blocks = findSuspects(system, figures.with(wrong.index, figure));
        const suspects = blocks.map(({ sets }) => sets.map(({ cells }) => cells));
        return JSON.stringify(suspects) === JSON.stringify([[[{ cell: wrong, stated: figure, implied: meant }]]]);
      };
      const [sound] = fc.sample(consistentFigures(form), { numRuns: 1, seed: 1 }) as [Figures];
      t.same(
        requests.filter((cell) => !isFound(sound, cell, (sound[cell.index] as number) + 1)),
        [],
      );
      const slip = fc.tuple(consistentFigures(form), fc.constantFrom(...requests));
      const any = slip.chain(([figures, cell]) => legalFigure(cell).map((figure) => ({ figures, cell, figure })));
      const found = any.filter(({ figures, cell, figure }) => figures[cell.index] !== figure);
      holds(
        t,
        fc.property(found, ({ figures, cell, figure }) => isFound(figures, cell, figure)),
        { numRuns: 200 },
      );
    });

    await t.test('two wrong figures of requests never look like one, and are among the suspects', async (t) => {
      let [listed, omitted] = [0, 0];
      const isFound = ({ sound, wrong, figures }: Slips) => {
        const [block] = findSuspects(system, figures) as [SuspectBlock];
        if (block.beyond || block.sets.some(({ cells }) => cells.length !== 2)) return false;
        const set = block.sets.find((each) => placesIn(each).join() === wrong.map(({ index }) => index).join());
        if (!set && block.omitted > 0) return ++omitted > 0;
        listed++;
        return set?.cells.every(({ cell, implied }) => implied === null || implied === sound[cell.index]) ?? false;
      };
      holds(t, fc.property(slips(form, 2), isFound), { numRuns: 300 });
      t.ok(listed > 10 * omitted, `${listed} listed, ${omitted} among the rest`);
    });

    await t.test('whatever is listed makes every identity hold', async (t) => {
      const puts = (figures: Figures) =>
        findSuspects(system, figures).every(({ section, row, sets }) => {
          const part = partAt(form, identities, section, row);
          const determined = sets.filter((set) => set.cells.every(({ implied }) => implied !== null));
          return determined.every((set) => allHold(part, corrected(figures, set)) && set.cells.every(isLegal));
        });
      const blanks = fc.array(fc.constantFrom(...form.cells), { maxLength: 12 });
      const withBlanks = fc.tuple(fc.integer({ min: 1, max: 3 }), blanks).chain(([count, blank]) =>
        slips(form, count).map(({ figures }) => {
          for (const { index } of blank) figures[index] = Number.NaN;
          return figures;
        }),
      );
      holds(t, fc.property(withBlanks, puts), { numRuns: 200 });
    });
  });
}

await t.test('a single wrong figure says how many failures it explains', async (t) => {
  const [block] = suspectsOf({ 'requests.concluded.natural': 3 });
  t.match(block, { section: 'requests', failures: 3, omitted: 0, beyond: false });
  t.notOk(block && 'row' in block, 'requests hang together: the block is the section');
  t.match(block?.sets, [{ cells: [{ stated: 3, implied: 0 }], explains: 3 }]);
  t.same(addressesIn(block?.sets[0]), ['requests.concluded.natural']);
});

await t.test('in a row of disputes every figure explains what fails: five suspects tie, the total first', async (t) => {
  const row = { upheld: 4, corrected: 5, otherOutcome: 6, pending: 7, total: 19 };
  const disputes = (cells: Readonly<Record<string, number | null>>) =>
    suspectsOf(prefixed('disputes.directLitigation', { ...row, ...cells }));
  const [block, ...others] = disputes({});
  t.same(others, []);
  t.match(block, { section: 'disputes', row: 'directLitigation', failures: 1, omitted: 0, beyond: false });
  t.same(
    block?.sets.map(({ cells }) => cells.map(({ cell, stated, implied }) => [cell.column, stated, implied])),
    [[['total', 19, 22]], [['upheld', 4, 1]], [['corrected', 5, 2]], [['otherOutcome', 6, 3]], [['pending', 7, 4]]],
  );
  t.ok(block?.sets.every(({ explains, cells }) => explains === 1 && cells.length === 1));
  t.same(
    disputes({ upheld: 2, total: 17 })[0]?.sets.map((set) => set.cells[0]?.cell.column),
    ['total', 'corrected', 'otherOutcome', 'pending'],
    'no figure becomes negative',
  );
});

await t.test('blocks are answered apart', async (t) => {
  const blocks = suspectsOf({
    'disputes.reconsideration.total': 1,
    'disputes.litigationAfterReconsideration.upheld': 2,
    'requests.granted.legal': 1,
  });
  t.same(
    blocks.map(({ section, row }) => [section, row]),
    [
      ['requests', undefined],
      ['disputes', 'reconsideration'],
      ['disputes', 'litigationAfterReconsideration'],
    ],
  );
  t.same(addressesIn(blocks[0]?.sets[0]), ['requests.granted.legal']);
});

await t.test('blanks are no suspects, and an identity with one in it is left out', async (t) => {
  const cells = (blanks: Cells) =>
    suspectsOf({
      ...prefixed('requests.received', { legal: 5, total: 5 }),
      ...prefixed('requests.granted', { legal: 1, total: 0 }),
      ...prefixed('requests.partlyGranted', { legal: 5, total: 5 }),
      ...prefixed('requests.concluded', { legal: 5, total: 5 }),
      ...blanks,
    }).flatMap(({ failures, sets }) => [failures, ...sets.map((set) => addressesIn(set)?.join())]);
  t.same(cells({}), [2, 'requests.granted.legal']);
  t.same(cells({ 'requests.granted.total': null }), [1, 'requests.granted.legal'], 'one of its two equations is left');
  t.same(
    cells({ 'requests.granted.total': null, 'requests.partlyGranted.total': null }),
    [1, 'requests.granted.legal', 'requests.partlyGranted.legal'],
    'fewer equations, more suspects',
  );
  t.same(cells({ 'requests.granted.legal': null }), [], 'nothing is left that fails');
});

await t.test('two cells of which only the sum is implied are told without figures', async (t) => {
  const totals = (total: number) => ({ c3: total, c4: total });
  const sets = (figures: number[]) =>
    impliedIn(
      [
        { one: [0, 1], other: [2] },
        { one: [0, 1], other: [3] },
      ],
      figures,
    );
  t.strictSame(sets([3, 3, 1, 1]), [{ c1: null, c2: null }, totals(6)]);
  t.strictSame(sets([3, 3, 0, 0]), [{ c1: 0, c2: 0 }, totals(6)], 'there is one way down to nothing');
  t.strictSame(sets([3, 9, 1, 2]), [totals(12)], 'what they should come to is not one figure');
});

await t.test('two cells of which the sum and the difference are implied are whole numbers or no answer', async (t) => {
  const sets = (difference: number) =>
    impliedIn(
      [
        { one: [0, 1], other: [2] },
        { one: [0], other: [1, 3] },
      ],
      [6, 6, 10, difference],
    );
  const both = (sets: readonly object[]) => sets.filter((set) => 'c1' in set && 'c2' in set);
  t.strictSame(both(sets(4)), [{ c1: 7, c2: 3 }]);
  t.strictSame(both(sets(5)), []);
});

await t.test('great figures are compared exactly', async (t) => {
  const total = { 'requests.received.total': greatest, 'requests.carriedIn.total': 2 };
  const figures = figuresWith(form, {
    ...total,
    'requests.received.natural': greatest,
    'requests.carriedIn.natural': 2,
    'requests.concluded.natural': greatest,
    'requests.granted.natural': greatest,
    'requests.carriedOut.natural': 2,
    'requests.concluded.total': greatest,
    'requests.granted.total': greatest,
    'requests.carriedOut.total': 2,
  });
  t.same(findSuspects(system, figures), []);
  const place = cellAt(form, 'requests.carriedOut.natural').index;
  const [block] = findSuspects(system, figures.with(place, 1));
  t.match(block?.sets, [{ cells: [{ stated: 1, implied: 2 }] }], '2^53 + 1 and 2^53 are one double');
  t.equal(block?.sets.length, 1);
  t.same(addressesIn(block?.sets[0]), ['requests.carriedOut.natural']);
});

await t.test('no figure is implied that a cell may not hold', async (t) => {
  t.strictSame(
    impliedIn([{ one: [0, 1], other: [2] }], [greatest, 1, 5, 0]),
    [{ c1: 4 }],
    'neither −2^53 + 6 for the second nor 2^53 for the total',
  );
  t.strictSame(impliedIn([{ one: [0], other: [1] }], [5, 7, 0, 0], 'amount'), [{ c1: 0.000007 }, { c2: 0.000005 }]);
});

await t.test('more than two wrong figures are not guessed at', async (t) => {
  const wrong = { 'requests.granted.legal': 5, 'requests.received.business': 4, 'requests.carriedOut.natural': 17 };
  t.strictSame(suspectsOf(wrong), [{ section: 'requests', failures: 6, sets: [], omitted: 0, beyond: true }]);
  const every = Float64Array.from(form.cells, ({ index }) => (index * 7919) % 1000);
  const [block] = findSuspects(system, every);
  t.match(block, { section: 'requests', failures: 39, sets: [], omitted: 0, beyond: true });
});

await t.test('of many sets twenty are listed and the rest is counted', async (t) => {
  const blank = Object.fromEntries(
    form.cells
      .filter(({ section, column }) => section === 'requests' && column === 'total')
      .map((c) => [c.address, null]),
  );
  const [block] = suspectsOf({
    ...blank,
    'requests.concluded.legal': 9,
    'requests.received.legal': 9,
    'requests.concluded.natural': 8,
    'requests.received.natural': 8,
  });
  const rows = form.cells.filter(({ section, column }) => section === 'requests' && column === 'legal').length;
  const outcomes = rows - 4;
  t.equal(block?.failures, 2);
  t.equal(block?.sets.length, 20);
  t.equal(block?.omitted, outcomes * outcomes - 20, 'any outcome of the one column with any of the other');
});

await t.test('an identity with a cell twice in it is a slip that stops the start', async (t) => {
  const twice = [{ one: Int32Array.of(0, 1), other: Int32Array.of(0) }];
  t.throws(() => suspectSystem(plainTable(1, 2), twice), /table\.r1\.c1 stands in an identity twice/);
});

function prefixed(row: string, cells: Readonly<Record<string, number | null>>): Cells {
  return Object.fromEntries(Object.entries(cells).map(([column, figure]) => [`${row}.${column}`, figure]));
}

/** The implied figures in every set found in four cells, `c1` to `c4`. */
function impliedIn(
  equations: readonly { readonly one: readonly number[]; readonly other: readonly number[] }[],
  figures: readonly number[],
  value: Cell['value'] = 'count',
): Record<string, number | null>[] {
  const identities = equations.map(({ one, other }) => ({ one: Int32Array.from(one), other: Int32Array.from(other) }));
  const [block] = findSuspects(suspectSystem(plainTable(1, 4, value), identities), Float64Array.from(figures));
  return (block?.sets ?? []).map(({ cells }) =>
    Object.fromEntries(cells.map(({ cell, implied }) => [cell.column, implied])),
  );
}

/** Figures of a square table with totals, one to three of them wrong, some blank. */
function wrongSquare(size: number): fc.Arbitrary<Figures> {
  const identities = totalsOfSquare(size);
  const place = fc.nat(size * size - 1);
  const part = fc.array(fc.nat(4), { minLength: size * size, maxLength: size * size });
  const slips = fc.array(fc.tuple(place, fc.nat(12)), { minLength: 1, maxLength: 3 });
  const blanks = fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, fc.array(place, { maxLength: 2 }));
  return fc.tuple(part, slips, blanks).map(([values, slips, blanks]) => {
    const figures = Float64Array.from(values);
    const settle = ({ one, other }: Identity) => {
      figures[other[0] as number] = one.reduce((sum, part) => sum + (figures[part] as number), 0);
    };
    identities.slice(0, size - 1).forEach(settle);
    identities.slice(size).forEach(settle);
    for (const [wrong, figure] of slips) figures[wrong] = figure;
    for (const blank of blanks) figures[blank] = Number.NaN;
    return figures;
  });
}

/** Whether the blocks found hold what trying every figure of sufficient size finds. */
function agrees(table: Form, identities: readonly Identity[], figures: Figures): boolean {
  const residuals = identities.map((identity) => Math.abs(Number(residual(identity, figures) ?? 0n)));
  const stated = figures.filter((figure) => !Number.isNaN(figure));
  const tries = upTo(table, Math.max(0, ...stated) + 2 * Math.max(...residuals));
  return blocksAgree(table, identities, figures, (part) => smallestSets(part, figures, tries));
}

function blocksAgree(
  table: Form,
  identities: readonly Identity[],
  figures: Figures,
  find: (part: readonly Identity[]) => FoundSet[],
): boolean {
  const blocks = findSuspects(suspectSystem(table, identities), figures);
  const failing = parts(identities).filter((part) => !allHold(part, figures));
  return (
    blocks.length === failing.length &&
    failing.every((part, n) => sameSets(blocks[n] as SuspectBlock, find(part), figures))
  );
}

function sameSets(block: SuspectBlock, found: readonly FoundSet[], figures: Figures): boolean {
  if (found.length === 0) return block.beyond && block.sets.every(({ pattern }) => pattern?.name === 'rowShifted');
  const byPlaces = new Map(found.map((set) => [set.places.join(), set]));
  const listed = block.sets.map((set) => ({ set, way: byPlaces.get(placesIn(set).join()) }));
  const keys = listed.map(({ set, way }) => [set.pattern ? 0 : 1, way ? totalOf(way, figures) : 0, ...placesIn(set)]);
  const last = keys.at(-1) as number[];
  const rest = found.filter((way) => !listed.some((each) => each.way === way));
  return (
    !block.beyond &&
    block.sets.length === Math.min(20, found.length) &&
    block.omitted === found.length - block.sets.length &&
    listed.every(({ set, way }) => way !== undefined && sameFigures(set, way)) &&
    keys.every((key, n) => n === 0 || inOrder(keys[n - 1] as number[], key)) &&
    rest.every((way) => last[0] === 0 || totalOf(way, figures) >= (last[1] as number))
  );
}

/** The same figures, and those only where they are the only way. */
function sameFigures({ cells }: SuspectSet, { ways }: FoundSet): boolean {
  const implied = cells.map(({ cell, implied }) => (implied === null ? null : toInteger(cell.value, implied)));
  return implied.includes(null)
    ? implied.every((each) => each === null) && ways.length > 1
    : ways.join() === implied.join();
}

function totalOf({ places, ways }: FoundSet, figures: Figures): number {
  const way = ways[0] as readonly number[];
  return places.reduce((total, place, n) => total + Math.abs((way[n] as number) - (figures[place] as number)), 0);
}

function inOrder(before: readonly number[], after: readonly number[]): boolean {
  const n = before.findIndex((each, position) => each !== after[position]);
  return n === -1 || (before[n] as number) < (after[n] as number);
}

/** Figures that added up until some of `requests` were replaced by other legal ones. */
interface Slips {
  readonly sound: Figures;
  /** In permanent order. */
  readonly wrong: readonly Cell[];
  readonly figures: Figures;
}

function slips(form: CheckedForm, count: number): fc.Arbitrary<Slips> {
  const cells = form.cells.filter(({ section }) => section === 'requests');
  const several = fc.uniqueArray(fc.constantFrom(...cells), { minLength: count, maxLength: count });
  return fc
    .tuple(consistentFigures(form), several)
    .chain(([sound, several]) => {
      const wrong = several.toSorted((a, b) => a.index - b.index);
      return fc.tuple(...wrong.map((cell) => legalFigure(cell))).map((values) => {
        const figures = sound.slice();
        wrong.forEach(({ index }, n) => (figures[index] = values[n] as number));
        return { sound, wrong, figures };
      });
    })
    .filter(({ sound, wrong, figures }) => wrong.every(({ index }) => sound[index] !== figures[index]));
}

/** The identities of a block, told by their cells. */
function partAt(form: Form, identities: readonly Identity[], section: string, row: string | undefined): Identity[] {
  return identities.filter(({ one }) => {
    const cell = form.cells[one[0] as number] as Cell;
    return cell.section === section && (row === undefined || cell.row === row);
  });
}

function corrected(figures: Figures, { cells }: SuspectSet): Figures {
  const result = figures.slice();
  for (const { cell, implied } of cells) result[cell.index] = toInteger(cell.value, implied);
  return result;
}

function isLegal({ implied }: SuspectSet['cells'][number]): boolean {
  return Number.isSafeInteger(implied) && (implied as number) >= 0;
}
