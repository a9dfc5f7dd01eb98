import type { PrintedLine } from '../printed.ts';
import { splitLines } from './columns.ts';
import { withoutFurniture } from './furniture.ts';
import { isGrid, type Page } from './page.ts';
import { rowsOf, type TablePart } from './table.ts';
import type { TextLine } from './text.ts';

/** A stretch of a document: lines of text of one page, or a table, over as many pages as it takes. */
type Stretch = Lines | Table;

interface Lines {
  readonly page: number;
  readonly lines: TextLine[];
}

interface Table {
  readonly parts: TablePart[];
  readonly tolerance: number;
}

/** The lines of a document in reading order, tables that go on over the end of a page in one. */
export function printedLines(pages: readonly Page[]): PrintedLine[] {
  let table = 0;
  const lineOn = new Map<number, number>();
  return stretchesOf(withoutFurniture(pages)).flatMap((stretch) => {
    if ('parts' in stretch) return tableLines(stretch, ++table);
    const before = lineOn.get(stretch.page) ?? 0;
    lineOn.set(stretch.page, before + stretch.lines.length);
    return textLines(stretch, before);
  });
}

function stretchesOf(pages: readonly Page[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const page of pages) {
    page.blocks.forEach((block, index) => {
      const last = stretches.at(-1);
      if (isGrid(block)) {
        const part = { page: page.number, grid: block };
        if (index === 0 && last && goesOn(last, part, page.tolerance)) last.parts.push(part);
        else stretches.push({ parts: [part], tolerance: page.tolerance });
      } else addLine(stretches, page.number, block);
    });
  }
  return stretches;
}

function addLine(stretches: Stretch[], page: number, line: TextLine): void {
  const last = stretches.at(-1);
  if (last && 'lines' in last && last.page === page) last.lines.push(line);
  else stretches.push({ page, lines: [line] });
}

/** A table ends a page and one as wide begins the next: they are one. */
function goesOn(last: Stretch, { page, grid }: TablePart, tolerance: number): last is Table {
  const above = 'parts' in last ? last.parts.at(-1) : undefined;
  if (above?.page !== page - 1) return false;
  const isNear = (a: number, b: number) => Math.abs(a - b) <= 2 * tolerance;
  return isNear(above.grid.box.left, grid.box.left) && isNear(above.grid.box.right, grid.box.right);
}

function tableLines({ parts, tolerance }: Table, table: number): PrintedLine[] {
  return rowsOf(parts, tolerance).map(({ page, cells }, index) => ({
    kind: 'grid',
    cells,
    place: { page, table, row: index + 1 },
  }));
}

function textLines({ page, lines }: Lines, before: number): PrintedLine[] {
  return splitLines(lines).map(({ kind, cells }, index) => ({
    kind,
    cells,
    place: { page, line: before + index + 1 },
  }));
}
