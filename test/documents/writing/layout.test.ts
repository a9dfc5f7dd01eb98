import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { DomUtils, parseDocument } from 'htmlparser2';
import mammoth from 'mammoth';
import t from 'tap';
import { compile } from '../../../src/domain/compile.ts';
import type { Block, Group, Row, TableSection } from '../../../src/domain/edition.ts';
import { headsOf, layoutOf, type LayoutCell, type TableLayout } from '../../../src/documents/writing/layout.ts';
import { formOf, forms } from '../../support/forms.ts';
import { holds } from '../../support/property.ts';
import { tinyEdition, words } from '../../support/tiny.ts';

const tablesOf = (form: (typeof forms)[number]) => form.edition.sections.filter((section) => section.kind === 'table');

const noTest = { type: 'complete' } as const;

function sectionWith(blocks: readonly Block[]): TableSection {
  return { kind: 'table', key: 'table', number: '一', label: words('t'), description: words('d'), blocks };
}

/** Lines under groups up to three deep, some of them printed on the heading of their group. */
const arbitraryLines = fc
  .array(fc.record({ path: fc.array(fc.nat({ max: 1 }), { maxLength: 3 }), labelled: fc.boolean() }), {
    minLength: 1,
    maxLength: 6,
  })
  .map((shapes) => {
    const nameOf = (path: readonly number[]) => `g${path.join('')}`;
    const paths = shapes.flatMap(({ path }) => path.map((_, depth) => path.slice(0, depth + 1)));
    const groups = new Map(
      paths.map((path): [string, Group] => {
        const around = path.length > 1 ? { within: nameOf(path.slice(0, -1)) } : {};
        return [nameOf(path), { key: nameOf(path), label: words(nameOf(path)), ...around }];
      }),
    );
    const lines = shapes.map(({ path, labelled }, place): Row => {
      const group = path.length > 0 ? { group: nameOf(path) } : {};
      return { key: `l${place}`, ...group, ...((labelled || path.length === 0) && { label: words(`l${place}`) }) };
    });
    return { groups: [...groups.values()], lines };
  });

const arbitraryBlock = fc
  .record({ rows: arbitraryLines, columns: arbitraryLines, captioned: fc.boolean(), rowsSideBySide: fc.boolean() })
  .map(({ rows, columns, captioned, rowsSideBySide }) => ({
    ...(captioned && { label: words('caption') }),
    rowGroups: rows.groups,
    columnGroups: columns.groups,
    rows: rows.lines,
    columns: columns.lines.map((line) => ({ ...line, value: 'count' as const })),
    rowsSideBySide,
  }));

/** A block with names of its own in its section. */
function apart(block: Omit<Block, 'key'>, place: number): Block {
  const rows = block.rows.map((row) => ({ ...row, key: `b${place}${row.key}` }));
  return { ...block, key: `b${place}`, rows };
}

for (const form of forms) {
  await t.test(`the tables of edition ${form.edition.id}`, async (t) => {
    const layouts = tablesOf(form).map((section) => layoutOf(form, section));
    for (const layout of layouts) t.same(placesNotCoveredOnce(layout), [], 'every place is in exactly one cell');
    const addresses = layouts.flatMap(figures).map(({ cell }) => cell.address);
    t.same(addresses.sort(), form.cells.map(({ address }) => address).sort(), 'every cell of the form is there once');
    for (const layout of layouts) {
      for (const figure of figures(layout)) {
        const heads = headsOf(layout, figure).map(({ text }) => text);
        for (const label of labelsOf(form, figure.cell.address))
          t.ok(heads.join().includes(label), figure.cell.address);
      }
    }
  });
}

await t.test('an amount says in its heading what it is counted in', (t) => {
  for (const form of forms) {
    for (const section of tablesOf(form)) {
      const layout = layoutOf(form, section);
      for (const figure of figures(layout).filter(({ cell }) => cell.unit)) {
        t.match(
          headsOf(layout, figure)
            .map(({ text }) => text)
            .join(),
          `（单位：${figure.cell.unit?.['zh-CN']}）`,
        );
      }
    }
  }
  t.end();
});

await t.test('any blocks, groups and lines fill their grid', (t) => {
  holds(
    t,
    fc.property(fc.array(arbitraryBlock, { minLength: 1, maxLength: 4 }), (blocks) => {
      const section = sectionWith(blocks.map(apart));
      const form = compile({ ...tinyEdition([], [], noTest), sections: [section], rules: [] });
      const layout = layoutOf(form, section);
      return placesNotCoveredOnce(layout).length === 0 && figures(layout).length === form.cells.length;
    }),
  );
  t.end();
});

const template = join(
  process.env['REPORTS_DIR'] ?? fileURLToPath(new URL('../../../../shared/reports', import.meta.url)),
  'full/official-template.docx',
);

await t.test('edition 2021 is laid out as in the official form', { skip: !existsSync(template) }, async (t) => {
  const form = formOf('2021');
  const { value } = await mammoth.convertToHtml({ path: template });
  const official = DomUtils.getElementsByTagName('table', parseDocument(value)).map((table) =>
    DomUtils.getElementsByTagName('tr', table).map((row) =>
      DomUtils.getElementsByTagName('td', row).map((cell) => {
        const { rowspan = '1', colspan = '1' } = cell.attribs;
        return { text: DomUtils.textContent(cell).trim(), rowSpan: Number(rowspan), colSpan: Number(colspan) };
      }),
    ),
  );
  const ours = tablesOf(form).map((section) =>
    layoutOf(form, section).rows.map((row) =>
      row.map((cell) => {
        const { rowSpan, colSpan } = cell;
        return { text: cell.kind === 'figure' ? '' : cell.text, rowSpan, colSpan };
      }),
    ),
  );
  t.same(ours, official);
});

function figures({ rows }: TableLayout) {
  return rows.flat().filter((cell) => cell.kind === 'figure');
}

/** The places of a grid that no cell covers, or several. */
function placesNotCoveredOnce({ rows, width }: TableLayout): string[] {
  const times = new Map<string, number>();
  for (const cell of rows.flat()) {
    for (const place of placesIn(cell)) times.set(place, (times.get(place) ?? 0) + 1);
  }
  const all = rows.flatMap((_, row) => Array.from({ length: width }, (_, column) => `${row},${column}`));
  return [...new Set([...all, ...times.keys()])].filter((place) => times.get(place) !== 1 || !all.includes(place));
}

function placesIn({ row, column, rowSpan, colSpan }: LayoutCell): string[] {
  return Array.from({ length: rowSpan * colSpan }, (_, place) => {
    return `${row + (place % rowSpan)},${column + Math.floor(place / rowSpan)}`;
  });
}

/** The labels of a cell's own row and column, where they have one. */
function labelsOf(form: (typeof forms)[number], address: string): string[] {
  const [section, row, column] = address.split('.');
  const blocks = tablesOf(form).find(({ key }) => key === section)?.blocks ?? [];
  const block = blocks.find(({ rows }) => rows.some(({ key }) => key === row));
  const lines = [block?.rows.find(({ key }) => key === row), block?.columns.find(({ key }) => key === column)];
  return lines.flatMap((line) => line?.label?.['zh-CN'] ?? []);
}
