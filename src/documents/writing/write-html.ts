import type { Section, TableSection } from '../../domain/edition.ts';
import { sectionTitle } from '../../domain/form.ts';
import { generator } from '../own-words.ts';
import { escaped } from '../../domain/markup.ts';
import { columnWidths } from './column-widths.ts';
import { style } from './html-style.ts';
import { headsOf, layoutOf, type FigureCell, type HeadCell, type LayoutCell, type TableLayout } from './layout.ts';
import { linesOf, printedFigure, reportTitle, statusMark, type ReportDocument } from './report-document.ts';

/** The official document as one web page that needs nothing beside itself: no script, no file, nothing asked of others. */
export function writeHtml(document: ReportDocument): string {
  const title = escaped(reportTitle(document.agencyName, document.report.year));
  const mark = statusMark(document.report);
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="generator" content="${generator}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${mark === undefined ? '' : `<p class="status">${escaped(mark)}</p>\n`}${document.form.edition.sections
    .map((section) => sectionOf(document, section))
    .join('\n')}
</main>
</body>
</html>
`;
}

function sectionOf(document: ReportDocument, section: Section): string {
  const heading = `<h2 id="${section.key}">${escaped(sectionTitle(section)['zh-CN'])}</h2>`;
  const content = section.kind === 'table' ? tableOf(document, section) : paragraphsOf(linesOf(document, section.key));
  return `<section>\n${heading}\n${content}\n</section>`;
}

/** White space is kept as it was written: people indent with it. */
function paragraphsOf(lines: readonly string[]): string {
  return lines.map((line) => `<p style="white-space:pre-wrap">${escaped(line)}</p>`).join('\n');
}

function tableOf(document: ReportDocument, section: TableSection): string {
  const layout = layoutOf(document.form, section);
  const ids = new Map(headCellsOf(layout).map((head, place) => [head, `${section.key}-${place + 1}`]));
  const rows = layout.rows.map((row) => {
    const cells = row.map((cell) =>
      cell.kind === 'figure'
        ? figureCell(
            cell,
            headsOf(layout, cell).map((head) => ids.get(head)),
            printedFigure(document, cell.cell),
          )
        : headCell(cell, ids.get(cell)),
    );
    return `<tr>${cells.join('')}</tr>`;
  });
  const head = rows.slice(0, layout.headRows);
  return [
    // A narrow screen scrolls it, which takes a focus where there is no mouse.
    `<div class="table" role="region" aria-labelledby="${section.key}" tabindex="0"><table>`,
    `<caption>${escaped(section.label['zh-CN'])}</caption>`,
    columnsOf(layout),
    ...(head.length > 0 ? ['<thead>', ...head, '</thead>'] : []),
    '<tbody>',
    ...rows.slice(layout.headRows),
    '</tbody>',
    '</table></div>',
  ].join('\n');
}

function columnsOf(layout: TableLayout): string {
  const columns = columnWidths(layout, 100).map((width) => `<col style="width:${width.toFixed(2)}%">`);
  return `<colgroup>${columns.join('')}</colgroup>`;
}

/** Which heads a figure stands under is said of each: where heads are merged, it could not be told from their places. */
function figureCell(cell: FigureCell, heads: readonly (string | undefined)[], text: string): string {
  return `<td${spans(cell)} headers="${heads.join(' ')}" data-cell="${cell.cell.address}">${escaped(text)}</td>`;
}

function headCell(cell: HeadCell, id: string | undefined): string {
  if (cell.kind === 'corner') return `<td${spans(cell)}>${escaped(cell.text)}</td>`;
  const [one, several] = scopes[cell.kind];
  const scope = (cell.kind === 'column' ? cell.colSpan : cell.rowSpan) > 1 ? several : one;
  return `<th id="${id}"${spans(cell)} scope="${scope}">${escaped(cell.text)}</th>`;
}

const scopes = {
  caption: ['rowgroup', 'rowgroup'],
  row: ['row', 'rowgroup'],
  column: ['col', 'colgroup'],
} as const;

function headCellsOf({ rows }: TableLayout): HeadCell[] {
  return rows.flat().filter((cell): cell is HeadCell => cell.kind !== 'figure');
}

function spans({ rowSpan, colSpan }: LayoutCell): string {
  return `${rowSpan > 1 ? ` rowspan="${rowSpan}"` : ''}${colSpan > 1 ? ` colspan="${colSpan}"` : ''}`;
}
