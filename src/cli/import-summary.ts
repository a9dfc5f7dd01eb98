import type { Language, Words } from '../domain/language.ts';
import { problemInWords } from '../domain/problem.ts';
import type { ImportedDocument } from '../operations/import-document.ts';
import type { ImportOutcome } from '../operations/import-documents.ts';

/** What a document came to, in a line. */
export interface ImportSummary {
  readonly columns: readonly string[];
  /** What a clerk has to know besides. */
  readonly remarks: readonly string[];
  /** 0 where nothing is left to do, 1 where something is, 2 where it could not be read. */
  readonly status: 0 | 1 | 2;
}

const headings: readonly Words[] = [
  { 'zh-CN': '文件', en: 'file' },
  { 'zh-CN': '机关', en: 'agency' },
  { 'zh-CN': '年度', en: 'year' },
  { 'zh-CN': '读出', en: 'read' },
  { 'zh-CN': '空白', en: 'blank' },
  { 'zh-CN': '未读出', en: 'unread' },
  { 'zh-CN': '错误', en: 'errors' },
  { 'zh-CN': '结果', en: 'outcome' },
];

const outcomeWords = {
  created: { 'zh-CN': '已新建', en: 'created' },
  updated: { 'zh-CN': '已更新', en: 'updated' },
  unchanged: { 'zh-CN': '无变化', en: 'unchanged' },
  repeated: { 'zh-CN': '已导入过', en: 'imported before' },
  left: { 'zh-CN': '未写入', en: 'left' },
  read: { 'zh-CN': '只读取', en: 'only read' },
  refused: { 'zh-CN': '无法读取', en: 'cannot be read' },
} as const satisfies Record<string, Words>;

/** What there is to say of a document on a terminal. */
export function summaryOf(outcome: ImportOutcome, language: Language): ImportSummary {
  if ('problem' in outcome) {
    const columns = [outcome.name, '', '', '', '', '', '', outcomeWords.refused[language]];
    return { columns, remarks: [problemInWords(outcome.problem, language).detail], status: 2 };
  }
  const { name, agency, year, provenance, unread, check, left = [] } = outcome;
  const states = Object.values(provenance);
  const blank = states.filter(({ state }) => state === 'blank').length;
  const lost = unread.filter(({ reason }) => reason !== 'outside');
  const errors = check?.findings.filter(({ severity }) => severity !== 'warning').length;
  const known = agency.agencyId ?? `${agency.name ?? ''}?`;
  const figures = [year ?? '?', states.length - blank, blank, lost.length, errors ?? '?'].map(String);
  return {
    columns: [name, known, ...figures, outcomeWords[became(outcome)][language]],
    remarks: left.map(({ detail }) => detail),
    status: lost.length > 0 || check?.verdict !== 'consistent' || became(outcome) === 'left' ? 1 : 0,
  };
}

function became({ committed, left }: ImportedDocument): keyof typeof outcomeWords {
  if (committed) return committed.outcome;
  if (!left) return 'read';
  return left.every(({ code }) => code === 'repeated') ? 'repeated' : 'left';
}

/** The lines of a table, remarks below the document they are about. */
export function asTable(summaries: readonly ImportSummary[], language: Language): string[] {
  const rows = [headings.map((heading) => heading[language]), ...summaries.map(({ columns }) => columns)];
  const widths = headings.map((_, column) => Math.max(...rows.map((row) => widthOf(row[column] ?? ''))));
  const lineOf = (row: readonly string[]) =>
    row
      .map((text, column) => text + ' '.repeat((widths[column] ?? 0) - widthOf(text)))
      .join('  ')
      .trimEnd();
  return rows.flatMap((row, place) => [
    lineOf(row),
    ...(summaries[place - 1]?.remarks ?? []).map((one) => `    ${one}`),
  ]);
}

/** Characters that take two places on a terminal. */
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u;

function widthOf(text: string): number {
  return [...text].reduce((width, character) => width + (wide.test(character) ? 2 : 1), 0);
}
