import { compile } from '../domain/compile.ts';
import { editions } from '../forms/editions.ts';
import { documentReader, type DocumentFile } from './read-document.ts';
import type { DocumentReading } from './reading.ts';
import { DocumentRefused } from './refusal.ts';

/** What comes back from a worker: an error keeps no class on its way between threads. */
export type WorkerOutcome =
  { readonly reading: DocumentReading } | { readonly refused: Pick<DocumentRefused, 'reason' | 'words'> };

/** A city's thresholds judge reports and do not matter for reading them. */
const read = documentReader(editions.map(compile));

/** What a thread of the pool does with a document. */
export default async function readInWorker(file: DocumentFile): Promise<WorkerOutcome> {
  try {
    return { reading: await read(file) };
  } catch (error) {
    if (!(error instanceof DocumentRefused)) throw error;
    return { refused: { reason: error.reason, words: error.words } };
  }
}
