import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import { matchesTag, type Conditions } from '../domain/precondition.ts';
import { contentTag } from '../operations/tags.ts';
import type { Written } from '../operations/write-outcome.ts';

export const json = 'application/json; charset=utf-8';

/** Answers with JSON that is ready to send, or with 304 where the caller already has it. */
export function sendTagged(
  request: FastifyRequest,
  reply: FastifyReply,
  tag: string,
  body: string | Uint8Array | Readable,
  mediaType = json,
): FastifyReply {
  if (isKnown(request, tag)) return sendUnchanged(reply, tag);
  return reply.headers({ ...cacheHeaders, etag: tag, 'content-type': mediaType }).send(body);
}

/** Whether the caller's If-None-Match names the tag. */
export function isKnown({ headers }: FastifyRequest, tag: string): boolean {
  return headers['if-none-match'] !== undefined && matchesTag(headers['if-none-match'], tag);
}

export function sendUnchanged(reply: FastifyReply, tag: string): FastifyReply {
  return reply
    .code(304)
    .headers({ ...cacheHeaders, etag: tag })
    .send();
}

/** Answers with a value, tagged by what it says. */
export function sendJson(request: FastifyRequest, reply: FastifyReply, value: unknown): FastifyReply {
  const body = JSON.stringify(value);
  return sendTagged(request, reply, contentTag(body), body);
}

/** Answers a write with the resource as it is now: 201 the first time. */
export function sendWritten(reply: FastifyReply, { outcome, resource, tag }: Written<unknown>): FastifyReply {
  return reply
    .code(outcome === 'created' ? 201 : 200)
    .headers({ etag: tag, 'content-type': json })
    .send(typeof resource === 'string' ? resource : JSON.stringify(resource));
}

/** The conditions of a write, from its headers. */
export function conditionsOf({ headers }: FastifyRequest): Conditions {
  return { ifMatch: headers['if-match'], ifNoneMatch: headers['if-none-match'] };
}

/**
 * What a caller may keep, it asks about again; the key decides what it sees, the language how it reads, and what it
 * accepts the format.
 */
const cacheHeaders = { 'cache-control': 'no-cache', vary: 'authorization, accept, accept-language' };
