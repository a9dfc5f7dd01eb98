import type { FastifyContextConfig, FastifySchema } from 'fastify';
import { Type } from 'typebox';
import { problems, type ProblemCode } from '../domain/problem.ts';
import { statusOf } from './problems.ts';

/** What the documentation and the guard know of a route. */
export interface Operation {
  readonly id: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly params?: unknown;
  readonly query?: unknown;
  readonly headers?: unknown;
  readonly body?: unknown;
  /** The body is a JSON Merge Patch. */
  readonly mergePatch?: boolean;
  /** It takes many bodies, one a line, and answers a line for each: `also` beside one alone, or `only`. */
  readonly lines?: 'also' | 'only';
  /** Schema of the answer by status; `null` where there is no body. */
  readonly answers: Readonly<Record<number, unknown>>;
  /** What it can be refused with beside what follows from the members above. */
  readonly problems?: readonly ProblemCode[];
  /** The media type of the answer where it is not plain JSON. */
  readonly mediaType?: string;
  /** What the answer may come as besides, by `Accept` or by its address. */
  readonly otherTypes?: readonly string[];
  /** Whether it works without a key. */
  readonly open?: boolean;
  /** Whether whoever sends no key is asked for it as a password, as calendar programs wait for. */
  readonly askForPassword?: boolean;
  /** Whether it answers however often it is asked. */
  readonly unlimited?: boolean;
}

/** Newline-delimited JSON. */
export const ndjson = 'application/x-ndjson';

/** A text whose every line is JSON of a schema. */
export function linesSchema(line: unknown) {
  return { type: 'string', contentMediaType: ndjson, contentSchema: line };
}

/** The ways a key may be sent, as the OpenAPI document names them. */
export const keySchemes = [{ key: [] }, { keyAsPassword: [] }];

/** A Fastify route's options from what is known of it. */
export function operation(description: Operation): {
  schema: FastifySchema;
  config: FastifyContextConfig;
} {
  const {
    id,
    tag,
    summary,
    params,
    query = noQuery,
    headers,
    body,
    answers,
    mediaType = 'application/json',
    otherTypes = [],
  } = description;
  const schema = {
    operationId: id,
    tags: [tag],
    summary,
    ...(description.description && { description: description.description }),
    ...(params !== undefined && { params }),
    querystring: query,
    ...(headers !== undefined && { headers }),
    ...(body !== undefined && { body }),
    ...(description.mergePatch && { consumes: ['application/merge-patch+json', 'application/json'] }),
    ...(description.lines && { consumes: description.lines === 'only' ? [ndjson] : ['application/json', ndjson] }),
    ...(description.open && { security: [{}, ...keySchemes] }),
    response: { ...answersOf(answers, mediaType, otherTypes), ...problemsOf(description) },
  };
  const hasBody = Object.values(answers).some((answer) => answer !== null);
  const about = has(params, 'agencyId') ? 'address' : has(query, 'under') ? 'filters' : undefined;
  return {
    schema,
    config: {
      operation: id,
      ...(about && { about }),
      ...(hasBody && { mediaTypes: [mediaType, ...otherTypes] }),
      ...(description.unlimited && { unlimited: true }),
      ...(description.askForPassword && { askForPassword: true }),
    },
  };
}

function has(schema: unknown, member: string): boolean {
  return member in ((schema as { properties?: object } | undefined)?.properties ?? {});
}

/** A parameter an address does not know is refused like a member a body does not know: it would be dropped unseen. */
const noQuery = Type.Object({}, { additionalProperties: false });

function answersOf(answers: Operation['answers'], mediaType: string, otherTypes: readonly string[]) {
  const others = Object.fromEntries(otherTypes.map((type) => [type, { schema: fileSchema(type) }]));
  return Object.fromEntries(
    Object.entries(answers).map(([status, schema]) => [
      status,
      schema === null
        ? { description: noBody[status] ?? 'Done', type: 'null' }
        : { description: withBody[status] ?? 'The answer', content: { [mediaType]: { schema }, ...others } },
    ]),
  );
}

/** The schema of an answer that is a file. */
export function fileSchema(mediaType: string) {
  return { type: 'string', ...(!mediaType.startsWith('text/') && { format: 'binary' }) };
}

const withBody: Readonly<Record<string, string>> = { 200: 'The answer', 201: 'It did not exist and was made' };
const noBody: Readonly<Record<string, string>> = { 204: 'Done', 304: 'Unchanged since the ETag in If-None-Match' };

function problemsOf(description: Operation) {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of codesOf(description)) {
    byStatus.set(statusOf(code), [...(byStatus.get(statusOf(code)) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      status,
      {
        description: codes.map((code) => `\`${code}\`: ${problems[code].title.en}`).join('; '),
        content: { 'application/problem+json': { schema: { $ref: 'Problem#' } } },
      },
    ]),
  );
}

function codesOf({ body, unlimited, problems: own = [] }: Operation): ProblemCode[] {
  const implied: ProblemCode[] = [
    'request-invalid',
    ...(body !== undefined ? bodyProblems : []),
    'key-missing',
    'key-unknown',
    'not-allowed',
    'agency-not-yours',
    'not-acceptable',
    ...(unlimited ? [] : (['too-many-requests'] as const)),
    'internal',
  ];
  return [...new Set([...implied, ...own])];
}

const bodyProblems = ['body-malformed', 'body-too-large', 'media-type-unsupported'] as const;
