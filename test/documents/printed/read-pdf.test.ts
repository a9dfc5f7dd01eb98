import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import t from 'tap';
import type { PrintedLine } from '../../../src/documents/printed/printed.ts';
import { mostCharacters, mostOperators, mostPages, readPdf } from '../../../src/documents/printed/read-pdf.ts';
import { line, pdfOf, rectangle, text } from '../../support/pdf.ts';
import { holdsAfterWaiting } from '../../support/property.ts';
import {
  drawnTable,
  readRows,
  ringOf,
  ruleStyles,
  sidesOf,
  wordsOf,
  type DrawnTable,
} from '../../support/table-drawing.ts';

await t.test('any ruled table is read as it was drawn, however it was drawn', async (t) => {
  const drawing = fc.record({
    table: drawnTable(),
    style: fc.constantFrom(...Object.keys(ruleStyles), 'rings', 'shifted'),
    apart: fc.boolean(),
    order: fc.array(fc.nat(), { minLength: 20, maxLength: 20 }),
  });
  const isReadBack = async ({ table, style, apart, order }: Drawing) => {
    const words = table.cells.flatMap((cell) => wordsOf(table, cell, apart));
    const { lines } = await readPdf(
      pdfOf([{ content: [rulesIn(style, table), ...shuffled(words, order)].join('\n') }]),
    );
    return isDeepStrictEqual(cellsOf(lines), readRows(table));
  };
  await holdsAfterWaiting(
    t,
    fc.asyncProperty(
      drawing.filter(({ table }) => hasWords(table)),
      isReadBack,
    ),
    { numRuns: 60 },
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

await t.test('text outside tables', async (t) => {
  await t.test('comes in lines from top to bottom, with a blank where a gap is wide', async (t) => {
    const lines = await read(
      [text(50, 200, 12, '第二行'), text(50, 100, 12, '标题'), text(90, 100, 12, '2024')].join('\n'),
    );
    t.same(textsOf(lines), ['标题 2024', '第二行']);
    t.same(lines.map(({ kind, place }) => ({ kind, place }))[1], { kind: 'plain', place: { page: 1, line: 2 } });
  });

  await t.test('is there once, though drawn twice to look bold', async (t) => {
    t.same(textsOf(await read(`${text(50, 100, 12, '11')}\n${text(50.4, 100, 12, '11')}`)), ['11']);
  });

  await t.test('has raised figures apart from the figure they stand at', async (t) => {
    t.same(textsOf(await read(`${text(50, 100, 12, '12')}\n${text(63.5, 95, 6, '2')}`)), ['12[2]']);
  });

  await t.test('is what can be seen: not white on white, not what lies off the page, not a watermark', async (t) => {
    const unseen = [
      `1 g ${text(50, 100, 12, '7')} 0 g`,
      text(700, 100, 12, '8'),
      'BT /H 40 Tf 0.7 0.7 -0.7 0.7 200 400 Tm (9) Tj ET',
    ];
    const onDark = `0 g ${rectangle(40, 180, 200, 210)} f 1 g ${text(50, 200, 12, '6')} 0 g`;
    t.same(textsOf(await read([...unseen, onDark, text(50, 300, 12, '5')].join('\n'))), ['6', '5']);
  });

  await t.test('drawn with nothing counts only over a scan', async (t) => {
    const hidden = `3 Tr ${text(50, 100, 12, '12')} 0 Tr`;
    t.same(textsOf(await read(hidden)), ['12']);
    t.same(textsOf(await read(`${hidden}\n${text(50, 200, 12, '34')}`)), ['34']);
  });

  await t.test('leaves out page numbers and what every page has at its edge', async (t) => {
    const page = (number: string, words: string) => ({
      content: [text(50, 40, 9, '示例市'), text(50, 400, 12, words), text(280, 810, 9, number)].join('\n'),
    });
    for (const numbers of [
      ['- 1 -', '- 2 -'],
      ['1', '2'],
      ['第1页 共2页', '第2页 共2页'],
      ['1 / 2', '2 / 2'],
    ] as const) {
      const { lines } = await readPdf(pdfOf([page(numbers[0], '甲'), page(numbers[1], '7')]));
      t.same(textsOf(lines), ['甲', '7'], numbers[0]);
    }
  });

  await t.test('is found in forms and annotations, and not beside the crop box', async (t) => {
    const form = await readPdf(pdfOf([{ content: '1 0 0 1 0 -100 cm /F Do', forms: { F: text(50, 300, 12, '42') } }]));
    t.same(textsOf(form.lines), ['42']);
    const content = `${text(50, 300, 12, '42')}\n${text(500, 300, 12, '7')}`;
    const stamp = { content: text(50, 300, 12, '42'), at: [0, -100] } as const;
    const stamped = await readPdf(pdfOf([{ content: `${text(50, 300, 12, '7')}\n1 0 0 1 900 0 cm`, stamp }]));
    t.same(textsOf(stamped.lines), ['7', '42']);
    t.same(textsOf((await readPdf(pdfOf([{ content, cropBox: [40, 40, 400, 800] }]))).lines), ['42']);
  });
});

await t.test('tables', async (t) => {
  await t.test('read the same on a turned page, and where only what is on it is turned', async (t) => {
    const table = plainTable([
      ['规章', '3', ''],
      ['收费', '12', '8'],
    ]);
    const content = `0 1 -1 0 842 0 cm\n${drawn(table)}`;
    t.same(cellsOf((await readPdf(pdfOf([{ content, rotate: 90 }]))).lines), readRows(table));
    t.same(cellsOf((await readPdf(pdfOf([{ content }]))).lines), readRows(table));
  });

  await t.test('have turned words in their cells', async (t) => {
    const table = plainTable([
      ['', '3'],
      ['', '12'],
    ]);
    const turned = 'BT /S 10 Tf 0 1 -1 0 90 682 Tm <4e094e0972694ef6> Tj ET';
    const [row] = cellsOf(await read(`${drawn(table)}\n${turned}\n${text(60, 400, 12, '12345678')}`));
    t.equal(row?.[0]?.text, '三三物件');
  });

  await t.test('are not parted by an underline, nor made by a frame', async (t) => {
    const table = plainTable([
      ['规章', '3'],
      ['收费', '12'],
    ]);
    t.same(cellsOf(await read(`${drawn(table)}\n${line(66, 138, 90, 138)}`)), readRows(table));
    t.same(cellsOf(await read(`${rectangle(40, 80, 500, 700)} S\n${drawn(table)}`)), readRows(table));
    t.same(cellsOf(await read(`${rectangle(40, 80, 500, 700)} S\n${text(60, 100, 12, '12')}`)), []);
  });

  await t.test('may leave their outer edges undrawn', async (t) => {
    const table = plainTable([
      ['规章', '3', '5'],
      ['收费', '12', '8'],
    ]);
    const [left, right] = [table.xs[0], table.xs.at(-1)];
    const sides = table.cells.flatMap((cell) => sidesOf(table, cell));
    const inner = sides.filter(({ x0, x1 }) => x0 !== x1 || (x0 !== left && x0 !== right));
    const words = table.cells.flatMap((cell) => wordsOf(table, cell));
    const rules = inner.map(({ x0, y0, x1, y1 }) => line(x0, y0, x1, y1));
    t.same(cellsOf(await read([...rules, ...words].join('\n'))), readRows(table));
  });

  await t.test('keep the digits of a number together across a rule', async (t) => {
    const table = plainTable([
      ['规章', '', '5'],
      ['收费', '12', '8'],
    ]);
    const right = table.xs[2] as number;
    const mostly = await read(`${drawn(table)}\n${text(right - 20, 142, 8, '12345')}`);
    t.equal(cellsOf(mostly)[0]?.[1]?.text, '12345', 'with the cell that has nearly all of it');
    const between = await read(`${drawn(table)}\n${text(right - 11, 142, 8, '12345')}`);
    t.match(cellsOf(between)[0], [{ text: '规章' }, { column: 1, span: 2 }], 'with no cell where it lies between two');
  });
});

await t.test('a table over the end of a page', async (t) => {
  const group = { column: 0, row: 0, span: 1, rows: 2 };
  const upper: DrawnTable = {
    xs: [60, 120, 220, 280],
    ys: [600, 640, 680],
    cells: [
      { ...group, text: '三\n本' },
      ...figures([
        ['公开', '50'],
        ['部分', '9'],
      ]),
    ],
  };
  const lower: DrawnTable = {
    xs: [60, 120, 220, 280],
    ys: [100, 140, 180],
    cells: [
      { ...group, text: '' },
      ...figures([
        ['无法', '31'],
        ['总计', '90'],
      ]),
    ],
  };

  await t.test('is one table, page numbers aside; its group goes on', async (t) => {
    const { lines } = await readPdf(
      pdfOf([{ content: `${drawn(upper)}\n${text(280, 810, 9, '- 1 -')}` }, { content: drawn(lower) }]),
    );
    t.same(
      lines.map(({ place }) => place),
      [1, 2, 3, 4].map((row) => ({ page: row < 3 ? 1 : 2, table: 1, row })),
    );
    const heading = { text: '三\n本', column: 0, span: 1 };
    t.same(
      cellsOf(lines).map(([first]) => first),
      [heading, ...[2, 3, 4].map(() => ({ ...heading, fromAbove: true }))],
    );
    t.same(cellsOf(lines)[2]?.slice(1), [
      { text: '无法', column: 1, span: 1 },
      { text: '31', column: 2, span: 1 },
    ]);
  });

  await t.test('has its head once, though every page prints it', async (t) => {
    const page = (table: DrawnTable): DrawnTable => ({
      ...table,
      ys: [...table.ys, (table.ys.at(-1) as number) + 40],
      cells: [
        { column: 0, row: 0, span: 2, rows: 1, text: '项目' },
        { column: 2, row: 0, span: 1, rows: 1, text: '件数' },
        ...table.cells.map((cell) => ({ ...cell, row: cell.row + 1 })),
      ],
    });
    const { lines } = await readPdf(pdfOf([{ content: drawn(page(upper)) }, { content: drawn(page(lower)) }]));
    t.same(
      lines.map(({ cells, place }) => [place.page, cells[0]?.fromAbove, cells.at(-1)?.text]),
      [
        [1, undefined, '件数'],
        [1, undefined, '50'],
        [1, true, '9'],
        [2, true, '31'],
        [2, true, '90'],
      ],
    );
  });

  await t.test('has the cells that begin before a page and end after it', async (t) => {
    const side = [60, 120, 220, 280];
    const pages = [upper, lower].map((table) =>
      [
        ...side.map((x) => line(x, 100, x, 700)),
        line(120, 300, 280, 300),
        ...table.cells.slice(1).flatMap((cell) => wordsOf({ ...table, ys: [100, 300, 700] }, cell)),
      ].join('\n'),
    );
    const { lines } = await readPdf(pdfOf(pages.map((content) => ({ content }))));
    t.same(
      cellsOf(lines).map((row) => row.map(({ column, text }) => [column, text])),
      [
        [
          [0, ''],
          [1, '公开'],
          [2, '50'],
        ],
        [
          [0, ''],
          [1, '部分'],
          [2, '9'],
        ],
        [
          [0, ''],
          [1, '无法'],
          [2, '31'],
        ],
        [
          [0, ''],
          [1, '总计'],
          [2, '90'],
        ],
      ],
    );
  });

  await t.test('is two where text stands between, or where the other is as wide as no part of it', async (t) => {
    const between = await readPdf(
      pdfOf([{ content: drawn(upper) }, { content: `${text(60, 80, 12, '四、')}\n${drawn(lower)}` }]),
    );
    t.same(new Set(between.lines.map(({ place }) => place.table)), new Set([1, undefined, 2]));
    const wider = { ...lower, xs: [60, 120, 220, 380] };
    const other = await readPdf(pdfOf([{ content: drawn(upper) }, { content: drawn(wider) }]));
    t.same(new Set(other.lines.map(({ place }) => place.table)), new Set([1, 2]));
  });

  await t.test('has a row that the end cuts in two as one, where no rule closes it', async (t) => {
    const cut = (table: DrawnTable, y: number) =>
      [...table.cells.flatMap((cell) => sidesOf(table, cell)).filter(({ y0, y1 }) => y0 !== y || y1 !== y)].map(
        ({ x0, y0, x1, y1 }) => line(x0, y0, x1, y1),
      );
    const halves = async (above: readonly string[], below: readonly string[]) => {
      const [first, second] = [plainTable([['规章', '3'], above], 600), plainTable([below, ['收费', '8']])];
      const page = (table: DrawnTable, y: number) => ({
        content: [...cut(table, y), ...table.cells.flatMap((cell) => wordsOf(table, cell))].join('\n'),
      });
      const { lines } = await readPdf(
        pdfOf([page(first, first.ys.at(-1) as number), page(second, second.ys[0] as number)]),
      );
      return cellsOf(lines).map((row) => row.map(({ text }) => text));
    };
    t.same(await halves(['许可的', '12'], ['数量', '']), [
      ['规章', '3'],
      ['许可的\n数量', '12'],
      ['收费', '8'],
    ]);
    t.equal((await halves(['许可', '12'], ['处罚', '3'])).length, 4, 'two figures are two rows');
  });
});

await t.test('any table is read the same where a page ends between two of its rows', async (t) => {
  const isReadBack = async ({ table, share }: { readonly table: DrawnTable; readonly share: number }) => {
    const ends = [...table.ys.keys()].filter((end) => isBetweenRows(table, end));
    const end = ends[Math.floor(share * ends.length)];
    if (end === undefined) return true;
    const [upper, lower] = [within(table, 0, end), within(table, end, table.ys.length - 1)];
    const { lines } = await readPdf(pdfOf([{ content: drawn(upper) }, { content: drawn(lower) }]));
    return isDeepStrictEqual(cellsOf(lines), readRows(table));
  };
  const cut = fc.record({
    table: drawnTable().map(withoutBlanks),
    share: fc.double({ min: 0, max: 0.999, noNaN: true }),
  });
  await holdsAfterWaiting(t, fc.asyncProperty(cut, isReadBack), { numRuns: 30 });
});

/** Whether no cell reaches over this boundary, and more than one cell stands on either side. */
function isBetweenRows({ cells }: DrawnTable, end: number): boolean {
  const [above, below] = [cells.filter(({ row }) => row < end), cells.filter(({ row }) => row >= end)];
  return above.every(({ row, rows }) => row + rows <= end) && above.length > 1 && below.length > 1;
}

/** Some rows of a table, where they stand on its page. */
function within({ xs, ys, cells }: DrawnTable, first: number, end: number): DrawnTable {
  const some = cells.filter(({ row }) => row >= first && row < end);
  return { xs, ys: ys.slice(first, end + 1), cells: some.map((cell) => ({ ...cell, row: cell.row - first })) };
}

function withoutBlanks(table: DrawnTable): DrawnTable {
  return { ...table, cells: table.cells.map((cell) => ({ ...cell, text: cell.text === '' ? '0' : cell.text })) };
}

await t.test('a table without rules has its figures in columns', async (t) => {
  const row = (y: number, label: string, figures: readonly string[]) =>
    [
      text(50, y, 10, label),
      ...figures.flatMap((figure, at) => (figure === '' ? [] : [text(200 + at * 50, y, 10, figure)])),
    ].join('\n');
  const lines = await read(
    [
      text(50, 80, 10, '申请情况'),
      row(100, '公开', ['50', '0', '50']),
      row(120, '部分公开', ['9', '0', '9']),
      row(140, '其他', ['', '', '7']),
      row(160, '总计', ['59', '0', '66']),
      text(50, 180, 10, '说明'),
    ].join('\n'),
  );
  t.same(
    lines.map(({ kind }) => kind),
    ['plain', 'separated', 'separated', 'separated', 'separated', 'plain'],
  );
  t.same(
    lines[3]?.cells.map(({ text }) => text),
    ['其他', '', '', '7'],
    'a blank is where it stands',
  );
});

await t.test('the title is what the file says', async (t) => {
  t.equal((await readPdf(pdfOf([{ content: text(50, 100, 12, '1') }], { title: '年度报告' }))).title, '年度报告');
});

await t.test('what cannot be read is refused, and why', async (t) => {
  const refused = async (bytes: Uint8Array, reason: string) => {
    await t.rejects(readPdf(bytes), { name: 'DocumentRefused', reason, words: { 'zh-CN': /./, en: /./ } }, reason);
  };
  const page = { content: text(50, 100, 12, '1') };
  await refused(new Uint8Array(), 'damaged');
  await refused(new TextEncoder().encode('<html>'), 'damaged');
  await refused(pdfOf([{ content: line(0, 0, 100, 100) }]), 'no-text-layer');
  const key = '00'.repeat(32);
  const trailer = `/Encrypt << /Filter /Standard /V 1 /R 2 /O <${key}> /U <${key}> /P -4 >> /ID [<00> <00>]`;
  await refused(pdfOf([page], { trailer }), 'encrypted');
  await refused(pdfOf(Array.from({ length: mostPages + 1 }, () => page)), 'too-large');
  await refused(pdfOf([{ content: `${page.content}\n${'q Q\n'.repeat(mostOperators / 2)}` }]), 'too-large');
  await refused(pdfOf([{ content: text(50, 100, 12, '1'.repeat(10)) + dotted(mostCharacters) }]), 'too-large');
});

/** More characters than a page may have, all of them within it. */
function dotted(count: number): string {
  return `BT /H 0.001 Tf 1 0 0 1 50 500 Tm (${'1'.repeat(count)}) Tj ET`;
}

async function read(content: string): Promise<readonly PrintedLine[]> {
  return (await readPdf(pdfOf([{ content }]))).lines;
}

function textsOf(lines: readonly PrintedLine[]): string[] {
  return lines.map(({ cells }) => cells.map(({ text }) => text).join('|'));
}

/** A table without merged cells. */
function plainTable(rows: readonly (readonly string[])[], top = 120): DrawnTable {
  return {
    xs: [60, 120, 150, 180].slice(0, (rows[0]?.length ?? 0) + 1),
    ys: [0, ...rows.keys()].map((_, index) => top + index * 40),
    cells: rows.flatMap((cells, row) => cells.map((text, column) => ({ column, row, span: 1, rows: 1, text }))),
  };
}

/** Rows of two cells beside the first column. */
function figures(rows: readonly (readonly string[])[]) {
  return rows.flatMap((cells, row) => cells.map((text, at) => ({ column: at + 1, row, span: 1, rows: 1, text })));
}

function drawn(table: DrawnTable): string {
  return [rulesIn('strokes', table), ...table.cells.flatMap((cell) => wordsOf(table, cell))].join('\n');
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
