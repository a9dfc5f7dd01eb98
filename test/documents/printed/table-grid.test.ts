import fc from 'fast-check';
import t from 'tap';
import { TableGrid, type SpanningCell } from '../../../src/documents/printed/table-grid.ts';
import { cellShown } from '../../support/printed.ts';
import { holds } from '../../support/property.ts';

const cell = (text: string, columns = 1, rows = 1): SpanningCell => ({ text, columns, rows });

function laidOut(...rows: SpanningCell[][]): string[][] {
  const grid = new TableGrid();
  return rows.map((row) => grid.addRow(row).map((placed) => `${placed.column}:${cellShown(placed)}`));
}

await t.test('a cell that reaches down is there in every row it covers, at its columns', async (t) => {
  t.same(
    laidOut([cell('a', 1, 3), cell('b', 2), cell('c', 1, 2)], [cell('d'), cell('e')], [cell('f', 3)], [cell('g')]),
    [['0:a', '1:b+2', '3:c'], ['0:^a', '1:d', '2:e', '3:^c'], ['0:^a', '1:f+3'], ['0:g']],
  );
});

await t.test('a cell is cut short where one from above stands, and the next one comes after that', async (t) => {
  t.same(laidOut([cell('a'), cell('b'), cell('c', 1, 2)], [cell('d', 3), cell('e')])[1], ['0:d+2', '2:^c', '3:e']);
});

await t.test('a row without cells is still a row to those above it', async (t) => {
  t.same(laidOut([cell('a', 1, 2), cell('b')], [], [cell('c')]), [['0:a', '1:b'], ['0:^a'], ['0:c']]);
});

await t.test('nothing reaches beyond the end of its group, however far it would', async (t) => {
  const grid = new TableGrid();
  grid.addRow([cell('a', 1, Infinity)]);
  t.equal(grid.addRow([cell('b')])[0]?.fromAbove, true);
  grid.endGroup();
  t.same(grid.addRow([cell('c')]), [{ text: 'c', column: 0, span: 1 }]);
});

/** The algorithm of the HTML standard, slot by slot; overlapping cells are cut, which it does not say. */
function slotBySlot(rows: readonly (readonly SpanningCell[])[]): string[] {
  const slots = new Map<string, string>();
  rows.forEach((row, y) => {
    let x = 0;
    row.forEach(({ text, columns, rows: height }) => {
      while (slots.has(`${x},${y}`)) x++;
      let width = 1;
      while (width < columns && !slots.has(`${x + width},${y}`)) width++;
      for (let i = 0; i < width; i++)
        for (let j = 0; j < Math.min(height, rows.length - y); j++) slots.set(`${x + i},${y + j}`, text);
      x += width;
    });
  });
  return [...slots].map(([slot, text]) => `${slot}=${text}`).sort();
}

await t.test('every table is laid out as it would be slot by slot', async (t) => {
  const span = fc.integer({ min: 1, max: 4 });
  const row = fc.array(fc.tuple(span, span), { maxLength: 6 });
  const property = fc.property(fc.array(row, { maxLength: 7 }), (spans) => {
    const rows = spans.map((cells, y) => cells.map(([columns, height], x) => cell(`${y}.${x}`, columns, height)));
    const grid = new TableGrid();
    const slots = rows.flatMap((cells, y) =>
      grid
        .addRow(cells)
        .flatMap(({ text, column, span }) => Array.from({ length: span }, (_, i) => `${column + i},${y}=${text}`)),
    );
    return slots.sort().join() === slotBySlot(rows).join();
  });
  holds(t, property);
});
