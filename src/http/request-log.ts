import { LogController, type FastifyReply, type FastifyRequest } from 'fastify';

/** One line for each request, when it has been answered: no body, no header, no key. Errors are logged as they occur. */
export class RequestLog extends LogController {
  override incomingRequest(): void {
    // Told when it is answered.
  }

  override requestCompleted(_error: Error | null | undefined, request: FastifyRequest, reply: FastifyReply): void {
    logRequest(request, reply, 'answered');
  }
}

/** The line of a request; Fastify does not tell of one whose client went away before the end of the answer. */
export function logRequest(
  { method, url, principal, log }: FastifyRequest,
  reply: FastifyReply,
  what: 'answered' | 'client gone',
): void {
  log.info({ method, url, status: reply.statusCode, ms: Math.round(reply.elapsedTime), key: principal?.keyId }, what);
}
