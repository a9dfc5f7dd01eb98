import type { Cell } from './cell.ts';
import type { Group } from './edition.ts';
import { crossed, groupName, type Form, type FormLine, type FormTable } from './form.ts';
import type { Words } from './language.ts';

/**
 * A selector names cells as `section.row.column`, where row and column are the key of a line, the key of a group
 * (every line in it that is not itself a stated total), `*` (every line that is not a stated total) or `@` (the line
 * a rule is instantiated for). A leading `-` subtracts; `lastYear:` before the section means last year's figure.
 */
export type Selector = string;

/** A cell with the sign it counts with. */
export interface SignedCell {
  readonly cell: Cell;
  readonly sign: 1 | -1;
  readonly lastYear: boolean;
  /** Where its figure stands: last year's stand after this year's. */
  readonly place: number;
}

/**
 * The cells a selector names, in permanent order.
 *
 * @throws Error when it names none: a slip in the edition's data, found at start.
 */
export function select(form: Form, selector: Selector, at = ''): SignedCell[] {
  const { sign, lastYear, section, row, column } = partsOf(selector.replaceAll('@', at));
  const cells = form.tables
    .filter((table) => table.section === section)
    .flatMap((table) => product(table, linesNamed(table.rows, row), linesNamed(table.columns, column)))
    .map((address) => form.cellAt.get(address) as Cell);
  if (cells.length === 0) throw new Error(`form ${form.edition.id}: ${selector} names no cell`);
  return cells.map((cell) => ({ cell, sign, lastYear, place: cell.index + (lastYear ? form.cells.length : 0) }));
}

/** The cells several selectors name, one after the other. */
export function selectAll(form: Form, selectors: readonly Selector[], at = ''): SignedCell[] {
  return selectors.flatMap((selector) => select(form, selector, at));
}

/** The cells a selector names, as places in a figure vector. */
export function indices(form: Form, selector: Selector): Int32Array {
  return Int32Array.from(select(form, selector), ({ place }) => place);
}

/** The lines of one axis of a section, each once: what a rule is instantiated for. */
export function linesOf(form: Form, section: string, axis: 'row' | 'column'): FormLine[] {
  const lines = form.tables
    .filter((table) => table.section === section)
    .flatMap((table) => (axis === 'row' ? table.rows : table.columns));
  return [...new Map(lines.map((line) => [line.key, line])).values()];
}

/** How many terms an expression spells out before it names only the first and the last. */
const spelledOut = 8;

/** A term of an expression as people call it. */
export interface NamedTerm {
  readonly name: Words;
  readonly sign: 1 | -1;
}

/**
 * The terms a selector stands for in official words: one where row and column are each a line or a group, by the row
 * alone where the column goes without saying; otherwise its cells.
 */
export function namedTerms(form: Form, selector: Selector, withColumn: boolean): NamedTerm[] {
  const { sign, row, column } = partsOf(selector);
  const selected = select(form, selector);
  const { rows, columns, block } = tableOf(form, (selected[0] as SignedCell).cell);
  const rowName = nameAmong(rows, block.rowGroups, row);
  const columnName = nameAmong(columns, block.columnGroups, column);
  if (!rowName || !columnName) return selected.map(({ cell }) => ({ name: cell.label, sign }));
  return [{ name: withColumn ? crossed(rowName, columnName) : rowName, sign }];
}

/** One side of an expression in the words given for its terms. */
export function sideInWords(terms: readonly NamedTerm[]): Words {
  const [first, last] = [terms[0], terms.at(-1)];
  if (first && last && terms.length > spelledOut) {
    return {
      'zh-CN': `${first.name['zh-CN']} 至 ${last.name['zh-CN']} 共 ${terms.length} 项之和`,
      en: `sum of the ${terms.length} from ${first.name.en} to ${last.name.en}`,
    };
  }
  return { 'zh-CN': joined(terms, 'zh-CN', '＋', '－'), en: joined(terms, 'en', '+', '−') };
}

function joined(terms: readonly NamedTerm[], language: 'zh-CN' | 'en', plus: string, minus: string): string {
  return terms
    .map(({ name, sign }, position) =>
      position === 0 && sign === 1 ? name[language] : `${sign === 1 ? plus : minus} ${name[language]}`,
    )
    .join(' ');
}

function partsOf(selector: Selector) {
  const [, minus, before, address = ''] = /^(-?)(lastYear:)?(.*)$/.exec(selector) ?? [];
  const [section, row, column] = address.split('.');
  return { sign: minus ? -1 : 1, lastYear: before !== undefined, section, row, column } as const;
}

/** The table a cell stands in: a row is in one block of its section. */
function tableOf(form: Form, { section, row }: Cell): FormTable {
  const holds = (table: FormTable) => table.section === section && table.rows.some(({ key }) => key === row);
  return form.tables.find(holds) as FormTable;
}

/** What people call the line or the group of that key; nothing for `*`. */
function nameAmong(lines: readonly FormLine[], groups: readonly Group[] = [], key?: string): Words | undefined {
  const group = groups.find((candidate) => candidate.key === key);
  return group ? groupName(group, groups) : lines.find((line) => line.key === key)?.name;
}

function linesNamed(lines: readonly FormLine[], name: string | undefined): FormLine[] {
  return lines.filter(
    (line) => line.key === name || (line.totalOf === undefined && (name === '*' || line.groups.includes(name ?? ''))),
  );
}

function product(table: FormTable, rows: readonly FormLine[], columns: readonly FormLine[]): string[] {
  return rows.flatMap((row) => columns.map((column) => `${table.section}.${row.key}.${column.key}`));
}
