import { cellsOf, type Cell, type Part, type Sheet, type Squares } from './squares.ts';

/** Puts a sheet into the text of a file. */
export type Printer = (sheet: Sheet) => string;

/** As pages do: tables with spans. */
const asHtml: Printer = (sheet) => htmlOf(sheet, (table) => `<table>${htmlRows(table).join('\n')}</table>`);

/** As Word and many a CMS do: paragraphs within cells, a head and a body, and all of it in a table that lays out the page. */
const asWordHtml: Printer = (sheet) =>
  htmlOf(
    sheet,
    (table) =>
      `<table border="1" class="MsoNormalTable"><tbody>${htmlRows(table, wordText).join('')}</tbody></table><p class="MsoNormal">&nbsp;</p>`,
  );

/** The whole report in one cell of a table that lays out the page. */
const asNestedHtml: Printer = (sheet) =>
  `<html><body><table width="960"><tr><td>首页 &gt; 年报</td></tr><tr><td>${asHtml(sheet)}</td></tr></table></body></html>`;

/** Every section's table in one, headings and paragraphs as rows. */
const asOneHtmlTable: Printer = ({ title, parts }) => {
  const row = (text: string) => `<tr><td colspan="20">${text}</td></tr>`;
  const rows = parts.flatMap(({ heading, paragraphs, tables }) => [
    row(heading),
    ...paragraphs.map(row),
    ...tables.flatMap((table) => htmlRows(table)),
  ]);
  return `<h1>${title}</h1><table>${rows.join('\n')}</table>`;
};

/** Each table's heads in one table and its rows in another. */
const asSplitHtml: Printer = (sheet) =>
  htmlOf(sheet, (table) => {
    const rows = htmlRows(table);
    const heads = table.findIndex((row) => row.some(({ role }) => role === 'figure'));
    return `<table>${rows.slice(0, heads).join('')}</table><table>${rows.slice(heads).join('')}</table>`;
  });

function htmlOf(sheet: Sheet, tableOf: (table: Squares) => string): string {
  const parts = sheet.parts.map(
    ({ heading, paragraphs, tables }) =>
      `<p><strong>${heading}</strong></p>\n${paragraphs.map((text) => `<p>　　${text}</p>`).join('\n')}\n${tables.map(tableOf).join('\n')}`,
  );
  return `<div><h1>${sheet.title}</h1>\n${parts.join('\n')}</div>`;
}

function htmlRows(table: Squares, textOf: (text: string) => string = (text) => text): string[] {
  return cellsOf(table).map(
    (row) =>
      `<tr>${row.map(({ text, columns, rows }) => `<td${span('colspan', columns)}${span('rowspan', rows)}>${textOf(text)}</td>`).join('')}</tr>`,
  );
}

function span(name: string, size: number): string {
  return size > 1 ? ` ${name}="${size}"` : '';
}

/** A span for each character of a label, as Word's export has for every change of font. */
function wordText(text: string): string {
  if (text === '') return '<p class="MsoNormal"><span>&nbsp;</span></p>';
  return `<p class="MsoNormal"><span lang="EN-US">${text}</span><span></span></p>`;
}

/** Cells parted by bars; a wide cell is followed by empty ones. */
const asBars: Printer = (sheet) => textOf(sheet, (table) => barred(table, true).map((line) => `| ${line} |`));

/** The same, no bars at the ends; nothing stands for what reaches down from above. */
const asInnerBars: Printer = (sheet) => textOf(sheet, (table) => barred(table, false));

/** The same, all rows as long as the longest. */
const asPaddedBars: Printer = (sheet) => {
  const tables = sheet.parts.flatMap(({ tables }) => tables.flatMap((table) => barred(table, true)));
  const widest = Math.max(...tables.map((line) => line.split(' | ').length));
  return textOf(sheet, (table) =>
    barred(table, true).map((line) => `| ${line}${' | '.repeat(widest - line.split(' | ').length)} |`),
  );
};

/** A Markdown table, in which no cell is wide: what would be is told in its first. */
const asMarkdown: Printer = ({ title, parts }) => {
  const tableOf = (table: Squares) => {
    const [head = '', ...lines] = barred(table, true).map((line) => `| ${line} |`);
    return [head, `|${' --- |'.repeat(table[0]?.length ?? 0)}`, ...lines];
  };
  const part = ({ heading, paragraphs, tables }: Part) => [`## ${heading}`, ...paragraphs, ...tables.flatMap(tableOf)];
  return [`# ${title}`, ...parts.flatMap(part)].join('\n\n');
};

