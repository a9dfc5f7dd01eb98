import traditionalPairs from 'opencc-js/dict/TSCharacters';
import type { Part, Sheet, Square, Squares } from './squares.ts';

/** A number from 0 up to, not including, another. */
export type Pick = (below: number) => number;

/** What pages do to a report on its way to the web. */
export type Distortion = (sheet: Sheet, pick: Pick) => Sheet;

function ofTables(change: (table: Squares, pick: Pick) => Squares): Distortion {
  return (sheet, pick) => ({
    ...sheet,
    parts: sheet.parts.map((part) => ({ ...part, tables: part.tables.map((table) => change(table, pick)) })),
  });
}

function ofSquares(change: (square: Square, pick: Pick) => Square): Distortion {
  return ofTables((table, pick) => {
    const changed = new Map<string, Square>();
    const once = (square: Square) => {
      const done = changed.get(square.key) ?? change(square, pick);
      changed.set(square.key, done);
      return done;
    };
    return table.map((row) => row.map(once));
  });
}

function ofTexts(role: Square['role'], change: (text: string, pick: Pick) => string): Distortion {
  return ofSquares((square, pick) => (square.role === role ? { ...square, text: change(square.text, pick) } : square));
}

const ofLabels = (change: (text: string, pick: Pick) => string) => ofTexts('label', change);

const ofHeadings =
  (change: (heading: string) => string): Distortion =>
  (sheet) => ({ ...sheet, parts: sheet.parts.map((part) => ({ ...part, heading: change(part.heading) })) });

/** By simplified character, one of the traditional ones. */
const traditional = new Map(
  traditionalPairs.split('|').map((pair) => pair.split(' ').slice(0, 2).toReversed() as [string, string]),
);

const bare = (text: string) => text.replace(/^(?:[一二三四五六七八九]、|（[一二三四五六七八九]）|\d\.)/u, '');

/** Places a column of one text where it keeps every row's figures together. */
function withColumn(table: Squares, at: (row: readonly Square[]) => number, text: (y: number) => string): Squares {
  return table.map((row, y) => {
    const place = at(row);
    const square: Square = { key: `added:${y}:${place}`, text: text(y), role: 'label' };
    return [...row.slice(0, place), square, ...row.slice(place)];
  });
}

function firstFigure(table: Squares): number {
  const first = table.flatMap((row) => {
    const at = row.findIndex(({ role }) => role === 'figure');
    return at < 0 ? [] : [at];
  });
  return Math.min(...first);
}

function isRow(row: readonly Square[] | undefined): boolean {
  return row?.some(({ role }) => role === 'figure') === true && row[0]?.role === 'label';
}

