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
  return { limit: limit + 1, after: placeOf(cursor, isKey) };
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
  const next = cursorAt(keyOf(last));
  return sendJson(request, reply.header('link', `<${sameWith(request, { cursor: next })}>; rel="next"`), {
    items,
    next,
  });
}

/** The address of a request with other values of some parameters; without those that are `undefined`. */
export function sameWith(
  request: Pick<FastifyRequest, 'url'>,
  parameters: Readonly<Record<string, string | undefined>>,
): string {
  const url = new URL(request.url, 'http://localhost');
  for (const [name, value] of Object.entries(parameters)) {
    if (value === undefined) url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  return `${url.pathname}${url.search}`;
}

export const isString = (value: unknown): value is string => typeof value === 'string';

export const isNumber = (value: unknown): value is number => typeof value === 'number';

/** The cursor of the page after a place. */
export function cursorAt(place: unknown): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/**
 * The place a cursor stands for; none where there is no cursor.
 *
 * @throws Problem `request-invalid` for a cursor this service did not give out.
 */
export function placeOf<Key>(cursor: string | undefined, isKey: (value: unknown) => value is Key): Key | undefined {
  if (cursor === undefined) return undefined;
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
