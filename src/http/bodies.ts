import type { FastifyInstance } from 'fastify';
import { isUtf8 } from 'node:buffer';
import { Problem } from '../domain/problem.ts';

/** The media types a body may have. */
const jsonTypes = ['application/json', 'application/merge-patch+json'];

/**
 * Reads bodies as JSON in UTF-8 and nothing else. Bytes that are not UTF-8 are refused: read leniently, a GBK body
 * would be stored as question marks.
 */
export function readBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(jsonTypes, { parseAs: 'buffer' }, async (_request: unknown, body: Buffer) => parse(body));
}

/** @throws Problem `body-malformed`. */
function parse(body: Buffer): unknown {
  if (!isUtf8(body)) throw new Problem('body-malformed', { params: { reason: notUtf8 } });
  try {
    return JSON.parse(body.toString('utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new Problem('body-malformed', { params: { reason: (error as SyntaxError).message } });
  }
}

const notUtf8 = { 'zh-CN': '不是 UTF-8 编码（可能是 GBK）。', en: 'it is not UTF-8 (GBK, perhaps).' };
