import type { CheckedForm } from '../../domain/compile.ts';
import type { Block, Group, Line, TableSection } from '../../domain/edition.ts';
import { normalForm } from './normal-form.ts';

/**
 * A line of the form that figures may stand on. `row`: a row of a table. `subtotal`: a group of rows the form has no
 * cells for, though documents print its sum. `across`: all rows of a block side by side on one line.
 */
export interface Target {
  readonly kind: 'row' | 'subtotal' | 'across';
  readonly section: string;
  /** The key of the row, the group or the block. */
  readonly key: string;
  /** Its place in the order of print, throughout the form. */
  readonly order: number;
  /** The addresses of its cells, in the order of the columns. */
  readonly cells: readonly string[];
  readonly columns: readonly ColumnWords[];
  /** The keys of the groups it stands in, innermost first. */
  readonly groups: readonly string[];
  /** What it may be called, in normal form. */
  readonly names: readonly string[];
  /** It is printed on its group's heading (edition 2019: （六）其他处理). */
  readonly onGroup?: true;
  /** The edition it comes from, where that is another than the one read by. */
  readonly edition?: string;
}

/** A column as its head calls it. */
export interface ColumnWords {
  readonly key: string;
  readonly name: string;
}

/** Every line of a form, in the order of print. */
export function targetsOf(form: CheckedForm): Target[] {
  const sections = form.edition.sections.filter((section): section is TableSection => section.kind === 'table');
  const targets = sections.flatMap((section) => section.blocks.flatMap((block) => blockTargets(section.key, block)));
  const { synonyms } = form.edition.lexicon;
  return targets.map((target, order) => ({ ...target, names: spelled(target.names, synonyms), order }));
}

/** Names, and how they read where a word of theirs is replaced by another for it (规范性档案). */
function spelled(names: readonly string[], synonyms: readonly (readonly [string, string])[]): string[] {
  const others = synonyms.flatMap(([other, word]) =>
    names.filter((name) => name.includes(word)).map((name) => name.replace(word, other)),
  );
  return [...names, ...others];
}

type Unplaced = Omit<Target, 'order'>;

function blockTargets(section: string, block: Block): Unplaced[] {
  const columns = block.columns.map(({ key, label, group }) => ({
    key,
    name: normalForm((label ?? labelOfGroup(block.columnGroups, group))['zh-CN']),
  }));
  const rows = block.rows.map((row) => rowTarget(section, block, row, columns));
  const subtotals = (block.rowGroups ?? []).filter(({ subtotal }) => subtotal === true);
  const groups = subtotals.map((group) => groupTarget(section, group, columns));
  // The form prints such a block on one line; a document may print its rows one below the other.
  const across = block.rowsSideBySide ? [acrossTarget(section, block, rows, columns)] : [];
  return [...across, ...inPrint(rows, groups)];
}

/** Each group before the first of its rows. */
function inPrint(rows: readonly Unplaced[], groups: readonly Unplaced[]): Unplaced[] {
  const firstOf = (group: Unplaced) => rows.find((row) => row.groups.includes(group.key));
  return rows.flatMap((row) => [...groups.filter((group) => firstOf(group) === row), row]);
}

function rowTarget(section: string, block: Block, row: Line, columns: readonly ColumnWords[]): Unplaced {
  const groups = chain(row.group, block.rowGroups ?? []);
  const heading = row.label === undefined ? groups[0] : row;
  return {
    kind: 'row',
    section,
    key: row.key,
    cells: columns.map(({ key }) => `${section}.${row.key}.${key}`),
    columns,
    groups: groups.map(({ key }) => key),
    ...(row.label === undefined && { onGroup: true as const }),
    names: called(heading?.number, (heading?.label ?? { 'zh-CN': '' })['zh-CN']),
  };
}

function groupTarget(section: string, group: Group, columns: readonly ColumnWords[]): Unplaced {
  const cells = columns.map(({ key }) => `${section}.${group.key}.${key}`);
  const names = called(group.number, group.label['zh-CN']);
  return { kind: 'subtotal', section, key: group.key, cells, columns, groups: [], names };
}

function acrossTarget(
  section: string,
  block: Block,
  rows: readonly Unplaced[],
  columns: readonly ColumnWords[],
): Unplaced {
  const cells = rows.flatMap((row) => row.cells);
  return {
    kind: 'across',
    section,
    key: block.key,
    cells,
    columns: rows.flatMap(() => columns),
    groups: [],
    names: [],
  };
}

/** A label with its number, alone, and without what stands in brackets behind it. */
function called(number: string | undefined, label: string): string[] {
  const numbered = normalForm(number ?? '');
  const short = normalForm(label.replace(/（[^（]*）$/u, ''));
  const forms = [...new Set([normalForm(label), short])];
  return [...new Set([...forms.map((name) => numbered + name), ...forms])];
}

function chain(key: string | undefined, groups: readonly Group[]): Group[] {
  const group = groups.find((candidate) => candidate.key === key);
  return group ? [group, ...chain(group.within, groups)] : [];
}

function labelOfGroup(groups: readonly Group[] = [], key: string | undefined) {
  const label = groups.find((group) => group.key === key)?.label;
  if (!label) throw new Error(`form: group ${key} has no label`);
  return label;
}
