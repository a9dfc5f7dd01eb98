import type { CheckedForm } from '../domain/compile.ts';
import { packFigures, unpackTable, writtenFigure, type TableContent } from '../domain/figures.ts';
import { textOf } from '../domain/narrative.ts';
import type { SectionsInput } from '../domain/report.ts';
import type { CellProvenance, DocumentReading } from './reading.ts';
import { DocumentRefused } from './refusal.ts';

/** A file as somebody hands it in. */
export interface DocumentFile {
  readonly name: string;
  readonly mediaType?: string;
  readonly bytes: Uint8Array;
}

interface ExportedReport {
  readonly agency?: string;
  readonly year?: number;
  readonly edition?: string;
  readonly sections?: SectionsInput;
  readonly notes?: Readonly<Record<string, string>>;
}

/**
 * Reads a report out of a document: so far, of JSON as the service itself exports it.
 *
 * @throws DocumentRefused
 */
export async function readDocument(forms: readonly CheckedForm[], file: DocumentFile): Promise<DocumentReading> {
  const { agency, year, edition, sections = {}, notes = {} } = parsed(file.bytes);
  const form = forms.find((one) => one.edition.id === edition);
  if (!form) throw unsupported();
  const figures = packFigures(form, sections as Record<string, TableContent>);
  const filled = form.cells.filter((cell) => writtenFigure(cell, figures) !== null);
  const read = form.edition.sections.map(({ key, kind }) => [
    key,
    kind === 'table' ? unpackTable(form, key, figures) : { text: textOf(sections[key]) },
  ]);
  return {
    ...(agency !== undefined && { agencyName: agency }),
    ...(year !== undefined && { year }),
    edition: form.edition.id,
    otherEditions: {},
    sections: Object.fromEntries(read) as DocumentReading['sections'],
    notes,
    provenance: Object.fromEntries(
      filled.map((cell): [string, CellProvenance] => [
        cell.address,
        { state: 'printed', where: {}, text: String(writtenFigure(cell, figures)), confidence: 1 },
      ]),
    ),
    statedSubtotals: {},
    unread: [],
    confidence: filled.length / form.cells.length,
  };
}

function parsed(bytes: Uint8Array): ExportedReport {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as ExportedReport;
  } catch (cause) {
    throw unsupported(cause);
  }
}

function unsupported(cause?: unknown): DocumentRefused {
  const words = { 'zh-CN': '不支持这种文件。', en: 'Files of this kind are not supported.' };
  return new DocumentRefused('format-unsupported', words, { cause });
}
