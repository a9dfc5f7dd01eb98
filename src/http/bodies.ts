import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isUtf8 } from 'node:buffer';
import { Problem } from '../domain/problem.ts';
import { whyNotJson, whyNotUtf8 } from '../schemas/json-words.ts';
import { unsupported } from './problems.ts';

/** The media types a body may have. */
const jsonTypes = ['application/json', 'application/merge-patch+json'];

/**
 * Reads bodies as JSON in UTF-8 and nothing else. Bytes that are not UTF-8 are refused: read leniently, a GBK body
 * would be stored as question marks.
 */
export function readBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(jsonTypes, { parseAs: 'buffer' }, async ({ method }: FastifyRequest, body: Buffer) => {
    // Many clients name a media type with every request; a DELETE has no body to read.
    return method === 'DELETE' && body.length === 0 ? undefined : parseJson(body);
  });
  app.addHook('preParsing', (request, _reply, payload, done) => {
    const coding = request.headers['content-encoding'];
    if (coding === undefined || coding === 'identity') return done(null, payload);
    done(unsupported(request, `Content-Encoding: ${coding}`));
  });
}

/** @throws Problem `body-malformed`. */
export function parseJson(body: Buffer): unknown {
  if (!isUtf8(body)) throw new Problem('body-malformed', { params: { reason: whyNotUtf8(body) } });
  const text = body.toString('utf8').replace(/^\uFEFF/, '');
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Problem('body-malformed', { params: { reason: whyNotJson(text) }, cause });
  }
}
