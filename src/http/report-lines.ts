import type { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import type { CheckedForm } from '../domain/compile.ts';
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
import { formFor } from './report-target.ts';

/** A line, and which report it is about as far as it says so. */
export type NamedLine = ReportLine & Partial<ReportKey>;

/** A line as it is sent. */
interface SentLine extends ReportInput, ReportKey {
  readonly ifMatch?: string;
}

/** Reads reports from the lines of a body, one after the other: that is the order they are to be written in. */
export async function* reportLines(
  service: Service,
  validators: Validators,
  request: FastifyRequest,
  limits: BodyLimits,
): AsyncGenerator<NamedLine> {
  for await (const line of bodiesOf(request.body as Readable, limits)) {
    yield await reportLine(service, validators, request, line);
  }
}

async function reportLine(
  service: Service,
  validators: Validators,
  request: FastifyRequest,
  line: LineBody,
): Promise<NamedLine> {
  if ('problem' in line) return { line: line.number, problem: line.problem };
  const key = keyIn(line.body);
  const named = { line: line.number, ...key };
  try {
    const form = isWhole(key) ? await formOfLine(service, request, key) : newest(service);
    validateBody(validators.component(reportLineName(form)), line.body);
    return { ...named, ...writeOf(request, form, line.body as SentLine) };
  } catch (error) {
    return { ...named, problem: problemOf(error as Error, request) };
  }
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

async function formOfLine(service: Service, request: FastifyRequest, key: ReportKey): Promise<CheckedForm> {
  await refuseUnlessMay(service.store, orderOf(request).by, 'putReport', key.agencyId);
  return formFor(service, key);
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
