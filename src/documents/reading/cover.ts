import { coverLabels } from '../own-words.ts';
import type { PrintedLine } from '../printed/printed.ts';
import type { DocumentReading } from '../reading.ts';

/**
 * What a workbook's table of labels and values says of a report: whose it is, of which year, and who wrote it. A web page
 * may hold such a table of anything.
 */
export function readCover(lines: readonly PrintedLine[]): Pick<DocumentReading, 'agencyName' | 'year' | 'people'> {
  const said = (label: string) =>
    lines
      .filter(({ place, cells: [first] }) => place.sheet !== undefined && first?.text.trim() === label)
      .map(({ cells }) => cells[1]?.text.trim() ?? '')
      .find((text) => text !== '');
  const { agencyName: nameLabel, year: yearLabel, ...peopleLabels } = coverLabels;
  const people = Object.entries(peopleLabels).flatMap(([member, label]) => {
    const text = said(label);
    const value = text !== undefined && member === 'preparedOn' ? dayIn(text) : text;
    return value === undefined ? [] : [[member, value]];
  });
  const [agencyName, year] = [said(nameLabel), said(yearLabel)];
  return {
    ...(agencyName !== undefined && { agencyName }),
    ...(year !== undefined && /^20\d\d年?度?$/u.test(year) && { year: Number(year.slice(0, 4)) }),
    people: Object.fromEntries(people) as DocumentReading['people'],
  };
}

/** A date as ISO 8601; `undefined` for what is no day of any calendar. */
function dayIn(text: string): string | undefined {
  const found = /^(20\d\d)[-年./](\d{1,2})[-月./](\d{1,2})日?$/u.exec(text);
  const [year, month, day] = [Number(found?.[1]), Number(found?.[2]), Number(found?.[3])];
  const date = new Date(Date.UTC(year, month - 1, day));
  // 30 February would be 2 March.
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.toISOString().slice(0, 10) : undefined;
}
