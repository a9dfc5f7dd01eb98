import { dataColumns, type DataColumn } from '../own-words.ts';
import type { Printed, PrintedLine } from './printed.ts';
import { greatestText, tooLong } from './printed-lines.ts';
import { DocumentRefused } from '../refusal.ts';

/**
 * What a report's JSON says, as rows of data: the document the service itself gives, or a report as it is handed in.
 *
 * @throws DocumentRefused `damaged` for what is no JSON, `unsupported` for JSON that is no report, `too-large`
 */
export function readJson(text: string): Printed {
  if (text.length > greatestText) throw tooLong();
  const report = parsed(text);
  const sections = isRecord(report) ? report['sections'] : undefined;
  if (!isRecord(report) || !isRecord(sections)) throw noReport();
  const notes = isRecord(report['notes']) ? report['notes'] : {};
  const of = {
    agencyId: report['agencyId'],
    agency: report['agencyName'],
    year: report['year'],
    edition: report['edition'],
  };
  const rows = Object.entries(sections).flatMap(([key, section]) => (isRecord(section) ? rowsOf(key, section) : []));
  const lines = rows.map(([cell, value], index) => lineOf({ ...of, cell, value, note: notes[cell] }, index + 2));
  const heads = Object.fromEntries(Object.keys(dataColumns).map((name) => [name, name]));
  return { lines: [lineOf(heads, 1), ...lines] };
}

function rowsOf(key: string, section: Readonly<Record<string, unknown>>): [string, unknown][] {
  if ('text' in section && !isRecord(section['text'])) return [[key, section['text']]];
  return Object.entries(section).flatMap(([row, columns]) =>
    isRecord(columns)
      ? Object.entries(columns).map(([column, value]): [string, unknown] => [`${key}.${row}.${column}`, value])
      : [],
  );
}

/** A line of data; its texts are as they are, so that an apostrophe before one is doubled. */
function lineOf(values: Readonly<Partial<Record<DataColumn, unknown>>>, row: number): PrintedLine {
  const cells = (Object.keys(dataColumns) as DataColumn[]).map((name, column) => {
    const value = values[name] ?? '';
    // What is neither a figure nor a text is not a blank either.
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return { text: text.startsWith("'") ? `'${text}` : text, column, span: 1 };
  });
  return { kind: 'grid', cells, place: { row } };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new DocumentRefused(
      'damaged',
      { 'zh-CN': '文件不是有效的 JSON。请重新导出后上传。', en: 'The file is not valid JSON. Export it again.' },
      cause,
    );
  }
}

function noReport(): DocumentRefused {
  return new DocumentRefused('unsupported', {
    'zh-CN': 'JSON 中没有报告（缺少 sections）。请上传本系统导出的报告数据。',
    en: 'There is no report in the JSON (it has no sections). Send a report as this service exports it.',
  });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
