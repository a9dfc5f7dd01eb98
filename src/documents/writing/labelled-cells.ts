import type { Cell } from '../../domain/cell.ts';
import type { Section } from '../../domain/edition.ts';
import { sectionTitle, type Form } from '../../domain/form.ts';
import type { Words } from '../../domain/language.ts';

/** A cell in the words of its form. */
export interface LabelledCell {
  readonly cell: Cell;
  /** The title of its section. */
  readonly section: Words;
  readonly row: Words;
  readonly column: Words;
}

/** Every cell in permanent order, with its row and its column in the words people call them by. */
export function labelledCells(form: Form): LabelledCell[] {
  return form.tables.flatMap((table) => {
    const section = form.edition.sections.find(({ key }) => key === table.section) as Section;
    return table.rows.flatMap((row) =>
      table.columns.map((column) => ({
        cell: form.cellAt.get(`${table.section}.${row.key}.${column.key}`) as Cell,
        section: sectionTitle(section),
        row: row.name,
        column: column.name,
      })),
    );
  });
}
