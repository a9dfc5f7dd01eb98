import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ErrorObject } from 'ajv/dist/2020.js';
import type { Socket } from 'node:net';
import {
  Problem,
  problemInWords,
  problems,
  type Fault,
  type ProblemCode,
  type ProblemKind,
} from '../domain/problem.ts';
import type { Language } from '../domain/language.ts';
import { faultsOf } from '../schemas/faults.ts';
import { languageOf } from './language.ts';
import type { HttpPart } from '../schemas/validation.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whoever sends no key is asked for it as a password: programs that know nothing else read the answer. */
    askForPassword?: boolean;
  }
}

/** The one place where a status code is chosen. */
const statuses: Readonly<Record<ProblemKind, number>> = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  missing: 404,
  methodNotAllowed: 405,
  notAcceptable: 406,
  conflict: 409,
  preconditionFailed: 412,
  tooLarge: 413,
  unsupportedMedia: 415,
  refused: 422,
  preconditionRequired: 428,
  tooMany: 429,
  headersTooLarge: 431,
  internal: 500,
  unavailable: 503,
};

const mediaType = 'application/problem+json; charset=utf-8';

const partNames: Readonly<Record<HttpPart, NonNullable<Fault['in']>>> = {
  body: 'body',
  params: 'path',
  querystring: 'query',
  headers: 'header',
};

/** The status code of a problem. */
export function statusOf(code: ProblemCode): number {
  return statuses[problems[code].kind];
}

/** A problem as it is sent (RFC 9457). */
export function problemBody(problem: Problem, language: Language) {
  const { title, ...rest } = problemInWords(problem, language);
  return { type: `/problems/${problem.code}`, title, status: statusOf(problem.code), code: problem.code, ...rest };
}

/** Translates whatever a request failed with, the framework's own errors among it. */
export function translateErrors(app: FastifyInstance): void {
  app.setErrorHandler<FastifyError>((error, request, reply) => sendError(error, request, reply));
  app.setNotFoundHandler((request) => {
    throw new Problem('route-not-found', { params: { path: request.url.split('?')[0] as string } });
  });
}

/** Answers a request with what it failed with. */
export function sendError(error: Error, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = problemOf(error, request);
  if (problems[problem.code].kind === 'unauthenticated') reply.header('www-authenticate', challengesOf(request));
  if (problems[problem.code].kind === 'unavailable') reply.header('retry-after', '1');
  if (problems[problem.code].kind === 'tooMany') reply.header('retry-after', problem.params['seconds']);
  const language = languageOf(request);
  return reply
    .code(statusOf(problem.code))
    .headers({ 'cache-control': 'no-store', 'content-language': language, 'content-type': mediaType })
    .removeHeader('etag')
    .send(JSON.stringify(problemBody(problem, language)));
}

/**
 * How a key may be sent. A browser that reads `Basic` asks whoever looks at the page for a name and a password, and from
 * then on sends them by itself, whatever page asks: so that is said only where programs wait for it.
 */
function challengesOf({ routeOptions }: FastifyRequest): string | string[] {
  return routeOptions.config.askForPassword ? ['Bearer', 'Basic realm="nianbao", charset="UTF-8"'] : 'Bearer';
}

/** What Node itself refuses before there is a request: answered on the bare socket, then closed. */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return;
  const code = error.code === 'HPE_HEADER_OVERFLOW' ? 'headers-too-large' : 'request-malformed';
  const body = JSON.stringify(problemBody(new Problem(code), 'zh-CN'));
  const head = [
    `HTTP/1.1 ${statusOf(code)} ${code}`,
    `Content-Type: ${mediaType}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

/** What a request failed with, as it is told; a fault inside is logged with its stack. */
export function problemOf(error: Error, request: FastifyRequest): Problem {
  const problem = understood(error, request);
  if (problem.code === 'internal') request.log.error({ err: error }, 'request failed');
  return problem;
}

/** Whatever goes wrong while an error is read is a fault inside, told like any other. */
function understood(error: Error, request: FastifyRequest): Problem {
  try {
    return problemFrom(error, request);
  } catch (cause) {
    return new Problem('internal', { params: { requestId: request.id }, cause });
  }
}

function problemFrom(error: Error & Partial<FastifyError>, request: FastifyRequest): Problem {
  if (error instanceof Problem) return error;
  if (error.validation) {
    const part = partNames[error.validationContext ?? 'body'];
    return new Problem('request-invalid', { faults: faultsOf(error.validation as ErrorObject[], part) });
  }
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return new Problem('body-too-large', { params: { limit: request.routeOptions.bodyLimit } });
  }
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    return unsupported(request, request.headers['content-type'] ?? '-');
  }
  return isRequestsFault(error)
    ? new Problem('request-malformed', { cause: error })
    : new Problem('internal', { params: { requestId: request.id }, cause: error });
}

/** A body of a kind the route does not read. */
export function unsupported({ routeOptions }: FastifyRequest, mediaType: string): Problem {
  const { consumes = ['application/json'] } = (routeOptions.schema ?? {}) as { consumes?: string[] };
  return new Problem('media-type-unsupported', { params: { mediaType, accepted: consumes.join(', ') } });
}

/** An error of the framework that blames the request and has no code of its own here. */
function isRequestsFault({ code, statusCode }: Partial<FastifyError>): boolean {
  return code?.startsWith('FST_') === true && statusCode !== undefined && statusCode < 500;
}
