import type { CheckedForm } from '../domain/compile.ts';
import { unpackTables } from '../domain/figures.ts';
import type { UnreadLine } from '../schemas/report-line.ts';

const utf8 = new TextEncoder();

/** The line of a report nobody wrote: a figure in every cell, and narratives that tell of every row. */
export function specimenLine(form: CheckedForm, n: number): UnreadLine {
  const key = { agencyId: 'specimen', year: form.edition.years.first };
  const rows = form.tables.flatMap((table) => table.rows.map(({ name }) => name['zh-CN']));
  const text = rows.map((row, place) => `${row}${(n + place) % 40}件${place % 5 === 4 ? '。' : '，'}`).join('');
  const narratives = form.narratives.map((section) => [section.key, { text }] as const);
  const figures = Float64Array.from(form.cells, ({ index }) => (n + index) % 40);
  const sections = { ...unpackTables(form, figures), ...Object.fromEntries(narratives) };
  const bytes = utf8.encode(JSON.stringify({ ...key, sections }));
  return { ...key, bytes, edition: form.edition.id, agencyName: '示例市教育局' };
}
