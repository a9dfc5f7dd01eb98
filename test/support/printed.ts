import type { Printed, PrintedCell } from '../../src/documents/printed/printed.ts';
import { DocumentRefused, type RefusalReason } from '../../src/documents/refusal.ts';

/** A document as a test writes it: a table's row as its cells, any other line as its kind and text. */
export function shown({ lines }: Printed): (string | string[])[] {
  return lines.map(({ kind, cells }) => (kind === 'grid' ? cells.map(cellShown) : `${kind}: ${cells[0]?.text}`));
}

/** `text`, `text+2` for a cell of two columns, `^` before what reaches down from above. */
export function cellShown({ text, span, fromAbove }: PrintedCell): string {
  return `${fromAbove ? '^' : ''}${text}${span > 1 ? `+${span}` : ''}`;
}

/** Why a document was refused; `undefined` if it was not. Whatever else is thrown is passed on. */
export async function refusalOf(read: () => unknown): Promise<RefusalReason | undefined> {
  try {
    await read();
    return undefined;
  } catch (error) {
    if (error instanceof DocumentRefused) return error.reason;
    throw error;
  }
}
