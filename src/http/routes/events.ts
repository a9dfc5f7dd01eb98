import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import type { Registry } from 'prom-client';
import { Type, type Static } from 'typebox';
import { may } from '../../domain/access.ts';
import type { Listener } from '../../domain/event.ts';
import { Problem } from '../../domain/problem.ts';
import type { EventPage } from '../../domain/store.ts';
import { eventAnswer, nextEvents } from '../../operations/list-events.ts';
import type { Service } from '../../operations/service.ts';
import { agencyId } from '../../schemas/agency.ts';
import { eventNumber } from '../../schemas/event.ts';
import { pageQuery } from '../../schemas/list.ts';
import { sendJson } from '../answer.ts';
import { narrowed } from '../auth.ts';
import { serverSentEvents } from '../event-stream.ts';
import { preferredType } from '../negotiation.ts';
import { operation } from '../operation.ts';
import { isStillAdmitted } from '../still-admitted.ts';
import { waitingRoom, within, type EnterRoom } from '../waiting-room.ts';

const eventStream = 'text/event-stream';

/** How often a stream says something, in seconds: proxies close what is silent for a minute or half of one. */
const heartbeat = 25;

const query = Type.Object(
  {
    after: Type.Optional(
      Type.Unsafe<number>({ ...eventNumber, default: 0, description: 'Only what happened after this event' }),
    ),
    wait: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 60,
        default: 0,
        description: 'How many seconds to wait for an event where there is none yet',
      }),
    ),
    under: Type.Optional(Type.String({ ...agencyId, description: 'Of this agency and everything below it' })),
    limit: pageQuery.limit,
  },
  { additionalProperties: false },
);

const headers = Type.Object({
  'Last-Event-ID': Type.Optional(
    Type.Unsafe<number>({ ...eventNumber, description: 'As `after`, and before it; `EventSource` sends it by itself' }),
  ),
});

const listEventsOperation = operation({
  id: 'listEvents',
  tag: 'events',
  summary: 'What was written, in order: the change feed and the audit trail',
  description:
    'A key bound to an agency is told of what is now at or below it, of agencies moved away from there, and of reporting years; administrators are told of keys and addresses as well. `latest` is how far was looked: send it as `after` the next time, also where nothing was told. With `Accept: text/event-stream` the same as server-sent events: `id` the sequence, `event` the act, `data` the item.',
  query,
  headers,
  answers: { 200: { $ref: 'EventList#' }, 304: null },
  otherTypes: [eventStream],
  problems: ['agency-not-found', 'feed-busy'],
});

type Query = Required<Pick<Static<typeof query>, 'after' | 'wait'>> & { readonly limit: number };

/** Who asks for events, and which. */
interface Asking extends Query {
  readonly listener: Listener;
  readonly showAddress: boolean;
}

/** The record of what was written. */
export function eventRoutes(app: FastifyInstance, service: Service, registry: Registry): void {
  const enter = waitingRoom(app, registry);
  app.get('/v1/events', listEventsOperation, async (request, reply) => {
    const asking = askingOf(request);
    const type = preferredType(request, ['application/json', eventStream]);
    refuseBeyondEnd(request, asking.after, await service.store.lastEvent());
    const first = await nextEvents(service.store, asking.listener, asking, AbortSignal.abort());
    if (type === eventStream) return follow(service, enter, request, reply, asking, first);
    const page =
      first.events.length > 0 || asking.wait === 0 ? first : await waitFor(service, enter, request, reply, asking);
    return sendEvents(request, reply, asking, page);
  });
}

function askingOf(request: FastifyRequest): Asking {
  const { principal, relation } = request;
  const { under: filter, ...page } = request.query as Query & { readonly under?: string };
  const { 'last-event-id': after = page.after } = request.headers as { readonly 'last-event-id'?: number };
  const under = narrowed(request, { ...(filter !== undefined && { under: filter }) });
  return {
    ...page,
    after,
    listener: { ...(under !== undefined && { under }), keys: may(principal, 'listKeys', relation) },
    showAddress: may(principal, 'showAddresses', relation),
  };
}

/** @throws Problem `request-invalid` where the record is shorter than what the caller has read: it is another one. */
function refuseBeyondEnd(request: FastifyRequest, after: number, last: number): void {
  if (after <= last) return;
  const place =
    'last-event-id' in request.headers ? (['header', '/last-event-id'] as const) : (['query', '/after'] as const);
  const detail = {
    'zh-CN': '记录只到第 {last} 项，没有第 {after} 项：数据库可能从备份恢复过。请从头（after=0）读起。',
    en: 'The record ends with event {last}, before {after}: it may have been restored from a backup. Read from the beginning (after=0).',
  };
  throw new Problem('request-invalid', {
    faults: [{ in: place[0], pointer: place[1], params: { after, last }, detail }],
  });
}

/** @throws Problem `feed-busy`; `key-unknown` where the key was withdrawn meanwhile. */
async function waitFor(
  service: Service,
  enter: EnterRoom,
  request: FastifyRequest,
  reply: FastifyReply,
  asking: Asking,
): Promise<EventPage> {
  const ended = enter(request, reply);
  const page = await within(asking.wait, ended, (patience) =>
    nextEvents(service.store, asking.listener, asking, patience),
  );
  if (!(await isStillAdmitted(request, service))) throw new Problem('key-unknown');
  return page;
}

/** @throws Problem `feed-busy`. */
function follow(
  service: Service,
  enter: EnterRoom,
  request: FastifyRequest,
  reply: FastifyReply,
  { listener, limit, showAddress }: Asking,
  first: EventPage,
): FastifyReply {
  const ended = enter(request, reply);
  const events = serverSentEvents(first, {
    next: (after) =>
      within(heartbeat, ended, (patience) => nextEvents(service.store, listener, { after, limit }, patience)),
    goesOn: async () => !ended.aborted && (await isStillAdmitted(request, service)),
    answer: (event) => eventAnswer(event, showAddress),
  });
  // A proxy that gathers answers would hold everything back; nor may the stop wait for a connection to be used again.
  const headers = { 'cache-control': 'no-store', 'x-accel-buffering': 'no', connection: 'close' };
  return reply.headers({ ...headers, 'content-type': eventStream }).send(Readable.from(events, { objectMode: false }));
}

function sendEvents(
  request: FastifyRequest,
  reply: FastifyReply,
  { showAddress }: Asking,
  { events, upTo, last }: EventPage,
): FastifyReply {
  const items = events.map((event) => eventAnswer(event, showAddress));
  if (upTo === last) return sendJson(request, reply, { items, latest: upTo });
  const url = new URL(request.url, 'http://localhost');
  url.searchParams.set('after', String(upTo));
  reply.header('link', `<${url.pathname}${url.search}>; rel="next"`);
  return sendJson(request, reply, { items, next: upTo, latest: upTo });
}
