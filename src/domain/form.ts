import type { Cell } from './cell.ts';
import type { Block, Column, Edition, Group, Line, NarrativeSection, Section, TableSection } from './edition.ts';
import type { Words } from './language.ts';

/** A row or column of a table with what is derived from its groups. */
export interface FormLine {
  readonly key: string;
  /** What people call it: 三（三）1.属于国家秘密, 法人或其他组织·商业企业. */
  readonly name: Words;
  /** The keys of every group it stands in, innermost first. */
  readonly groups: readonly string[];
  /** What the line states the total of; see `Line.totalOf`. */
  readonly totalOf?: string;
}

/** A block of a table, its lines in permanent order. */
export interface FormTable {
  readonly section: string;
  readonly block: Block;
  readonly rows: readonly FormLine[];
  readonly columns: readonly FormLine[];
}

/** An edition with its cells laid out: made once at start, read everywhere. */
export interface Form {
  readonly edition: Edition;
  readonly tables: readonly FormTable[];
  readonly narratives: readonly NarrativeSection[];
  /** Every cell in permanent order. */
  readonly cells: readonly Cell[];
  readonly cellAt: ReadonlyMap<string, Cell>;
}

/** Lays out the cells of an edition. */
export function layOut(edition: Edition): Form {
  const tables = edition.sections.flatMap((section) => (section.kind === 'table' ? tablesOf(section) : []));
  const cells = tables.flatMap(cellsOf).map((cell, index) => ({ ...cell, index }));
  return {
    edition,
    tables,
    narratives: edition.sections.filter((section): section is NarrativeSection => section.kind === 'narrative'),
    cells,
    cellAt: new Map(cells.map((cell) => [cell.address, cell])),
  };
}

/** The section's title as printed, `三、收到和处理政府信息公开申请情况`. */
export function sectionTitle(section: Section): Words {
  return { 'zh-CN': `${section.number}、${section.label['zh-CN']}`, en: section.label.en };
}

/** What people call the place where a row and a column cross. */
export function crossed(row: Words, column: Words): Words {
  return { 'zh-CN': `${row['zh-CN']}·${column['zh-CN']}`, en: `${row.en} · ${column.en}` };
}

/** What people call a group of lines: 三（三）不予公开. */
export function groupName(group: Group, groups: readonly Group[]): Words {
  return nameOf(group, groupsAround(group.within, groups));
}

function tablesOf(section: TableSection): FormTable[] {
  return section.blocks.map((block) => ({
    section: section.key,
    block,
    rows: block.rows.map((row) => formLine(row, block.rowGroups ?? [])),
    columns: block.columns.map((column) => formLine(column, block.columnGroups ?? [])),
  }));
}

function cellsOf(table: FormTable): Omit<Cell, 'index'>[] {
  return table.rows.flatMap((row) =>
    table.columns.map((column, position) => {
      const { value, unit } = table.block.columns[position] as Column;
      return {
        address: `${table.section}.${row.key}.${column.key}`,
        section: table.section,
        row: row.key,
        column: column.key,
        value,
        label: crossed(row.name, column.name),
        ...(unit && { unit }),
      };
    }),
  );
}

function formLine(line: Line, groups: readonly Group[]): FormLine {
  const around = groupsAround(line.group, groups);
  return {
    key: line.key,
    name: nameOf(line, around),
    groups: around.map((group) => group.key),
    ...(line.totalOf !== undefined && { totalOf: line.totalOf }),
  };
}

/** The groups a line stands in, innermost first; an unknown key is a slip in the edition's data. */
function groupsAround(key: string | undefined, groups: readonly Group[]): Group[] {
  if (key === undefined) return [];
  const group = groups.find((candidate) => candidate.key === key);
  if (!group) throw new Error(`form: no group ${key}`);
  return [group, ...groupsAround(group.within, groups)];
}

function nameOf(line: Line, around: readonly Group[]): Words {
  const label = line.label ?? around[0]?.label;
  if (!label) throw new Error(`form: line ${line.key} has neither a label nor a group`);
  const named = (line.label ? around : around.slice(1)).filter((group) => !group.headingOnly).reverse();
  const numbers = [...named.map((group) => group.number ?? ''), line.number ?? around[0]?.number ?? ''].join('');
  const unnumbered = named.filter((group) => group.number === undefined).map((group) => group.label['zh-CN']);
  const chain = [...unnumbered, label['zh-CN']].join('·');
  return { 'zh-CN': numbers.replace('、（', '（') + chain, en: label.en };
}
