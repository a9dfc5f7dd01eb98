import type { Language } from '../domain/language.ts';
import type { ReportKey } from '../domain/report.ts';
import { reportTitle, type ReadReport, type ReportDocument } from '../documents/writing/report-document.ts';
import { writeCsvData } from '../documents/writing/write-csv.ts';
import { writeDocx } from '../documents/writing/write-docx.ts';
import { writeHtml } from '../documents/writing/write-html.ts';
import { writeWorkbook } from '../documents/writing/write-xlsx.ts';
import { readReport, type ReadAnswer, type ReadAs } from './read-report.ts';
import { formOf, type Service } from './service.ts';
import { contentTag, weakContentTag } from './tags.ts';

/** The formats of a report's document, each with its media type. */
export const documentTypes = {
  json: 'application/json',
  html: 'text/html',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv',
} as const;

export type WrittenFormat = keyof typeof documentTypes;

/** Zip archives, which bear the time they were made at. */
const dated: ReadonlySet<WrittenFormat> = new Set(['docx', 'xlsx']);

/** How a document is wanted: `language` is that of the labels in CSV, `bom` a mark before it that tells Excel it is UTF-8. */
export interface DocumentWanted {
  readonly format: WrittenFormat;
  readonly language: Language;
  readonly bom: boolean;
}

/** A document that can be made: its tag is known before it is. */
export interface FoundDocument {
  readonly tag: string;
  /** What the file is called, in official words. */
  readonly fileName: string;
  readonly make: () => Promise<string | Uint8Array>;
}

/** The document of the report a caller may read; `undefined` where there is none. */
export async function getDocument(
  service: Service,
  key: ReportKey,
  as: ReadAs,
  wanted: DocumentWanted,
): Promise<FoundDocument | undefined> {
  const [report, agency] = [await readReport(service, key, as), await service.store.agency(key.agencyId)];
  if (!report || !agency) return undefined;
  const { format, language, bom } = wanted;
  const said = [report.tag, service.rulesVersion, agency.name, format, language, bom].join(' ');
  return {
    tag: dated.has(format) ? weakContentTag(said) : contentTag(said),
    fileName: `${reportTitle(agency.name, key.year)}.${format}`,
    make: () => make(service, report, agency.name, wanted),
  };
}

async function make(
  service: Service,
  { answer }: ReadAnswer,
  agencyName: string,
  { format, language, bom }: DocumentWanted,
): Promise<string | Uint8Array> {
  const text = Buffer.from(answer).toString();
  if (format === 'json') return `{"agencyName":${JSON.stringify(agencyName)},${text.slice(1)}`;
  const report = JSON.parse(text) as ReadReport;
  const document: ReportDocument = { form: formOf(service, report.edition), agencyName, report, language };
  const write = {
    html: writeHtml,
    docx: writeDocx,
    xlsx: writeWorkbook,
    csv: (data: ReportDocument) => writeCsvData(data, bom),
  };
  return write[format](document);
}
