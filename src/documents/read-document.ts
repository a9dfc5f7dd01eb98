import type { CheckedForm } from '../domain/compile.ts';
import { decodeText } from './printed/decode-text.ts';
import { formatOf, type DocumentFormat } from './printed/format.ts';
import type { Printed } from './printed/printed.ts';
import { readCsv } from './printed/read-csv.ts';
import { readHtml } from './printed/read-html.ts';
import { readJson } from './printed/read-json.ts';
import { readText } from './printed/read-text.ts';
import type { DocumentReading } from './reading.ts';
import { reportReader } from './reading/read-report.ts';

/** A file as somebody hands it in; its name and media type may be wrong. */
export interface DocumentFile {
  readonly name: string;
  readonly mediaType?: string;
  readonly bytes: Uint8Array;
}

/**
 * Reads the report in a document.
 *
 * @throws DocumentRefused where the file cannot be read at all
 */
export type DocumentReader = (file: DocumentFile) => Promise<DocumentReading>;

/** Makes the reader of documents: of any format, on the form of any edition. */
export function documentReader(forms: readonly CheckedForm[]): DocumentReader {
  const read = reportReader(forms);
  return async (file) => read(await printedIn(file), file.name);
}

async function printedIn(file: DocumentFile): Promise<Printed> {
  const format = await formatOf(file.bytes, file);
  return printers[format](file);
}

const asText = (read: (text: string) => Printed) => (file: DocumentFile) =>
  read(decodeText(file.bytes, charsetOf(file)));

/** What makes lines of each kind of file; what takes a large library is loaded when there is such a file. */
const printers: Readonly<Record<DocumentFormat, (file: DocumentFile) => Printed | Promise<Printed>>> = {
  html: asText(readHtml),
  text: asText(readText),
  markdown: asText(readText),
  csv: asText(readCsv),
  json: asText(readJson),
  pdf: async ({ bytes }) => (await import('./printed/read-pdf.ts')).readPdf(bytes),
  docx: async ({ bytes }) => (await import('./printed/read-docx.ts')).readDocx(bytes),
  xlsx: async ({ bytes }) => (await import('./printed/read-xlsx.ts')).readXlsx(bytes),
};

function charsetOf({ mediaType }: DocumentFile): string | undefined {
  return /charset\s*=\s*["']?([\w-]+)/iu.exec(mediaType ?? '')?.[1];
}