/** Everything the form prints is still there, in its place: a reader is to find all of it. */
export const harmless = {
  asItIs: (sheet) => sheet,
  numbersWithoutDots: ofLabels((text) => text.replace(/^(\d)\./u, '$1、')),
  numbersInBrackets: ofLabels((text) => text.replace(/^(\d)\./u, '（$1）')),
  noNumbers: ofLabels(bare),
  narrowBrackets: ofLabels((text) => text.replaceAll('（', '(').replaceAll('）', ')')),
  spacedLabels: ofLabels((text) => [...text].join(' ')),
  kangxi: ofLabels((text) => text.replaceAll('行', '⾏')),
  pinyin: ofLabels((text) => text.replaceAll('规', '规(guī)').replaceAll('类', '类(lèi)')),
  traditional: ofLabels((text) => [...text].map((character) => traditional.get(character) ?? character).join('')),
  noHeadingNumbers: ofHeadings(bare),
  otherHeadingNumbers: ofHeadings((heading) => `（${heading.charAt(0)}）${bare(heading)}`),
  headingsOfWords: ofHeadings((heading) => heading.replace('情况', '的情况')),
  groupsInEveryRow: ofTables((table) =>
    table
      .map((row, y) =>
        row.map((square, x) =>
          square.role === 'label' && row[x - 1]?.key !== square.key ? { ...square, key: `${square.key}!${y}` } : square,
        ),
      )
      .map((row) =>
        row.map((square, x) =>
          x > 0 && row[x - 1]?.text === square.text && square.role === 'label'
            ? { ...square, key: row[x - 1]!.key }
            : square,
        ),
      ),
  ),
  emptyLastColumn: ofTables((table) =>
    withColumn(
      table,
      (row) => row.length,
      () => '',
    ),
  ),
  emptyFirstColumn: ofTables((table) =>
    withColumn(
      table,
      () => 0,
      () => '',
    ),
  ),
  proseBetween: (sheet) => ({
    ...sheet,
    parts: sheet.parts.map((part) =>
      part.tables.length > 0
        ? { ...part, paragraphs: ['本年度共作出行政许可 12 件、行政处罚 30 件，新收政府信息公开申请 7 件，均已办结。'] }
        : part,
    ),
  }),
  footnotes: ofTables((table) => [
    ...table,
    (table[0] ?? []).map((): Square => ({
      key: 'foot',
      text: '注：以上数据截至12月31日，不含3家垂直管理单位。',
      role: 'caption',
    })),
  ]),
} as const satisfies Readonly<Record<string, Distortion>>;

