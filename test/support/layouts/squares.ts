import type { Column, Group, Line, Section, TableSection } from '../../../src/domain/edition.ts';
import { sectionTitle } from '../../../src/domain/form.ts';
import type { CheckedForm } from '../../../src/domain/compile.ts';

/** One square of a table. Neighbours of one key are one cell in print. */
export interface Square {
  readonly key: string;
  readonly text: string;
  readonly role: 'caption' | 'head' | 'label' | 'figure';
  /** The address of the cell a figure is printed for. */
  readonly address?: string;
}

/** A table of a report as the notice lays it out, square by square. */
export type Squares = readonly (readonly Square[])[];

/** A section as it is printed. */
export interface Part {
  readonly heading: string;
  readonly paragraphs: readonly string[];
  readonly tables: readonly Squares[];
}

/** A report before it is put into the layout of some page. */
export interface Sheet {
  readonly title: string;
  readonly parts: readonly Part[];
}

/** How the figure of a cell is written. */
export type Writing = (address: string) => string;

/** What the narratives say; some sentence with figures that are none of the tables'. */
const prose = [
  '本年度我单位按照要求做好各项公开工作，全年更新栏目35个，组织培训2次，参训64人次。',
  '下一步将继续完善制度，提高服务质量。',
];

/** The sheet of a report: everything the form prints, in its order. */
export function sheetOf(form: CheckedForm, title: string, writing: Writing): Sheet {
  return { title, parts: form.edition.sections.map((section) => partOf(section, writing)) };
}

function partOf(section: Section, writing: Writing): Part {
  const heading = sectionTitle(section)['zh-CN'];
  if (section.kind === 'narrative') return { heading, paragraphs: prose, tables: [] };
  return { heading, paragraphs: [], tables: [squaresOf(section, writing)] };
}

/** The squares of a table, filled up to one width. */
function squaresOf(section: TableSection, writing: Writing): Squares {
  const rows = section.blocks.flatMap((block) => {
    const depth = Math.max(...block.rows.map((row) => chainOf(row, block.rowGroups).length));
    return block.rowsSideBySide ? acrossSquares(section, block, writing) : blockSquares(section, block, depth, writing);
  });
  const width = Math.max(...rows.map((row) => row.length));
  return rows.map((row) => stretched(row, width));
}

type Block = TableSection['blocks'][number];

function blockSquares(section: TableSection, block: Block, depth: number, writing: Writing): Square[][] {
  const corner = block.corner?.['zh-CN'] ?? `（${section.description['zh-CN'].replace(/。$/u, '')}）`;
  const labels = filledDown(
    block.rows.map((row) => stretched(chainOf(row, block.rowGroups).map(asSquare(block.key, 'label')), depth)),
  );
  const heads = headsOf(block.columns.map((column) => chainOf(column, block.columnGroups, unitOf(column))));
  return [
    ...(block.label ? [[squareOf(`${block.key}:caption`, block.label['zh-CN'], 'caption')]] : []),
    ...heads.map((row) => [...repeated(squareOf(`${block.key}:corner`, corner, 'head'), depth), ...row]),
    ...block.rows.map((row, index) => [
      ...(labels[index] as Square[]),
      ...figuresOf(section.key, row, block.columns, writing),
    ]),
  ];
}

function acrossSquares(section: TableSection, block: Block, writing: Writing): Square[][] {
  const over = block.rows.flatMap((row) => {
    const chain = chainOf(row, block.rowGroups);
    const depth = Math.max(...block.rows.map((other) => chainOf(other, block.rowGroups).length));
    const wide = [...chain, ...Array<string>(depth - chain.length).fill(chain.at(-1) as string)];
    return block.columns.map((column) => [...wide, ...chainOf(column, block.columnGroups)]);
  });
  const heads = headsOf(over).map((row) => row.map((square) => ({ ...square, key: `${block.key}:${square.key}` })));
  return [...heads, block.rows.flatMap((row) => figuresOf(section.key, row, block.columns, writing))];
}

/** What a line is called, its groups before it, each with its number; a line without a label is called as its group. */
function chainOf(line: Line, groups: readonly Group[] = [], behind = ''): string[] {
  const around = (key: string | undefined): Group[] => {
    const group = groups.find((candidate) => candidate.key === key);
    return group ? [...around(group.within), group] : [];
  };
  const chain = around(line.group).map(({ number, label }) => `${number ?? ''}${label['zh-CN']}`);
  return line.label ? [...chain, `${line.number ?? ''}${line.label['zh-CN']}${behind}`] : chain;
}

function unitOf({ unit }: Column): string {
  return unit ? `（单位：${unit['zh-CN']}）` : '';
}

/** The rows of heads over some columns: a head that stands over several of them is one key. */
function headsOf(chains: readonly (readonly string[])[]): Square[][] {
  const depth = Math.max(...chains.map((chain) => chain.length));
  const paths = chains.map((chain) =>
    Array.from({ length: depth }, (_, level) => chain.slice(0, level + 1)).map((path, level) => ({
      // Below its last word a chain goes on with it; the last words of neighbours are never one cell.
      key: [...new Set(path)].join('/') + (level >= chain.length - 1 ? `#${chains.indexOf(chain)}` : ''),
      text: path.at(-1) as string,
    })),
  );
  return Array.from({ length: depth }, (_, level) =>
    paths.map((path) => ({ ...(path[level] as { key: string; text: string }), role: 'head' as const })),
  );
}

function figuresOf(section: string, row: Line, columns: readonly Column[], writing: Writing): Square[] {
  return columns.map(({ key }) => {
    const address = `${section}.${row.key}.${key}`;
    return { key: address, text: writing(address), role: 'figure', address };
  });
}

/** A label that stands before several rows is one key in all of them; the rows are alike in what stands before it. */
function filledDown(rows: readonly (readonly Square[])[]): Square[][] {
  return rows.map((row, index) =>
    row.map((square, depth) => {
      const isOwn = depth === row.length - 1 || row.slice(depth + 1).every(({ text }) => text === square.text);
      return { ...square, key: `${square.key}${isOwn ? `@${index}` : ''}` };
    }),
  );
}

function asSquare(block: string, role: Square['role']) {
  return (text: string): Square => squareOf(`${block}:${text}`, text, role);
}

function squareOf(key: string, text: string, role: Square['role']): Square {
  return { key, text, role };
}

function repeated(square: Square, times: number): Square[] {
  return Array<Square>(times).fill(square);
}

/** A row made as wide as the table by its last square. */
function stretched(row: readonly Square[], width: number): Square[] {
  return [...row, ...repeated(row.at(-1) as Square, width - row.length)];
}

/** A cell in print: squares of one key that stand together. */
export interface Cell extends Square {
  readonly columns: number;
  readonly rows: number;
}

/** The cells of a table, row by row; those that reach down from above are not told again. */
export function cellsOf(squares: Squares): Cell[][] {
  return squares.map((row, y) =>
    row.flatMap((square, x) => {
      if (row[x - 1]?.key === square.key || squares[y - 1]?.[x]?.key === square.key) return [];
      const width = runOf(row.slice(x), square);
      const height = runOf(
        squares.slice(y).map((below) => below[x] as Square),
        square,
      );
      return [{ ...square, columns: width, rows: height }];
    }),
  );
}

function runOf(squares: readonly Square[], { key }: Square): number {
  const end = squares.findIndex((square) => square?.key !== key);
  return end < 0 ? squares.length : end;
}
