import { may, relationInside } from '../domain/access.ts';
import { dayInChina } from '../domain/calendar.ts';
import type { ObstacleCode } from '../domain/import-codes.ts';
import { fill, type Language } from '../domain/language.ts';
import { Problem, problemInWords, type ProblemCode } from '../domain/problem.ts';
import { contentFrom, type ReportInput, type ReportKey } from '../domain/report.ts';
import type { ImportRecord, StoredReport } from '../domain/store.ts';
import { publishByOf } from '../domain/year.ts';
import { changeReport } from './change-report.ts';
import type { KnownDocument } from './import-document.ts';
import type { ImportRun } from './import-documents.ts';
import { obstaclesTo, type Obstacle } from './import-obstacles.ts';
import { refuseUnlessMay } from './permission.ts';
import { formOf, type Service } from './service.ts';
import type { WriteOutcome } from './write-outcome.ts';

/** What was written of a document. */
export interface Committed extends ReportKey {
  readonly revision: number;
  /** The time to publish is over, so it came in as printed. */
  readonly asPrinted: boolean;
  readonly outcome: WriteOutcome;
}

/** A reason why nothing was written. */
export interface Left {
  /** What speaks against it, or the problem of the write. */
  readonly code: ObstacleCode | ProblemCode;
  readonly detail: string;
}

/** Writes a document that nothing speaks against, in a transaction of its own; else tells everything that does. */
export async function commitImport(
  service: Service,
  run: ImportRun,
  document: KnownDocument,
): Promise<{ readonly committed: Committed } | { readonly left: readonly Left[] }> {
  const { agency, year } = document;
  const obstacles = await obstaclesOf(service, run, document);
  if (obstacles.length > 0 || !agency || year === undefined) return { left: inWords(obstacles, run.language) };
  try {
    await refuseUnlessMay(service.store, run.by, 'putReport', agency.id);
    return { committed: await write(service, run, document, { agencyId: agency.id, year }) };
  } catch (error) {
    if (error instanceof DocumentLeft) return { left: inWords([error.obstacle], run.language) };
    if (!(error instanceof Problem)) throw error;
    return { left: [{ code: error.code, detail: problemInWords(error, run.language).detail }] };
  }
}

async function obstaclesOf(service: Service, run: ImportRun, document: KnownDocument): Promise<Obstacle[]> {
  const { agency, year, form, reading, sections, repeats } = document;
  // The same bytes once more: what was said against them then matters no longer.
  if (repeats && repeats.agencyId === agency?.id && repeats.year === year) return [repeated];
  return obstaclesTo({
    reading,
    sections,
    form,
    forms: service.forms,
    agencyId: agency?.id,
    year,
    registered: year === undefined ? undefined : await service.store.year(year),
    blanksAreZero: run.blanksAreZero ?? false,
    faults: form ? run.faultsOf(form, { sections, notes: reading.notes, ...reading.people }) : [],
  });
}

const repeated: Obstacle = {
  code: 'repeated',
  detail: {
    'zh-CN': '同一个文件已经导入过，没有再次写入。',
    en: 'The same file was imported before and was not written again.',
  },
};

async function write(service: Service, run: ImportRun, document: KnownDocument, key: ReportKey): Promise<Committed> {
  const edition = formOf(service, document.reading.edition ?? '').edition.id;
  const write = {
    key,
    conditions: { ifMatch: '*' },
    edition,
    act: 'importDocuments',
    by: run.by,
    origin: () => ({ kind: 'import' as const, ...recordOf(service, run, document) }),
  };
  const written = await changeReport(service, write, (stored, found) => {
    const input = inputFrom(service, run, document, found);
    if (stored && isAnothers(service, run, found, input)) throw new DocumentLeft(reportExists);
    return input;
  });
  run.written.add(nameOf(key));
  const { revision, asPrinted } = JSON.parse(written.resource) as Pick<Committed, 'revision' | 'asPrinted'>;
  return { ...key, revision, asPrinted, outcome: written.outcome };
}

/** Reports of past years were published elsewhere: their errors are shown and block nothing. A reporter files a draft. */
function inputFrom(
  service: Service,
  { by }: ImportRun,
  { sections, reading }: KnownDocument,
  { agency, year }: StoredReport,
): ReportInput {
  const over = agency && year && publishByOf(year, agency) < dayInChina(service.now());
  const asPrinted = (over && may(by, 'recordAsPrinted', relationInside(by, agency.id))) ?? false;
  return { sections, notes: reading.notes, ...reading.people, asPrinted };
}

/**
 * Whether a report's content is somebody's own work: an import replaces only what an earlier import wrote and nobody
 * has touched since, as when a clerk corrects a file and sends it again.
 */
function isAnothers(service: Service, run: ImportRun, found: StoredReport, input: ReportInput): boolean {
  const { report, importedRevision } = found;
  if (!report) return false;
  const { content } = contentFrom(formOf(service, report.edition), input);
  if (JSON.stringify(content) === report.content) return false;
  return run.written.has(nameOf(report)) || importedRevision() !== report.revision;
}

const reportExists: Obstacle = {
  code: 'report-exists',
  detail: {
    'zh-CN': '这个机关该年度已有内容不同的报告，没有覆盖；请在报告中直接修改，或删除草稿后再导入。',
    en: 'There is a report with other content for that agency and year, and it was not overwritten; change that report, or delete the draft and import again.',
  },
};

function nameOf({ agencyId, year }: ReportKey): string {
  return `${agencyId}/${year}`;
}

function recordOf(service: Service, run: ImportRun, document: KnownDocument): ImportRecord {
  const { sha256, name, mediaType, reading, blanksTakenForZero } = document;
  return {
    sha256,
    fileName: name,
    ...(mediaType !== undefined && { mediaType }),
    blanksAreZero: blanksTakenForZero > 0,
    provenance: JSON.stringify(reading.provenance),
    actor: run.by.keyId,
    importedAt: service.now().toISOString(),
  };
}

/** Thrown while a write is decided, so that nothing of it is done. */
class DocumentLeft extends Error {
  readonly obstacle: Obstacle;

  constructor(obstacle: Obstacle) {
    super(obstacle.code);
    this.name = 'DocumentLeft';
    this.obstacle = obstacle;
  }
}

function inWords(obstacles: readonly Obstacle[], language: Language): Left[] {
  return obstacles.map(({ code, detail, params }) => ({ code, detail: fill(detail, language, params) }));
}
