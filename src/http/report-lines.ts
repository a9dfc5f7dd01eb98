import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import type { CheckedForm } from '../domain/compile.ts';
import type { ReportKey } from '../domain/report.ts';
import type { ReportWrite } from '../operations/change-report.ts';
import { refuseUnlessMay } from '../operations/permission.ts';
import type { ReportLine } from '../operations/put-reports.ts';
import type { Service } from '../operations/service.ts';
import { agencyIdPattern } from '../schemas/agency.ts';
import { readReportLine, type LinesElsewhere } from '../schemas/report-line.ts';
import type { Validators } from '../schemas/validation.ts';
import { orderOf } from './auth.ts';
import { parseJson } from './bodies.ts';
import { takenLines, type BodyLimits, type TakenLine } from './ndjson.ts';
import { problemOf } from './problems.ts';
import { targetOf, type ReportTarget } from './report-target.ts';

/** A line, and which report it is about as far as it says so. */
export type NamedLine = ReportLine & Partial<ReportKey>;

/** What lines are read with. */
export interface LineReading {
  readonly service: Service;
  readonly validators: Validators;
  /** Where lines are read while others are written. */
  readonly elsewhere: LinesElsewhere | undefined;
}

/** How many of what comes in together is read at once: lines that are read elsewhere wait for that together. */
const readAtOnce = 16;

/** From so many bytes on, or where nobody says how many there are, it is worth while to get ready to read elsewhere. */
const long = 262_144;

/**
 * Reads reports from the lines of a body, in their order: that is the one they are to be written in. Those that come in
 * together stay together.
 */
export function reportLines(reading: LineReading, request: FastifyRequest, limits: BodyLimits): Readable {
  // Nobody waits for that: until then lines are read here.
  if (Number(request.headers['content-length'] ?? Infinity) >= long) void reading.elsewhere?.getReady();
  return Readable.from(takenLines(request.body as Readable, limits)).map(
    (lines: readonly TakenLine[]) => Promise.all(lines.map((line) => reportLine(reading, request, line))),
    { concurrency: readAtOnce },
  );
}

async function reportLine(reading: LineReading, request: FastifyRequest, line: TakenLine): Promise<NamedLine> {
  if ('problem' in line) return { line: line.number, problem: line.problem };
  const { elsewhere } = reading;
  return (
    (elsewhere?.isReady() && (await readElsewhere(reading, elsewhere, request, line))) ||
    readHere(reading, request, line)
  );
}

type Line = Extract<TakenLine, { readonly text: Buffer }>;

/** The line as it was read elsewhere; nothing where that did not come about, whatever the reason. */
async function readElsewhere(
  { service }: LineReading,
  { prepare }: LinesElsewhere,
  request: FastifyRequest,
  { number, text }: Line,
): Promise<NamedLine | undefined> {
  const key = glimpsedKey(text);
  if (!key) return undefined;
  const target = await targetOfLine(service, request, key).catch(() => undefined);
  if (!target) return undefined;
  const { agency, form } = target;
  const line = await prepare({ ...key, bytes: text, edition: form.edition.id, agencyName: agency.name });
  if (!line) return undefined;
  const write = writeOf(request, form, key, line.ifMatch);
  return { line: number, ...key, write: { ...write, prepared: line.report }, input: line.claimed };
}

async function readHere({ service, validators }: LineReading, request: FastifyRequest, line: Line): Promise<NamedLine> {
  let named: Partial<ReportKey> = {};
  try {
    const body = parseJson(line.text);
    named = keyIn(body);
    const target = isWhole(named) ? await targetOfLine(service, request, named) : undefined;
    // Whatever form it would have been, its schema tells what is wrong with the key.
    const form = target?.form ?? newest(service);
    const { key, ifMatch, input } = readReportLine(validators, form, body);
    return { line: line.number, ...key, input, write: writeOf(request, form, key, ifMatch) };
  } catch (error) {
    return { line: line.number, ...named, problem: problemOf(error as Error, request) };
  }
}

/** As members are mostly written: whoever reads the line makes sure of it. */
const glimpses = { agencyId: /"agencyId"\s*:\s*"([^"\\]+)"/, year: /"year"\s*:\s*(\d{4})/ };

/** Which report a line seems to be about, before it is read. */
function glimpsedKey(text: Buffer): ReportKey | undefined {
  const ascii = text.toString('latin1');
  const [agencyId, year] = [glimpses.agencyId.exec(ascii)?.[1], glimpses.year.exec(ascii)?.[1]];
  return agencyId === undefined || year === undefined ? undefined : { agencyId, year: Number(year) };
}

const wellFormed = new RegExp(agencyIdPattern);

/** What a line says of which report it is about, where it says it rightly. */
function keyIn(body: unknown): Partial<ReportKey> {
  const { agencyId, year } = (body ?? {}) as Readonly<Record<string, unknown>>;
  return {
    ...(typeof agencyId === 'string' && wellFormed.test(agencyId) && { agencyId }),
    ...(Number.isSafeInteger(year) && { year: year as number }),
  };
}

function isWhole(key: Partial<ReportKey>): key is ReportKey {
  return key.agencyId !== undefined && key.year !== undefined;
}

async function targetOfLine(service: Service, request: FastifyRequest, key: ReportKey): Promise<ReportTarget> {
  await refuseUnlessMay(service.store, orderOf(request).by, 'putReport', key.agencyId);
  return targetOf(service, key);
}

function newest({ forms }: Service): CheckedForm {
  return [...forms.values()].at(-1) as CheckedForm;
}

function writeOf(
  request: FastifyRequest,
  { edition }: CheckedForm,
  key: ReportKey,
  ifMatch = request.headers['if-match'],
): ReportWrite {
  return { key, conditions: { ifMatch }, edition: edition.id, ...orderOf(request) };
}
