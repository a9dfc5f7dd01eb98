import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { CheckedForm } from '../../domain/compile.ts';
import { Problem } from '../../domain/problem.ts';
import type { ReportInput, ReportKey } from '../../domain/report.ts';
import type { ReportWrite } from '../../operations/change-report.ts';
import { putReport } from '../../operations/put-report.ts';
import type { Service } from '../../operations/service.ts';
import { agencyIdPattern } from '../../schemas/agency.ts';
import { reportLineName } from '../../schemas/report.ts';
import { validateBody, type Validators } from '../../schemas/validation.ts';
import { orderOf, requireGrantFor } from '../auth.ts';
import { bodyCheckedLater, byEdition } from '../by-edition.ts';
import { languageOf } from '../language.ts';
import { bodiesOf, type LineBody } from '../ndjson.ts';
import { linesSchema, ndjson, operation } from '../operation.ts';
import { problemBody, problemOf } from '../problems.ts';
import { formFor } from '../report-target.ts';

/** The most reports of one request. */
const mostLines = 5_000;

/** How many lines may wait to be written: so many are gone on with when the caller goes away. */
const underWay = 64;

function putReportsOperation({ forms }: Service) {
  return operation({
    id: 'putReports',
    tag: 'reports',
    summary: 'Write many whole reports, one a line; a line is answered for each',
    description: `Up to ${mostLines} reports as NDJSON, read and answered as they come. Each line is what PUT of that report takes, with \`agencyId\` and \`year\`, and \`ifMatch\` where it changes what is there; \`If-Match: *\` overwrites for all of them. A line that fails is answered by its problem and loses nobody else; what has been answered is stored. The lines of one report are applied in their order.`,
    headers: Type.Object({
      'If-Match': Type.Optional(Type.Literal('*', { description: '`*` overwrites whatever is there' })),
    }),
    body: linesSchema(byEdition([...forms.values()].map(reportLineName))),
    lines: 'only',
    mediaType: ndjson,
    answers: { 200: linesSchema({ $ref: 'ReportLineResult#' }) },
  });
}

/** Many reports at once. */
export function reportLineRoutes(app: FastifyInstance, service: Service, validators: Validators): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(ndjson, (_request: FastifyRequest, body: Readable, done) => done(null, body));
    const options = { ...putReportsOperation(service), ...bodyCheckedLater(validators) };
    scope.post('/v1/reports/batch', options, async (request, reply) => {
      const { body } = request;
      if (!(body instanceof Readable)) throw new Problem('media-type-unsupported', { params: { mediaType: '' } });
      const lines = Readable.from(reportLines(service, validators, request, body));
      const results = lines.map((line: ReportLine) => resultOf(service, request, line), { concurrency: underWay });
      return reply.header('content-type', `${ndjson}; charset=utf-8`).send(results);
    });
  });
}

/** Which report a line is about, as far as it says so, and what is to be written, or why it cannot be. */
type ReportLine = { readonly line: number } & Partial<ReportKey> &
  ({ readonly write: ReportWrite; readonly input: ReportInput } | { readonly problem: Problem });

/** A line as it is sent. */
interface SentLine extends ReportInput, ReportKey {
  readonly ifMatch?: string;
}

/** One after the other, so that they are written in the order they were sent in. */
async function* reportLines(
  service: Service,
  validators: Validators,
  request: FastifyRequest,
  body: Readable,
): AsyncGenerator<ReportLine> {
  const limit = request.routeOptions.bodyLimit;
  for await (const line of bodiesOf(body, { lines: mostLines, line: limit, body: mostLines * limit })) {
    yield await reportLine(service, validators, request, line);
  }
}

async function reportLine(
  service: Service,
  validators: Validators,
  request: FastifyRequest,
  line: LineBody,
): Promise<ReportLine> {
  if ('problem' in line) return { line: line.number, problem: line.problem };
  const key = keyIn(line.body);
  const named = { line: line.number, ...key };
  try {
    const form = isWhole(key) ? await formOfLine(service, request, key) : newest(service);
    validateBody(validators.component(reportLineName(form)), line.body);
    return { ...named, ...writeOfLine(request, form, line.body as SentLine) };
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
  await requireGrantFor(request, service.store, 'putReport', key.agencyId);
  return formFor(service, key);
}

/** Whatever form it would have been, its schema tells what is wrong with the key. */
function newest({ forms }: Service): CheckedForm {
  return [...forms.values()].at(-1) as CheckedForm;
}

function writeOfLine(
  request: FastifyRequest,
  { edition }: CheckedForm,
  { agencyId, year, ifMatch = request.headers['if-match'], ...input }: SentLine,
): { readonly write: ReportWrite; readonly input: ReportInput } {
  const write = { key: { agencyId, year }, conditions: { ifMatch }, edition: edition.id, ...orderOf(request) };
  return { write, input };
}

/** Begins to write at once, before anything is waited for: lines are written in the order they get here. */
async function resultOf(service: Service, request: FastifyRequest, line: ReportLine): Promise<string> {
  const { line: number, agencyId, year } = line;
  try {
    if ('problem' in line) throw line.problem;
    const { outcome, revision, verdict, tag } = await putReport(service, line.write, line.input);
    return asLine({ line: number, agencyId, year, outcome, revision, verdict, etag: tag });
  } catch (error) {
    const problem = problemBody(problemOf(error as Error, request), languageOf(request));
    return asLine({ line: number, agencyId, year, problem });
  }
}

function asLine(result: object): string {
  return `${JSON.stringify(result)}\n`;
}
