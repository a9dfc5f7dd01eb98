import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Type, type Static } from 'typebox';
import { putReportOfMany, putReports, type LineOutcome } from '../../operations/put-reports.ts';
import type { Service } from '../../operations/service.ts';
import { reportLineName } from '../../schemas/report.ts';
import { bodyCheckedLater, byEdition } from '../by-edition.ts';
import { clientGone } from '../client-gone.ts';
import { languageOf } from '../language.ts';
import { linesSchema, ndjson, operation } from '../operation.ts';
import { problemBody, problemOf, unsupported } from '../problems.ts';
import { reportLines, type LineReading, type NamedLine } from '../report-lines.ts';

/** The most reports of one request. */
const mostLines = 5_000;

/**
 * How many times what came in together may wait to be written: with the lines of so many are gone on when the caller
 * goes away. Of long lines few come in together, and so many of them shall still go into one commit.
 */
const underWay = 128;

/** How many bodies of one report the lines may be as long as together where all of them are held until the last. */
const bodiesHeld = 64;

const query = Type.Object(
  { atomic: Type.Optional(Type.Boolean({ description: 'All or none: nothing is stored unless every line can be' })) },
  { additionalProperties: false },
);

function putReportsOperation({ forms }: Service) {
  return operation({
    id: 'putReports',
    tag: 'reports',
    summary: 'Write many whole reports, one a line; a line is answered for each',
    description: `Up to ${mostLines} reports as NDJSON, read and answered as they come. Each line is what PUT of that report takes, with \`agencyId\` and \`year\`, and \`ifMatch\` where it changes what is there; \`If-Match: *\` overwrites for all of them. A line that fails is answered by its problem and loses nobody else; what has been answered is stored. The lines of one report are applied in their order. With \`atomic=true\` the lines are taken together: they may be as long as ${bodiesHeld} bodies, and others who write wait.`,
    query,
    headers: Type.Object({
      'If-Match': Type.Optional(Type.Literal('*', { description: '`*` overwrites whatever is there' })),
    }),
    body: linesSchema(byEdition([...forms.values()].map(reportLineName))),
    lines: 'only',
    mediaType: ndjson,
    answers: { 200: linesSchema({ $ref: 'ReportLineResult#' }) },
    problems: ['batch-refused'],
  });
}

/** Many reports at once. */
export function reportLineRoutes(app: FastifyInstance, reading: LineReading): void {
  const { service, validators } = reading;
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(ndjson, (_request: FastifyRequest, body: Readable, done) => done(null, body));
    const options = { ...putReportsOperation(service), ...bodyCheckedLater(validators) };
    scope.post('/v1/reports/batch', options, async (request, reply) => {
      if (!(request.body instanceof Readable)) {
        throw unsupported(request, request.headers['content-type'] ?? '-');
      }
      const { atomic = false } = request.query as Static<typeof query>;
      const line = request.routeOptions.bodyLimit;
      const limits = { lines: mostLines, line, body: (atomic ? bodiesHeld : mostLines) * line };
      const lines = reportLines(reading, request, limits);
      const results = atomic ? await together(service, reply, lines) : apart(service, request, lines);
      return reply.header('content-type', `${ndjson}; charset=utf-8`).send(results);
    });
  });
}

/** Each line for itself. */
function apart(service: Service, request: FastifyRequest, lines: Readable): Readable {
  return lines.map((some: readonly NamedLine[]) => each(service, request, some), { concurrency: underWay });
}

/** Begins to write at once, before anything is waited for: lines are written in the order they get here. */
async function each(service: Service, request: FastifyRequest, lines: readonly NamedLine[]): Promise<string> {
  return (await Promise.all(lines.map((line) => alone(service, request, line)))).join('');
}

async function alone(service: Service, request: FastifyRequest, line: NamedLine): Promise<string> {
  try {
    return resultLine(line, await putReportOfMany(service, line));
  } catch (error) {
    const { line: number, agencyId, year } = line;
    const problem = problemBody(problemOf(error as Error, request), languageOf(request));
    return asLine({ line: number, agencyId, year, problem });
  }
}

/** @throws Problem `batch-refused`. */
async function together(service: Service, reply: FastifyReply, lines: Readable): Promise<string> {
  const signal = clientGone(reply);
  const held = ((await lines.toArray()) as NamedLine[][]).flat();
  const outcomes = await putReports(service, held, signal);
  return outcomes.map((outcome, place) => resultLine(held[place] as NamedLine, outcome)).join('');
}

function resultLine({ line, agencyId, year }: NamedLine, { outcome, revision, verdict, tag }: LineOutcome): string {
  return asLine({ line, agencyId, year, outcome, revision, verdict, etag: tag });
}

function asLine(result: object): string {
  return `${JSON.stringify(result)}\n`;
}
