import fc from 'fast-check';
import t from 'tap';
import { harmful, harmless, type Distortion } from '../../support/layouts/distortions.ts';
import { drawReport, habits, pickWith, type Drawn, type Habit } from '../../support/layouts/drawn.ts';
import { printers, type PrinterName } from '../../support/layouts/printers.ts';
import { figuresIn, printedBy, read } from '../../support/layouts/read.ts';
import { sheetOf } from '../../support/layouts/squares.ts';
import { manners, type Manner } from '../../support/layouts/writings.ts';
import { holds } from '../../support/property.ts';

const title = '临江县某某局年度政府信息公开工作年度报告';

/** Digits that run together part in one way only if sums tell: much of such a text stays unread. */
const glued: ReadonlySet<PrinterName> = new Set(['asGlued']);

/** What leaves other digits beside run-together ones, which then part otherwise. */
const besideDigits: ReadonlySet<string> = new Set([
  'serialNumbers',
  'filledRemarks',
  'lastYearBefore',
  'lastYearBehind',
]);

/** Where one line of text has no place for a blank cell, figures beside one that nobody foresaw may fill its place. */
const withoutPlaces: ReadonlySet<string> = new Set(['serialNumbers', 'filledRemarks', 'subtotalColumn']);

/** What was read otherwise than it is stated, and what was not read. */
function compared(
  name: PrinterName,
  { form, stated }: Drawn,
  { figure, blank }: Manner,
  distort: (sheet: ReturnType<typeof sheetOf>) => ReturnType<typeof sheetOf>,
) {
  const writing = (address: string) => {
    const value = stated.get(address);
    return typeof value === 'number' ? figure(value) : blank;
  };
  const text = printers[name](distort(sheetOf(form, title, writing)));
  const figures = figuresIn(read(printedBy(name, text), 'report'));
  return {
    wrong: [...figures].flatMap(([address, value]) =>
      stated.get(address) === value ? [] : [`${address} is ${stated.get(address)}, read as ${value}`],
    ),
    unread: [...stated]
      .filter(([address, value]) => value !== null && !figures.has(address))
      .map(([address]) => address),
  };
}

function named<Value>(draw: fc.GeneratorValue, of: Readonly<Record<string, Value>>): [string, Value] {
  const entries = Object.entries(of);
  return entries[draw(fc.nat, { max: entries.length - 1 })] as [string, Value];
}

/** @throws Error that names the layout and some of the cells */
function expectNone(cells: readonly string[], layout: string): void {
  if (cells.length > 0) throw new Error(`${layout}: ${cells.slice(0, 5).join('; ')} (${cells.length})`);
}

const runs: fc.Parameters<unknown> = { seed: 20_240_131, numRuns: 25, endOnFailure: true };

for (const name of Object.keys(printers) as PrinterName[]) {
  await t.test(`${name}: all that is printed is read`, { skip: glued.has(name) }, async (t) => {
    const isWhole = (draw: fc.GeneratorValue) => {
      const pick = pickWith(draw);
      const [first, distort] = named<Distortion>(draw, harmless);
      const [hand, manner] = named(draw, manners);
      const drawn = drawReport(pick, habits[pick(2)] as Habit);
      const { wrong, unread } = compared(name, drawn, manner, (sheet) => distort(sheet, pick));
      expectNone([...wrong, ...unread], `${first}, ${hand}`);
    };
    holds(t, fc.property(fc.gen(), isWhole), runs);
  });

  await t.test(`${name}: whatever became of it, nothing is read wrongly`, async (t) => {
    const isRight = (draw: fc.GeneratorValue) => {
      const pick = pickWith(draw);
      const all: [string, Distortion][] = Object.entries({ ...harmless, ...harmful });
      const fair = all.filter(([distortion]) => !glued.has(name) || !besideDigits.has(distortion));
      const [first, distort] = named<Distortion>(draw, Object.fromEntries(fair));
      const [second, another] = named<Distortion>(draw, harmless);
      const [hand, manner] = named(draw, manners);
      // A blank that leaves no trace beside a figure too many cannot be told from a row that is whole.
      const possible = withoutPlaces.has(first) || glued.has(name) ? habits.slice(0, 2) : habits;
      const drawn = drawReport(pick, possible[pick(possible.length)] as Habit);
      const { wrong } = compared(name, drawn, manner, (sheet) => another(distort(sheet, pick), pick));
      expectNone(wrong, `${first}, ${second}, ${hand}`);
    };
    holds(t, fc.property(fc.gen(), isRight), runs);
  });
}
