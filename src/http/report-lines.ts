import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import type { CheckedForm } from '../domain/compile.ts';
import type { PrepareTexts, TextsToPrepare } from '../domain/prepared-texts.ts';
import type { ReportInput, ReportKey } from '../domain/report.ts';
import { refuseUnlessMay } from '../operations/permission.ts';
import type { ReportLine } from '../operations/put-reports.ts';
import type { Service } from '../operations/service.ts';
import { agencyIdPattern } from '../schemas/agency.ts';
import { reportLineName } from '../schemas/report.ts';
import { validateBody, type Validators } from '../schemas/validation.ts';
import { orderOf } from './auth.ts';
import { bodiesOf, type LineBody, type BodyLimits } from './ndjson.ts';
import { problemOf } from './problems.ts';
import { targetOf, type ReportTarget } from './report-target.ts';

/** A line, and which report it is about as far as it says so. */
export type NamedLine = ReportLine & Partial<ReportKey>;

/** A line as it is sent. */
interface SentLine extends ReportInput, ReportKey {
  readonly ifMatch?: string;
}

/** What lines are read with. */
export interface LineReading {
  readonly service: Service;
  readonly validators: Validators;
  /** Reads narratives beforehand where it can. */
  readonly prepare: PrepareTexts | undefined;
}

/** How many lines are read at once: those whose narratives are read elsewhere wait for that together. */
const readAtOnce = 64;

/** From so many lines on it is worth while to have narratives read elsewhere. */
const many = 100;

/** Reads reports from the lines of a body, in their order: that is the one they are to be written in. */
export function reportLines(reading: LineReading, request: FastifyRequest, limits: BodyLimits): Readable {
  return Readable.from(bodiesOf(request.body as Readable, limits)).map(
    (line: LineBody) => reportLine(reading, request, line),
    { concurrency: readAtOnce },
  );
}

async function reportLine(reading: LineReading, request: FastifyRequest, line: LineBody): Promise<NamedLine> {
  if ('problem' in line) return { line: line.number, problem: line.problem };
  const { service, validators } = reading;
  const key = keyIn(line.body);
  const named = { line: line.number, ...key };
  try {
    const target = isWhole(key) ? await targetOfLine(service, request, key) : undefined;
    const form = target?.form ?? newest(service);
    validateBody(validators.component(reportLineName(form)), line.body);
    const { write, input } = writeOf(request, form, line.body as SentLine);
    const texts = target && line.number > many ? textsOf(target, write.key, input) : undefined;
    return { ...named, input, write: { ...write, prepared: texts && (await reading.prepare?.(texts)) } };
  } catch (error) {
    return { ...named, problem: problemOf(error as Error, request) };
  }
}

function textsOf({ agency, form }: ReportTarget, { year }: ReportKey, { sections = {} }: ReportInput): TextsToPrepare {
  const narratives = Object.fromEntries(form.narratives.map(({ key }) => [key, sections[key] ?? null]));
  return { edition: form.edition.id, year, agencyName: agency.name, narratives };
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

/** Whatever form it would have been, its schema tells what is wrong with the key. */
function newest({ forms }: Service): CheckedForm {
  return [...forms.values()].at(-1) as CheckedForm;
}

function writeOf(
  request: FastifyRequest,
  { edition }: CheckedForm,
  { agencyId, year, ifMatch = request.headers['if-match'], ...input }: SentLine,
) {
  const write = { key: { agencyId, year }, conditions: { ifMatch }, edition: edition.id, ...orderOf(request) };
  return { write, input: input as ReportInput };
}
