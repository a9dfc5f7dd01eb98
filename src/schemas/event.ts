import { Type } from 'typebox';
import { roles } from '../domain/access.ts';
import { resourceKinds } from '../domain/event.ts';
import { dateTime } from './text.ts';

/** The number of an event. */
export const eventNumber = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });

const ActorSchema = Type.Object(
  {
    keyId: Type.String(),
    role: Type.Enum([...roles]),
    address: Type.Optional(Type.String({ description: 'Where the request came from; told to administrators only' })),
    requestId: Type.Optional(Type.String({ description: 'The request, as the service’s log names it' })),
  },
  { $id: 'Actor', additionalProperties: false },
);

const EventResourceSchema = Type.Object(
  {
    kind: Type.Enum([...resourceKinds]),
    agencyId: Type.Optional(Type.String()),
    year: Type.Optional(Type.Integer()),
    rule: Type.Optional(Type.String({ description: 'Of a waiver' })),
    at: Type.Optional(Type.String({ description: 'Of a waiver' })),
    keyId: Type.Optional(Type.String({ description: 'Of a key' })),
  },
  { $id: 'EventResource', additionalProperties: false },
);

const EventSchema = Type.Object(
  {
    sequence: Type.Integer({ minimum: 1, description: '1, 2, 3 …; a caller who is not told of everything sees gaps' }),
    at: dateTime(),
    act: Type.String({
      description:
        'The operation that did it, by its operationId; `recheckReport` where another report or an agency turned the verdict, `beginRecord` for what was there before there was a record',
    }),
    actor: Type.Optional(Type.Unsafe({ ...Type.Ref('Actor#'), description: 'Absent where the service did it itself' })),
    resource: Type.Ref('EventResource#'),
    movedFrom: Type.Optional(
      Type.String({ description: 'The parent an agency had before, where it was moved or removed' }),
    ),
    revisionBefore: Type.Optional(Type.Integer({ minimum: 1 })),
    revisionAfter: Type.Optional(Type.Integer({ minimum: 1 })),
    reason: Type.Optional(Type.String({ description: 'What was given as the reason' })),
    state: Type.Unsafe<object | null>({
      type: ['object', 'null'],
      description:
        'The resource after it: an agency or a year as GET answers it, a report without its content (which is that of `revisionAfter`), for a waiver its report; null where it is gone: removed, or moved to where the caller may not look, with everything below it',
    }),
    hash: Type.String({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256 of this entry and the hash before it' }),
  },
  { $id: 'Event', additionalProperties: false, title: '变更' },
);

const EventListSchema = Type.Object(
  {
    items: Type.Array(Type.Ref('Event#')),
    next: Type.Optional(
      Type.Unsafe({ ...eventNumber, description: 'Present where there is more at once: the `after` of the next page' }),
    ),
    latest: Type.Unsafe({
      ...eventNumber,
      description: 'How far the record was looked through for this caller; send it as `after` the next time',
    }),
  },
  { $id: 'EventList', additionalProperties: false },
);

/** The schemas of what happened. */
export const eventSchemas = [ActorSchema, EventResourceSchema, EventSchema, EventListSchema];
