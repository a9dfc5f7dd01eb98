import type { WriteSheet } from 'hucre/xlsx';
import type { NarrativeSection } from '../../domain/edition.ts';
import { sectionTitle } from '../../domain/form.ts';
import { linesOf, type PrintedContent } from './report-document.ts';
import { sheetName } from './workbook-places.ts';
import { heightFor, look, onA4, textCell } from './workbook-style.ts';

/** The most characters a cell of a workbook holds; the rest of a longer line stands in the cells beside it. */
const cellLength = 32_767;

const width = 88;

/** The sheet of a narrative: its title, then a line in each row. */
export function narrativeSheet(report: PrintedContent, section: NarrativeSection): WriteSheet {
  const lines = linesOf({ report }, section.key);
  const cells = new Map([['0,0', textCell(sectionTitle(section)['zh-CN'], look.title)]]);
  lines.forEach((line, place) => {
    for (let start = 0; start < line.length; start += cellLength) {
      cells.set(`${place + 1},${start / cellLength}`, textCell(line.slice(start, start + cellLength), look.text));
    }
  });
  return {
    name: sheetName(section),
    cells,
    columns: [{ width, style: look.text }],
    rowDefs: new Map(lines.map((line, place) => [place + 1, { height: heightFor(line, width) }])),
    freezePane: { rows: 1 },
    pageSetup: onA4('portrait', 1),
  };
}
