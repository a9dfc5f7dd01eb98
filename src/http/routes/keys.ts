import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Type, type Static } from 'typebox';
import { may } from '../../domain/access.ts';
import { keyView, type KeyInput } from '../../domain/key.ts';
import type { UsedKey } from '../../domain/store.ts';
import { keyNotFound, keyTag, type KeyWrite } from '../../operations/change-key.ts';
import { createKey } from '../../operations/create-key.ts';
import { deleteKey } from '../../operations/delete-key.ts';
import { patchKey, type KeyPatch } from '../../operations/patch-key.ts';
import { relationTo } from '../../operations/permission.ts';
import { rotateKey } from '../../operations/rotate-key.ts';
import type { Service } from '../../operations/service.ts';
import { agencyId } from '../../schemas/agency.ts';
import { keyId, role } from '../../schemas/key.ts';
import { pageQuery } from '../../schemas/list.ts';
import type { Validators } from '../../schemas/validation.ts';
import { conditionsOf, sendTagged, sendWritten } from '../answer.ts';
import { narrowed, orderOf } from '../auth.ts';
import { bodyMayBeLeftOut } from '../by-edition.ts';
import { conditionHeaders } from '../headers.ts';
import { operation } from '../operation.ts';
import { isString, pageOf, sendPage, type PageQuery } from '../page.ts';

const tag = 'keys';
const params = Type.Object({ keyId });
const query = Type.Object(
  {
    role: Type.Optional(role),
    under: Type.Optional(Type.String({ ...agencyId, description: 'Bound to this agency or one below it' })),
    ...pageQuery,
  },
  { additionalProperties: false },
);

const listKeysOperation = operation({
  id: 'listKeys',
  tag,
  summary: 'Keys, by id',
  description: 'Revoked ones are among them. A key bound to an agency sees those bound to it and below it.',
  query,
  answers: { 200: { $ref: 'KeyList#' }, 304: null },
});

const createKeyOperation = operation({
  id: 'createKey',
  tag,
  summary: 'Issue a key',
  description:
    'The secret is in `key` of the answer and is shown this once; only its hash is kept. So this cannot be replayed under an `Idempotency-Key`: give an `id`, and a second try answers 409. A key bound to an agency issues keys for it and below it only.',
  body: { $ref: 'KeyInput#' },
  answers: { 201: { $ref: 'IssuedKey#' } },
  problems: ['key-exists', 'key-refused'],
});

const getKeyOperation = operation({
  id: 'getKey',
  tag,
  summary: 'One key',
  description: 'Its tag leaves out `lastUsedAt`, so that a key in use can be changed by `If-Match`.',
  params,
  answers: { 200: { $ref: 'Key#' }, 304: null },
  problems: ['key-not-found'],
});

const changing = {
  tag,
  params,
  headers: conditionHeaders,
};
const changeProblems = ['key-not-found', 'precondition-failed', 'key-revoked'] as const;

const patchKeyOperation = operation({
  ...changing,
  id: 'patchKey',
  mergePatch: true,
  summary: 'Change what a key is called or when it ends (JSON Merge Patch)',
  description: 'What a key may do is not changed: issue another one.',
  body: { $ref: 'KeyPatch#' },
  answers: { 200: { $ref: 'Key#' } },
  problems: [...changeProblems, 'last-admin-key', 'key-refused'],
});

const rotateKeyOperation = operation({
  ...changing,
  id: 'rotateKey',
  summary: 'Give a key a new secret',
  description:
    'The new secret is in `key` of the answer and is shown this once. The one before goes on working until `oldValidUntil`, so that its holder can change over; older ones are gone at once. While it does, another is made only where `oldValidUntil` is named. An `Idempotency-Key` is not heeded: what is kept nowhere cannot be answered again.',
  body: { $ref: 'KeyRotation#' },
  answers: { 200: { $ref: 'IssuedKey#' } },
  problems: [...changeProblems, 'key-refused', 'key-rotated'],
});

const deleteKeyOperation = operation({
  ...changing,
  id: 'deleteKey',
  summary: 'Revoke a key',
  description:
    'It opens nothing any more, and stays in the list with `revokedAt`, since the record of events refers to it. The last admin key bound to no agency and without an end is not revoked.',
  answers: { 204: null },
  problems: ['key-not-found', 'precondition-failed', 'last-admin-key'],
});

/** API keys; `forgetKeys` is called when one was changed, so that it holds at once. */
export function keyRoutes(
  app: FastifyInstance,
  service: Service,
  validators: Validators,
  forgetKeys: () => void,
): void {
  const { store } = service;
  const onRequest = async (request: FastifyRequest) => void (await findKey(service, request));

  app.get('/v1/keys', listKeysOperation, async (request, reply) => {
    const { role, ...filters } = request.query as Static<typeof query>;
    const under = narrowed(request, filters);
    const asked = { ...(role && { role }), ...(under !== undefined && { under }) };
    const found = await store.keys(asked, pageOf(request.query as PageQuery, isString));
    return sendPage(request, reply, found.map(shown), ({ id }) => id);
  });

  app.post('/v1/keys', createKeyOperation, async (request, reply) => {
    const issued = await createKey(service, orderOf(request), request.body as KeyInput);
    return once(reply).code(201).send(issued);
  });

  app.get('/v1/keys/:keyId', getKeyOperation, async (request, reply) => {
    const found = await findKey(service, request);
    return sendTagged(request, reply, keyTag(found.key), JSON.stringify(shown(found)));
  });

  app.patch('/v1/keys/:keyId', { ...patchKeyOperation, onRequest }, async (request, reply) => {
    const written = await patchKey(service, writeOf(request), request.body as KeyPatch);
    forgetKeys();
    return sendWritten(reply, written);
  });

  const rotating = { ...rotateKeyOperation, ...bodyMayBeLeftOut(validators, 'KeyRotation'), onRequest };
  app.post('/v1/keys/:keyId/rotate', rotating, async (request, reply) => {
    const written = await rotateKey(service, writeOf(request), request.body ?? {});
    forgetKeys();
    return sendWritten(once(reply), written);
  });

  app.delete('/v1/keys/:keyId', { ...deleteKeyOperation, onRequest }, async (request, reply) => {
    await deleteKey(service, writeOf(request));
    forgetKeys();
    return reply.code(204).send();
  });
}

/** An answer with a secret in it, which nobody keeps. */
function once(reply: FastifyReply): FastifyReply {
  return reply.header('cache-control', 'no-store');
}

function shown({ key, lastUsedAt }: UsedKey) {
  const { secrets, ...rest } = keyView(key);
  return { ...rest, ...(lastUsedAt !== undefined && { lastUsedAt }), secrets };
}

function idOf(request: FastifyRequest): string {
  return (request.params as Static<typeof params>).keyId;
}

function writeOf(request: FastifyRequest): KeyWrite {
  return { id: idOf(request), conditions: conditionsOf(request), ...orderOf(request) };
}

/** @throws Problem `key-not-found`, also for a key outside the caller's reach. */
async function findKey({ store }: Service, request: FastifyRequest): Promise<UsedKey> {
  const { principal } = request;
  const found = await store.key(idOf(request));
  if (!found || !principal) throw keyNotFound(idOf(request));
  const relation = await relationTo(store, principal, found.key.agencyId);
  if (!may(principal, 'issueKey', relation)) throw keyNotFound(idOf(request));
  return found;
}
