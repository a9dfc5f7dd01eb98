import { writeCsv } from 'hucre/csv';
import { sectionTitle } from '../../domain/form.ts';
import { textOf } from '../../domain/narrative.ts';
import { dataColumns } from '../own-words.ts';
import { guarded } from '../formula-guard.ts';
import { labelledCells } from './labelled-cells.ts';
import { statedFigure, type ReportDocument } from './report-document.ts';

/**
 * A report as data, a row for every cell in permanent order, then one for every narrative, whose `cell` is the key of
 * its section. RFC 4180 in UTF-8; `bom` tells Excel that it is. Figures are numbers, blanks empty; every text is
 * `guarded`.
 */
export function writeCsvData(document: ReportDocument, bom: boolean): string {
  const { form, agencyName, report, language } = document;
  const of = [report.agencyId, agencyName, report.year, report.edition];
  const figures = labelledCells(form).map(({ cell, section, row, column }) => [
    ...of,
    cell.address,
    section[language],
    row[language],
    column[language],
    statedFigure(document, cell),
    cell.unit?.[language] ?? null,
    report.notes[cell.address] ?? null,
  ]);
  const narratives = form.narratives.map((section) => {
    return [
      ...of,
      section.key,
      sectionTitle(section)[language],
      null,
      null,
      textOf(report.sections[section.key]),
      null,
      null,
    ];
  });
  const rows = [Object.keys(dataColumns), ...figures, ...narratives].map((row) =>
    row.map((value) => (typeof value === 'string' ? guarded(value) : value)),
  );
  return `${writeCsv(rows, { bom })}\r\n`;
}
