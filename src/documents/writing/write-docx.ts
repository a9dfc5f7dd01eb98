import {
  AlignmentType,
  Document,
  Footer,
  HeadingLevel,
  Packer,
  PageNumber,
  Paragraph,
  Tab,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
  type IStylesOptions,
} from 'docx';
import type { Section, TableSection } from '../../domain/edition.ts';
import { sectionTitle } from '../../domain/form.ts';
import { columnWidths } from './column-widths.ts';
import { layoutOf, type LayoutCell } from './layout.ts';
import { linesOf, printedFigure, reportTitle, statusMark, type ReportDocument } from './report-document.ts';

/** A4 with the margins of the notice's own form, in twentieths of a point. */
const page = { width: 11_906, height: 16_838, side: 1_080, edge: 1_440 };
const textWidth = page.width - 2 * page.side;

/** Official documents are set in 仿宋, their headings in 黑体; Word and LibreOffice know both names by their fonts. */
const font = (eastAsia: string) => ({ ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia });
const styles: IStylesOptions = {
  default: {
    document: { run: { font: font('仿宋'), size: 32 } },
    title: {
      run: { font: font('宋体'), size: 44, bold: true },
      paragraph: { alignment: AlignmentType.CENTER, spacing: { after: 240 } },
    },
    heading1: {
      run: { font: font('黑体'), size: 32 },
      paragraph: { keepNext: true, spacing: { before: 240, after: 120 } },
    },
  },
  paragraphStyles: [
    { id: 'Label', name: 'Label', basedOn: 'Normal', run: { font: font('宋体'), size: 18 } },
    { id: 'Cell', name: 'Cell', basedOn: 'Label', paragraph: { alignment: AlignmentType.CENTER } },
    {
      id: 'Mark',
      name: 'Mark',
      basedOn: 'Normal',
      run: { bold: true, color: 'B00000' },
      paragraph: { alignment: AlignmentType.CENTER },
    },
  ],
};

/** The official document for Word: headings with an outline, merged cells, table heads repeated on every page. */
export async function writeDocx(document: ReportDocument): Promise<Uint8Array> {
  const title = reportTitle(document.agencyName, document.report.year);
  const mark = statusMark(document.report);
  const file = new Document({
    title,
    creator: document.agencyName,
    styles,
    sections: [
      {
        properties: {
          page: {
            size: { width: page.width, height: page.height },
            margin: { top: page.edge, bottom: page.edge, left: page.side, right: page.side },
          },
        },
        footers: { default: pageNumbers() },
        children: [
          new Paragraph({ heading: HeadingLevel.TITLE, text: title }),
          ...(mark === undefined ? [] : [new Paragraph({ style: 'Mark', text: mark })]),
          ...document.form.edition.sections.flatMap((section) => sectionOf(document, section)),
        ],
      },
    ],
  });
  return Packer.toBuffer(file);
}

function pageNumbers(): Footer {
  const number = new TextRun({ children: ['— ', PageNumber.CURRENT, ' —'], size: 24 });
  return new Footer({ children: [new Paragraph({ alignment: AlignmentType.CENTER, children: [number] })] });
}

function sectionOf(document: ReportDocument, section: Section): (Paragraph | Table)[] {
  const heading = new Paragraph({ heading: HeadingLevel.HEADING_1, text: sectionTitle(section)['zh-CN'] });
  if (section.kind === 'table') return [heading, tableOf(document, section)];
  return [heading, ...linesOf(document, section.key).map((line) => new Paragraph({ children: [run(line)] }))];
}

/** A line with its white space as it was written; Word has an element of its own for a tab. */
function run(line: string): TextRun {
  return new TextRun({
    children: line.split('\t').flatMap((part, place) => (place === 0 ? [part] : [new Tab(), part])),
  });
}

function tableOf(document: ReportDocument, section: TableSection): Table {
  const layout = layoutOf(document.form, section);
  const rows = layout.rows.map((row, place) => {
    const children = row.map((cell) => cellOf(cell, textIn(document, cell)));
    return new TableRow({ children, cantSplit: true, ...(place < layout.headRows && { tableHeader: true }) });
  });
  return new Table({
    rows,
    columnWidths: columnWidths(layout, textWidth).map(Math.floor),
    width: { size: textWidth, type: WidthType.DXA },
    layout: TableLayoutType.FIXED,
    margins: { top: 40, bottom: 40, left: 60, right: 60 },
  });
}

function textIn(document: ReportDocument, cell: LayoutCell): string {
  return cell.kind === 'figure' ? printedFigure(document, cell.cell) : cell.text;
}

function cellOf({ kind, rowSpan, colSpan }: LayoutCell, text: string): TableCell {
  return new TableCell({
    children: [new Paragraph({ style: kind === 'row' ? 'Label' : 'Cell', text })],
    verticalAlign: VerticalAlign.CENTER,
    columnSpan: colSpan,
    rowSpan,
  });
}
