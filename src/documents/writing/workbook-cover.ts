import type { WriteSheet } from 'hucre/xlsx';
import type { Edition } from '../../domain/edition.ts';
import { statusInWords } from '../../domain/report.ts';
import type { ReadReport } from './report-document.ts';
import { coverLabels } from '../own-words.ts';
import { look, onA4, textCell } from './workbook-style.ts';

/** What the first sheet says; without a report it is there to be filled in. */
export interface Cover {
  readonly title: string;
  readonly agencyName?: string;
  readonly report?: ReadReport;
  /** How the workbook is filled in, a sentence each. */
  readonly instructions?: readonly string[];
}

/** The first sheet: whose report it is and of which year, each under its label. */
export function coverSheet({ notice }: Edition, cover: Cover): WriteSheet {
  const { title, agencyName, report, instructions = [] } = cover;
  const fields: (readonly [label: string, value: string | number | undefined])[] = [
    [coverLabels.agencyName, agencyName],
    [coverLabels.year, report?.year],
    ['表样', notice['zh-CN']],
    ...(report ? [['状态', statusInWords[report.status]['zh-CN']] as const] : []),
    [coverLabels.preparedBy, report?.preparedBy],
    [coverLabels.reviewedBy, report?.reviewedBy],
    [coverLabels.phone, report?.phone],
    [coverLabels.preparedOn, report?.preparedOn],
  ];
  const cells = new Map([['0,0', textCell(title, look.title)]]);
  fields.forEach(([label, value], place) => {
    cells.set(`${place + 2},0`, textCell(label, look.head));
    cells.set(
      `${place + 2},1`,
      typeof value === 'string' ? textCell(value, look.label) : { value: value ?? null, style: look.label },
    );
  });
  instructions.forEach((text, place) => cells.set(`${fields.length + place + 3},1`, textCell(text, look.text)));
  return {
    name: '封面',
    cells,
    merges: [{ startRow: 0, startCol: 0, endRow: 0, endCol: 1 }],
    columns: [{ width: 14 }, { width: 76 }],
    pageSetup: onA4('portrait', 1),
  };
}
