import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../domain/problem.ts';
import { sendJson } from './answer.ts';

/** What a list's query says about paging. */
export interface PageQuery {
  readonly limit: number;
  readonly cursor?: string;
}

/** One more than a page holds is asked of the store: whether there is a next page. */
export function pageOf<Key>({ limit, cursor }: PageQuery, isKey: (value: unknown) => value is Key) {
  return { limit: limit + 1, after: cursor === undefined ? undefined : decode(cursor, isKey) };
}

/** Answers with a page: `{items, next}`, and `next` as a Link header as well. */
export function sendPage<Item>(
  request: FastifyRequest,
  reply: FastifyReply,
  found: readonly Item[],
  keyOf: (item: Item) => unknown,
): FastifyReply {
  const { limit } = request.query as PageQuery;
  const items = found.slice(0, limit);
  const last = items.at(-1);
  if (found.length <= limit || last === undefined) return sendJson(request, reply, { items });
  const next = Buffer.from(JSON.stringify(keyOf(last))).toString('base64url');
  const url = new URL(request.url, 'http://localhost');
  url.searchParams.set('cursor', next);
  return sendJson(request, reply.header('link', `<${url.pathname}${url.search}>; rel="next"`), { items, next });
}

export const isString = (value: unknown): value is string => typeof value === 'string';

export const isNumber = (value: unknown): value is number => typeof value === 'number';

/** @throws Problem `request-invalid` for a cursor this service did not give out. */
function decode<Key>(cursor: string, isKey: (value: unknown) => value is Key): Key {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (isKey(key)) return key;
  } catch {
    // Answered below like any other cursor that is not ours.
  }
  const detail = {
    'zh-CN': '不是本服务给出的游标；请用上一页的 next，或从头读起。',
    en: 'Not a cursor of this service; use `next` of the page before, or start over.',
  };
  throw new Problem('request-invalid', { faults: [{ in: 'query', pointer: '/cursor', detail }] });
}