/** Something is gone, or stands where it does not belong: a reader may leave cells blank. */
export const harmful = {
  blankColumnBeforeFigures: ofTables((table) =>
    withColumn(
      table,
      () => firstFigure(table),
      () => '',
    ),
  ),
  serialNumbers: ofTables((table) =>
    isRow(table.at(-1))
      ? withColumn(
          table,
          () => 0,
          (y) => (isRow(table[y]) ? String(y) : '序号'),
        )
      : table,
  ),
  remarks: ofTables((table) =>
    withColumn(
      table,
      (row) => row.length,
      (y) => (y === 0 ? '备注' : ''),
    ),
  ),
  filledRemarks: ofTables((table, pick) =>
    withColumn(
      table,
      (row) => row.length,
      (y) => (y === 0 ? '备注' : isRow(table[y]) && pick(4) === 0 ? String(pick(9)) : ''),
    ),
  ),
  subtotalColumn: ofTables((table) => {
    if (!table.some((row) => row.some(({ address }) => address?.startsWith('requests.')))) return table;
    return table.map((row, y) => {
      const at = row.findLastIndex(({ role }) => role !== 'label');
      const text = row[at]?.role === 'figure' ? String(sumOf(row)) : y === 1 ? '小计' : '';
      return [...row.slice(0, at), { key: `sub:${y}`, text, role: 'head' as const }, ...row.slice(at)];
    });
  }),
  lostLabel: ofTables((table, pick) => {
    const lost = pick(table.length);
    return table.map((row, y) =>
      y === lost
        ? row.map((square) => (square.role === 'label' ? { ...square, key: `lost:${y}`, text: '' } : square))
        : row,
    );
  }),
  damagedLabels: ofLabels((text, pick) => damaged(text, pick)),
  halfLabels: ofLabels((text, pick) => (pick(4) === 0 ? text.slice(0, Math.ceil(text.length / 2)) : text)),
  swappedLabels: ofTables((table, pick) => {
    const lost = pick(table.length - 1);
    const labels = (y: number) => table[y]?.filter(({ role }) => role === 'label') ?? [];
    return table.map((row, y) =>
      y === lost && isRow(row) && isRow(table[y + 1]) ? [...labels(y), ...figures(row)] : row,
    );
  }),
  droppedSquare: ofTables((table, pick) => {
    const y = pick(table.length);
    const x = pick(table[y]?.length ?? 1);
    return table.map((row, at) => (at === y ? row.filter((_, place) => place !== x) : row));
  }),
  droppedRow: ofTables((table, pick) => {
    const y = pick(table.length);
    return table.filter((_, at) => at !== y);
  }),
  droppedRows: ofTables((table, pick) => table.filter(() => pick(6) > 0)),
  swappedRows: ofTables((table, pick) => {
    const y = pick(table.length - 1);
    return [
      ...table.slice(0, y),
      ...[table[y + 1], table[y]].flatMap((row) => (row ? [row] : [])),
      ...table.slice(y + 2),
    ];
  }),
  droppedHeads: ofTables((table) => table.filter((row) => row.some(({ role }) => role === 'figure'))),
  noHeadings: (sheet) => ({ ...sheet, parts: sheet.parts.map((part) => ({ ...part, heading: '' })) }),
  truncated: (sheet, pick) => {
    const parts = sheet.parts.slice(0, 1 + pick(sheet.parts.length));
    const last = parts.at(-1) as Part;
    const cut = last.tables.map((table) => table.slice(0, pick(table.length)));
    return { ...sheet, parts: [...parts.slice(0, -1), { ...last, tables: cut }] };
  },
  subtotalRows: ofTables((table) =>
    table.flatMap((row, y) => {
      const group = row[1];
      const begins =
        group?.role === 'label' &&
        row[2]?.role === 'label' &&
        group.key !== row[2].key &&
        table[y - 1]?.[1]?.key !== group.key;
      if (!begins) return [row];
      const labels = row.map((square, x) => (x === 2 ? { ...group, text: '小计', key: `sub:${y}` } : square));
      return [
        labels.map((square) =>
          square.role === 'figure' ? { ...square, key: `sub:${y}:${square.key}`, text: '7' } : square,
        ),
        row,
      ];
    }),
  ),
  groupRowsWithFigures: ofTables((table) =>
    table.flatMap((row, y) => {
      const group = row[1];
      const begins =
        group?.role === 'label' &&
        row[2]?.role === 'label' &&
        group.key !== row[2].key &&
        table[y - 1]?.[1]?.key !== group.key;
      if (!begins) return [row];
      const labels = row.map((square, x) => (x === 2 ? group : square));
      return [
        labels.map((square) =>
          square.role === 'figure'
            ? { ...square, key: `sub:${y}:${square.key}`, text: '7' }
            : { ...square, key: `subl:${y}:${square.key}` },
        ),
        row,
      ];
    }),
  ),
  headsAgain: ofTables((table) => {
    const heads = table
      .filter((row) => row.every(({ role }) => role === 'head' || role === 'caption'))
      .map((row) => row.map((square) => ({ ...square, key: `again:${square.key}` })));
    const half = Math.ceil(table.length / 2);
    return [...table.slice(0, half), ...heads, ...table.slice(half)];
  }),
  lastYearBehind: ofTables((table) => [...table, ...otherYear(table)]),
  lastYearBefore: ofTables((table) => [...otherYear(table), ...table]),
} as const satisfies Readonly<Record<string, Distortion>>;

function figures(row: readonly Square[]): Square[] {
  return row.filter(({ role }) => role === 'figure');
}

function sumOf(row: readonly Square[]): number {
  return figures(row)
    .slice(1, -1)
    .reduce((sum, { text }) => sum + (Number(text) || 0), 0);
}

/** The same table with other figures. */
function otherYear(table: Squares): Squares {
  return table.map((row, y) =>
    row.map((square) => ({
      ...square,
      key: `old:${square.key}`,
      ...(square.role === 'figure' && { text: String((y * 7) % 10) }),
    })),
  );
}

/** One to three characters gone, or changed. */
function damaged(text: string, pick: Pick): string {
  if (pick(4) > 0) return text;
  const characters = [...text];
  for (let count = 1 + pick(3); count > 0; count -= 1) {
    const at = pick(characters.length);
    if (pick(2) === 0) characters.splice(at, 1);
    else characters.splice(at, 1, '某');
  }
  return characters.join('');
}
