import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import t from 'tap';
import type { PrintedLine } from '../../src/documents/printed.ts';
import { readPdf } from '../../src/documents/read-pdf.ts';
import { pdfOf } from '../support/pdf.ts';
import { holdsAfterWaiting } from '../support/property.ts';
import { drawnTable, readRows, ringOf, ruleStyles, sidesOf, wordsOf, type DrawnTable } from '../support/table-drawing.ts';

await t.test('any ruled table is read as it was drawn, however it was drawn', async (t) => {
  const drawing = fc.record({
    table: drawnTable(),
    style: fc.constantFrom(...Object.keys(ruleStyles), 'rings', 'shifted'),
    apart: fc.boolean(),
    order: fc.array(fc.nat(), { minLength: 20, maxLength: 20 }),
  });
  const isReadBack = async ({ table, style, apart, order }: Drawing) => {
    const words = table.cells.flatMap((cell) => wordsOf(table, cell, apart));
    const { lines } = await readPdf(pdfOf([{ content: [rulesIn(style, table), ...shuffled(words, order)].join('\n') }]));
    return isDeepStrictEqual(cellsOf(lines), readRows(table));
  };
  await holdsAfterWaiting(
    t,
    fc.asyncProperty(
      drawing.filter(({ table }) => hasWords(table)),
      isReadBack,
    ),
    { numRuns: Number(process.env['RUNS'] ?? 60) },
  );
});

/** A table and how it is drawn. */
interface Drawing {
  readonly table: DrawnTable;
  readonly style: string;
  /** Each character is shown for itself. */
  readonly apart: boolean;
  readonly order: readonly number[];
}

function hasWords({ cells }: DrawnTable): boolean {
  return cells.length > 1 && cells.some(({ text }) => text !== '');
}

function rulesIn(style: string, table: DrawnTable): string {
  if (style === 'rings') return table.cells.map((cell) => ringOf(table, cell)).join('\n');
  const draw = ruleStyles[style] ?? ruleStyles['strokes'];
  const sides = table.cells.flatMap((cell, index) => sidesOf(table, cell, style === 'shifted' ? (index % 3) * 0.4 : 0));
  return sides.map((side) => draw?.(side) ?? '').join('\n');
}

function shuffled<Item>(items: readonly Item[], order: readonly number[]): Item[] {
  return items
    .map((item, index) => ({ item, rank: (order[index % order.length] as number) * (index + 1) }))
    .toSorted((a, b) => (a.rank % 97) - (b.rank % 97))
    .map(({ item }) => item);
}

/** The cells of every line that belongs to a table. */
function cellsOf(lines: readonly PrintedLine[]) {
  return lines.filter(({ kind }) => kind === 'grid').map(({ cells }) => cells);
}
