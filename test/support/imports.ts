import { hash } from 'node:crypto';
import type { CellProvenance, DocumentReading } from '../../src/documents/reading.ts';
import type { Store } from '../../src/domain/store.ts';
import type { ImportedDocument } from '../../src/operations/import-document.ts';
import {
  importDocuments,
  type Importing,
  type ImportOutcome,
  type ReadDocument,
} from '../../src/operations/import-documents.ts';
import { buildService, type Service } from '../../src/operations/service.ts';
import { components } from '../../src/schemas/components.ts';
import { contentFaults } from '../../src/schemas/import.ts';
import { buildValidators } from '../../src/schemas/validation.ts';
import { figuresWith, tablesOf, type Cells } from './figures.ts';
import { formOf, forms, rulebook } from './forms.ts';
import { tester } from './store.ts';

const faultsOf = contentFaults(buildValidators(components(forms)));

/** What is read of a complete document of an edition in which every cell not named is 0; `null` is printed blank. */
export function readingWith(
  edition: string,
  cells: Cells = {},
  besides: Partial<DocumentReading> = {},
): DocumentReading {
  const form = formOf(edition);
  const texts = Object.fromEntries(form.narratives.map(({ key }) => [key, { text: '无' }]));
  const provenance = form.cells.map(({ address }): [string, CellProvenance] => {
    const written = address in cells ? cells[address] : 0;
    const state = written === null ? 'blank' : 'printed';
    return [address, { state, where: { line: 1 }, text: String(written ?? ''), confidence: 1 }];
  });
  return {
    agencyName: '甲局',
    year: form.edition.years.first + 1,
    edition,
    people: {},
    otherEditions: {},
    sections: { ...tablesOf(form, figuresWith(form, cells)), ...texts },
    notes: {},
    provenance: Object.fromEntries(provenance),
    statedSubtotals: {},
    unread: [],
    confidence: 1,
    ...besides,
  };
}

/** The same where the document has no place for some cells: they are blank, and nothing is known of them. */
export function without(reading: DocumentReading, ...addresses: readonly string[]): DocumentReading {
  const kept = Object.entries(reading.provenance).filter(([address]) => !addresses.includes(address));
  const sections = structuredClone(reading.sections) as Record<string, Record<string, Record<string, null>>>;
  for (const [section = '', row = '', column = ''] of addresses.map((address) => address.split('.'))) {
    ((sections[section] ??= {})[row] ??= {})[column] = null;
  }
  return { ...reading, sections, provenance: Object.fromEntries(kept) };
}

/** The service on a store, at a time of the test's own. */
export function serviceAt(store: Store, now: string): Service {
  return buildService(rulebook, store, () => new Date(now));
}

/** Imports documents whose readings are given, each under a name and with bytes of its own. */
export async function importReadings(
  service: Service,
  readings: Readonly<Record<string, DocumentReading>>,
  options: Partial<Importing> = {},
): Promise<ImportOutcome[]> {
  const read: ReadDocument = async ({ name }) => readings[name] as DocumentReading;
  const files = Object.keys(readings).map((name) => ({ name, bytes: Buffer.from(name), sha256: hash('sha256', name) }));
  const importing: Importing = {
    read,
    ahead: 1,
    faultsOf,
    language: 'zh-CN',
    by: tester,
    commit: true,
    ...options,
  };
  const outcomes: ImportOutcome[] = [];
  for await (const outcome of importDocuments(service, importing, files)) outcomes.push(outcome);
  return outcomes;
}

/** Imports one document, which can be read. */
export async function importReading(
  service: Service,
  reading: DocumentReading,
  options: Partial<Importing> & { readonly name?: string } = {},
): Promise<ImportedDocument> {
  const { name = 'a.docx', ...rest } = options;
  const [outcome] = await importReadings(service, { [name]: reading }, rest);
  if (!outcome || 'problem' in outcome) throw new Error('not read');
  return outcome;
}

/** The codes of what keeps a document from being written. */
export function leftFor({ left = [] }: ImportedDocument): string[] {
  return left.map(({ code }) => code);
}
