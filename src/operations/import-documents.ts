import { setImmediate } from 'node:timers/promises';
import type { KnownName } from '../domain/agency-name.ts';
import type { CheckedForm } from '../domain/compile.ts';
import type { Actor } from '../domain/event.ts';
import type { Language } from '../domain/language.ts';
import { Problem, type Fault } from '../domain/problem.ts';
import type { ReportInput } from '../domain/report.ts';
import type { DocumentFile } from '../documents/read-document.ts';
import type { DocumentReading } from '../documents/reading.ts';
import { normalForm } from '../documents/reading/normal-form.ts';
import { DocumentRefused, type RefusalReason } from '../documents/refusal.ts';
import { importDocument, type ImportedDocument } from './import-document.ts';
import type { Service } from './service.ts';

/** Reads a document somewhere that nothing else waits for; `signal` gives it up. */
export type ReadDocument = (file: DocumentFile, signal?: AbortSignal) => Promise<DocumentReading>;

/** A document that is sent in, with the SHA-256 of its bytes in hexadecimal. */
export interface SentFile extends DocumentFile {
  readonly sha256: string;
}

/** What a person says of the documents of an import. */
export interface ImportOptions {
  /** Whether to write what may be written; otherwise nothing is stored. */
  readonly commit?: boolean;
  /** Cells printed blank mean 0. Cells that could not be read stay blank. */
  readonly blanksAreZero?: boolean;
  /** Whose report it is and for which year, whatever the document says; of a single document only. */
  readonly agencyId?: string;
  readonly year?: number;
}

/** An import under way: its options, whoever makes it, and what it works with. */
export interface Importing extends ImportOptions {
  readonly read: ReadDocument;
  /** How many documents are read ahead. */
  readonly ahead: number;
  /** What the API would refuse of content that was read. */
  readonly faultsOf: (form: CheckedForm, content: ReportInput) => readonly Fault[];
  readonly language: Language;
  readonly by: Actor;
  readonly signal?: AbortSignal;
}

/** An import with what it looks up once. */
export interface ImportRun extends Importing {
  readonly known: readonly KnownName[];
  /** The reports this import has written: two documents of one import do not replace each other. */
  readonly written: Set<string>;
}

/** A document that was taken in: what became of it, or why it could not be read. */
export type ImportOutcome = ImportedDocument | UnreadDocument;

export interface UnreadDocument {
  readonly name: string;
  readonly sha256: string;
  readonly problem: Problem;
  /** The code of what the document was refused for. */
  readonly reason?: RefusalReason;
}

/** How the names of agencies are spelled to be compared, found once: thousands take some milliseconds. */
const spellings = new Map<string, string>();

function spellingOf(name: string): string {
  const spelling = spellings.get(name) ?? normalForm(name);
  spellings.set(name, spelling);
  return spelling;
}

/**
 * Reads documents and tells of each, in their order, what it says, what could not be read and what is wrong with it;
 * with `commit` writes those about which nothing is left to decide, each in a transaction of its own. A document that
 * fails loses nobody else's.
 *
 * @throws Problem `agency-not-found` for the agency a person names.
 */
export async function* importDocuments(
  service: Service,
  importing: Importing,
  files: Iterable<SentFile> | AsyncIterable<SentFile>,
): AsyncGenerator<ImportOutcome> {
  const { agencyId, by } = importing;
  const agencies = await service.store.agencyNames(by.agencyId);
  if (agencyId !== undefined && !agencies.some(({ id }) => id === agencyId)) {
    throw new Problem('agency-not-found', { params: { agencyId } });
  }
  const known = agencies.map((agency) => ({ agency, spelling: spellingOf(agency.name) }));
  const run = { ...importing, known, written: new Set<string>() };
  for await (const one of readAhead(files, importing)) {
    // Others get their turn between two documents.
    await setImmediate();
    importing.signal?.throwIfAborted();
    yield 'problem' in one ? one : await importDocument(service, run, one);
  }
}

/** A document that could be read. */
export interface ReadFile extends Omit<SentFile, 'bytes'> {
  readonly reading: DocumentReading;
}

/** Reads some documents while others are dealt with; they come out as they came in. */
async function* readAhead(
  files: Iterable<SentFile> | AsyncIterable<SentFile>,
  importing: Importing,
): AsyncGenerator<ReadFile | UnreadDocument> {
  const pending: Promise<ReadFile | UnreadDocument>[] = [];
  for await (const file of files) {
    pending.push(readOne(file, importing));
    if (pending.length > importing.ahead) yield (await pending.shift()) as ReadFile | UnreadDocument;
  }
  for (const one of pending) yield await one;
}

/** Never rejects, since nobody waits for it at first: one who gave up is told so by the signal. */
async function readOne({ sha256, ...file }: SentFile, { read, signal }: Importing): Promise<ReadFile | UnreadDocument> {
  const { bytes: _, ...named } = file;
  const { name } = file;
  try {
    return { ...named, sha256, reading: await read(file, signal) };
  } catch (error) {
    if (error instanceof Problem) return { name, sha256, problem: error };
    if (!(error instanceof DocumentRefused)) {
      return { name, sha256, problem: new Problem('document-reading-failed', { cause: error }) };
    }
    const { reason, words } = error;
    return { name, sha256, reason, problem: new Problem('document-refused', { params: { reason: words } }) };
  }
}
