import { recogniseAgency, type AgencyCandidate, type NamedAgency } from '../domain/agency-name.ts';
import { possibleZeros } from '../domain/blanks.ts';
import type { Check } from '../domain/check.ts';
import type { CheckedForm } from '../domain/compile.ts';
import { packFigures, type TableContent } from '../domain/figures.ts';
import { Problem } from '../domain/problem.ts';
import type { ReportContent } from '../domain/report.ts';
import type { StoredImport } from '../domain/store.ts';
import type { DocumentReading, Unread } from '../documents/reading.ts';
import { normalForm } from '../documents/reading/normal-form.ts';
import { checkOf } from './check-unstored.ts';
import { commitImport, type Committed, type Left } from './commit-import.ts';
import type { ImportRun, ReadFile } from './import-documents.ts';
import type { Service } from './service.ts';
import { unreadWords } from './unread-words.ts';

/** What a document says, as the API answers it. */
export interface ImportedDocument {
  readonly name: string;
  readonly sha256: string;
  readonly agency: {
    /** As the document names it. */
    readonly name: string | null;
    /** Where it is certain whose report it is. */
    readonly agencyId?: string;
    readonly candidates: readonly AgencyCandidate[];
  };
  readonly year: number | null;
  readonly edition: string | null;
  readonly otherEditions: DocumentReading['otherEditions'];
  readonly confidence: number;
  readonly sections: ReportContent['sections'];
  readonly people: DocumentReading['people'];
  readonly notes: ReportContent['notes'];
  readonly provenance: DocumentReading['provenance'];
  readonly unread: readonly (Unread & { readonly detail: string })[];
  /** How many cells printed blank are 0 in the sections because a person said so. */
  readonly blanksTakenForZero: number;
  /** Absent where the year or the form is not known. */
  readonly check?: Check & { readonly year: number; readonly edition: string };
  /** The report the same bytes became before. */
  readonly repeats?: StoredImport;
  /** With `commit`: what was written, or every reason why nothing was. */
  readonly committed?: Committed;
  readonly left?: readonly Left[];
}

/** A document with what is known of it beside what it says. */
export interface KnownDocument extends ReadFile {
  readonly agency: NamedAgency | undefined;
  readonly year: number | undefined;
  readonly form: CheckedForm | undefined;
  /** What was read, cells printed blank as 0 where a person said so. */
  readonly sections: ReportContent['sections'];
  readonly blanksTakenForZero: number;
  readonly repeats: StoredImport | undefined;
}

/** Tells of a document that was read what there is to tell, and writes it where that is asked for and may be. */
export async function importDocument(service: Service, run: ImportRun, file: ReadFile): Promise<ImportedDocument> {
  const { reading, sha256 } = file;
  const year = run.year ?? reading.year;
  const form = service.forms.get(reading.edition ?? '');
  const { agency, candidates } = whose(run, reading.agencyName ?? '', year);
  const filled = withBlanks(form, reading, run.blanksAreZero ?? false);
  const repeated = await service.store.findImport(sha256);
  // Of another's report the caller need not know.
  const repeats = run.known.some(({ agency: { id } }) => id === repeated?.agencyId) ? repeated : undefined;
  const document: KnownDocument = { ...file, agency, year, form, repeats, ...filled };
  const check = checked(service, run, document);
  return {
    name: file.name,
    sha256,
    agency: { name: reading.agencyName ?? null, ...(agency && { agencyId: agency.id }), candidates },
    year: year ?? null,
    edition: reading.edition ?? null,
    otherEditions: reading.otherEditions,
    confidence: reading.confidence,
    ...filled,
    people: reading.people,
    notes: reading.notes,
    provenance: reading.provenance,
    unread: reading.unread.map((one) => ({ ...one, detail: unreadWords[one.reason][run.language] })),
    ...(check && { check }),
    ...(repeats && { repeats }),
    ...(run.commit && (await commitImport(service, run, document))),
  };
}

/** Whose report it is: as a person says, else as its name says where that is certain. */
function whose(
  { known, agencyId }: ImportRun,
  name: string,
  year: number | undefined,
): { readonly agency?: NamedAgency; readonly candidates: readonly AgencyCandidate[] } {
  const named = known.find(({ agency }) => agency.id === agencyId);
  return named ? { agency: named.agency, candidates: [] } : recogniseAgency(normalForm(name), known, year);
}

/** Only a cell that stands there and is blank may be 0: what could not be read is not known. */
function withBlanks(
  form: CheckedForm | undefined,
  { sections, provenance }: DocumentReading,
  blanksAreZero: boolean,
): Pick<KnownDocument, 'sections' | 'blanksTakenForZero'> {
  const blank = form?.cells.filter(({ address }) => blanksAreZero && provenance[address]?.state === 'blank') ?? [];
  if (!form || blank.length === 0) return { sections, blanksTakenForZero: 0 };
  const zeros = possibleZeros(form, packFigures(form, sections as Record<string, TableContent>), blank);
  const filled = structuredClone(sections) as Record<string, Record<string, Record<string, number | null>>>;
  for (const { section, row, column } of zeros) ((filled[section] ??= {})[row] ??= {})[column] = 0;
  return { sections: filled, blanksTakenForZero: zeros.length };
}

/** The check of what was read; none where nobody knows of which year it is, or that year has no form. */
function checked(
  service: Service,
  { language }: ImportRun,
  { year, form, agency, sections, reading }: KnownDocument,
): ImportedDocument['check'] | undefined {
  if (year === undefined || !form) return undefined;
  const { statedSubtotals } = reading;
  const edition = form.edition.id;
  const facts = agency && { level: agency.level, kind: agency.kind, consolidates: agency.consolidates };
  try {
    const report = { year, edition, sections, statedSubtotals, ...(facts && { agency: facts }) };
    return { year, edition, ...checkOf(service, report, language).answer };
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}
