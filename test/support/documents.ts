import type { CheckedForm } from '../../src/domain/compile.ts';
import { contentFrom, type ReportInput, type SectionsInput } from '../../src/domain/report.ts';
import type { ReportDocument } from '../../src/documents/writing/report-document.ts';
import { figuresWith, tablesOf, type Cells } from './figures.ts';

interface DocumentParts extends Pick<ReportInput, 'notes' | 'preparedBy'> {
  readonly cells?: Cells;
  /** What every cell not named holds. */
  readonly rest?: number | null;
  /** The texts of narratives; those not named are blank. */
  readonly texts?: Readonly<Record<string, string>>;
  readonly agencyName?: string;
  readonly status?: ReportDocument['report']['status'];
  readonly language?: ReportDocument['language'];
}

/** A report of 示例局 for the first year of an edition, as it would be read. */
export function documentOf(form: CheckedForm, parts: DocumentParts = {}): ReportDocument {
  const { cells = {}, rest = 0, texts = {}, notes = {}, preparedBy, status = 'published' } = parts;
  const narratives = Object.entries(texts).map(([key, text]) => [key, { text }]);
  const sections: SectionsInput = {
    ...tablesOf(form, figuresWith(form, cells, rest)),
    ...(Object.fromEntries(narratives) as SectionsInput),
  };
  const { content } = contentFrom(form, { sections, notes, ...(preparedBy !== undefined && { preparedBy }) });
  return {
    form,
    agencyName: parts.agencyName ?? '示例局',
    language: parts.language ?? 'zh-CN',
    report: {
      ...content,
      agencyId: 'example',
      year: form.edition.years.first,
      edition: form.edition.id,
      status,
    },
  };
}

/** A figure of its own for every cell, so that one in another's place is noticed. */
export function distinctFigures(form: CheckedForm): Cells {
  return Object.fromEntries(
    form.cells.map(({ address, index, value }) => [address, value === 'amount' ? index + 0.123456 : index + 1]),
  );
}