/** Cells parted by tabs. */
const asTabs: Printer = (sheet) =>
  textOf(sheet, (table) => cellsOf(table).map((row) => row.map(({ text }) => text).join('\t')));

/** Cells parted by tabs, an empty one for each square a wider one covers. */
const asSheetTabs: Printer = (sheet) => textOf(sheet, (table) => spread(table, true).map((row) => row.join('\t')));

/** A cell a line. */
const asLines: Printer = (sheet) => textOf(sheet, (table) => cellsOf(table).flatMap(textsOf));

/** A cell a line, an empty one between. */
const asSpacedLines: Printer = (sheet) => asLines(sheet).split('\n').join('\n\n');

/** A cell a line, each ended by a bar; an empty cell is a bar. */
const asBarredLines: Printer = (sheet) =>
  textOf(sheet, (table) =>
    cellsOf(table).flatMap((row) =>
      row.flatMap(({ text, columns }) => [`${text} ¦`.trim(), ...(columns > 1 ? ['¦'.repeat(columns)] : [])]),
    ),
  );

/** A row a line, parted by blanks, as PDF has it. */
const asRunText: Printer = (sheet) => textOf(sheet, (table) => cellsOf(table).map((row) => textsOf(row).join(' ')));

/** A row a line, but that what stands before several rows stands on a line of its own. */
const asRunTextBroken: Printer = (sheet) =>
  textOf(sheet, (table) =>
    cellsOf(table).flatMap((row) => {
      const outer = row.filter(({ role, rows }) => role === 'label' && rows > 1);
      const rest = row.filter((cell) => !outer.includes(cell));
      return [...outer.map(({ text }) => text), textsOf(rest).join(' ')];
    }),
  );

/** Everything on one line, figures parted by blanks. */
const asOneLine: Printer = (sheet) => {
  const [title, ...lines] = asRunText(sheet).split('\n');
  return `${title}\n${lines.join(' ')}`;
};

/** Everything on one line, nothing parted. */
const asGlued: Printer = ({ title, parts }) =>
  `${title}\n${parts
    .map(
      ({ heading, paragraphs, tables }) =>
        `${heading}${paragraphs.join('')}${tables.flatMap((table) => cellsOf(table).flatMap(textsOf)).join('')}`,
    )
    .join('')}`;

/** Comma-separated values. */
const asCsv: Printer = ({ title, parts }) => {
  const line = (texts: readonly string[]) => texts.map((text) => `"${text}"`).join(',');
  return [
    line([title]),
    ...parts.flatMap(({ heading, paragraphs, tables }) => [
      line([heading]),
      ...paragraphs.map((text) => line([text])),
      ...tables.flatMap((table) => spread(table, true).map(line)),
    ]),
  ].join('\r\n');
};

function textOf({ title, parts }: Sheet, linesOf: (table: Squares) => readonly string[]): string {
  return [
    title,
    ...parts.flatMap(({ heading, paragraphs, tables }) => [heading, ...paragraphs, ...tables.flatMap(linesOf)]),
  ].join('\n');
}

function textsOf(row: readonly Cell[]): string[] {
  return row.map(({ text }) => text);
}

function barred(table: Squares, filled: boolean): string[] {
  return spread(table, filled).map((row) => row.join(' | '));
}

/** Each cell's text in the first of its squares; `filled`: nothing in those it reaches down to, else they are left out. */
function spread(table: Squares, filled: boolean): string[][] {
  return table.map((row, y) =>
    row.flatMap((square, x) => {
      if (table[y - 1]?.[x]?.key === square.key) return filled ? [''] : [];
      return row[x - 1]?.key === square.key ? [''] : [square.text];
    }),
  );
}

/** Every layout, by name. */
export const printers = {
  asHtml,
  asWordHtml,
  asNestedHtml,
  asOneHtmlTable,
  asSplitHtml,
  asBars,
  asInnerBars,
  asPaddedBars,
  asMarkdown,
  asTabs,
  asSheetTabs,
  asLines,
  asSpacedLines,
  asBarredLines,
  asRunText,
  asRunTextBroken,
  asOneLine,
  asGlued,
  asCsv,
} as const;

export type PrinterName = keyof typeof printers;
