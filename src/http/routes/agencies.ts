import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type, type Static } from 'typebox';
import { agencyKinds, agencyLevels, type Agency, type AgencyInput } from '../../domain/agency.ts';
import { dayInChina } from '../../domain/calendar.ts';
import { Problem } from '../../domain/problem.ts';
import type { AgencyWrite } from '../../operations/change-agency.ts';
import { agencyTag } from '../../operations/change-agency.ts';
import { deleteAgency } from '../../operations/delete-agency.ts';
import { patchAgency } from '../../operations/patch-agency.ts';
import { putAgencies } from '../../operations/put-agencies.ts';
import { putAgency } from '../../operations/put-agency.ts';
import type { Service } from '../../operations/service.ts';
import { agencyId, batchLimit } from '../../schemas/agency.ts';
import { pageQuery } from '../../schemas/list.ts';
import { conditionsOf, sendTagged, sendWritten } from '../answer.ts';
import { narrowed, orderOf } from '../auth.ts';
import { operation } from '../operation.ts';
import { isString, pageOf, sendPage } from '../page.ts';
import { refuseOtherIdentity } from '../identity.ts';
import { conditionHeaders } from '../headers.ts';

const tag = 'agencies';
const params = Type.Object({ agencyId });
const query = Type.Object(
  {
    parent: Type.Optional(Type.String({ ...agencyId, description: 'Direct children of this agency' })),
    under: Type.Optional(Type.String({ ...agencyId, description: 'This agency and everything below it' })),
    level: Type.Optional(Type.Enum([...agencyLevels], { description: 'Level of government' })),
    kind: Type.Optional(Type.Enum([...agencyKinds], { description: 'Kind of agency' })),
    q: Type.Optional(Type.String({ minLength: 1, maxLength: 100, description: 'Part of the name or the id' })),
    active: Type.Optional(Type.Boolean({ description: 'Exists today, or does not' })),
    ...pageQuery,
  },
  { additionalProperties: false },
);

/** An agency of the batch, in bytes: what the body limit of a batch is made of. */
const agencyBytes = 1_024;

const listAgenciesOperation = operation({
  id: 'listAgencies',
  tag,
  summary: 'Agencies, by id',
  query,
  answers: { 200: { $ref: 'AgencyList#' }, 304: null },
});

const putAgenciesOperation = operation({
  id: 'putAgencies',
  tag,
  summary: 'Register or replace many agencies, all or none',
  description: `Up to ${batchLimit} agencies; parents may stand anywhere among them. Every fault is named by its index.`,
  body: { $ref: 'AgencyBatch#' },
  answers: { 200: { $ref: 'AgencyBatchResult#' } },
  problems: ['agency-refused'],
});

const getAgencyOperation = operation({
  id: 'getAgency',
  tag,
  summary: 'One agency',
  params,
  answers: { 200: { $ref: 'Agency#' }, 304: null },
  problems: ['agency-not-found'],
});

const putAgencyOperation = operation({
  id: 'putAgency',
  tag,
  summary: 'Register an agency, or replace it',
  params,
  headers: conditionHeaders,
  body: { $ref: 'AgencyInput#' },
  answers: { 200: { $ref: 'Agency#' }, 201: { $ref: 'Agency#' } },
  problems: ['precondition-failed', 'agency-refused'],
});

const patchAgencyOperation = operation({
  id: 'patchAgency',
  mergePatch: true,
  tag,
  summary: 'Change some members of an agency (JSON Merge Patch)',
  params,
  headers: conditionHeaders,
  body: { $ref: 'AgencyPatch#' },
  answers: { 200: { $ref: 'Agency#' } },
  problems: ['agency-not-found', 'precondition-failed', 'agency-refused'],
});

const deleteAgencyOperation = operation({
  id: 'deleteAgency',
  tag,
  summary: 'Remove an agency nothing refers to',
  description: 'An agency that has reports or children is ended with `activeTo` instead.',
  params,
  headers: conditionHeaders,
  answers: { 204: null },
  problems: ['agency-not-found', 'precondition-failed', 'agency-in-use'],
});

/** Agencies form a tree; the caller's own code is the id. */
export function agencyRoutes(app: FastifyInstance, service: Service): void {
  const { store, now } = service;

  app.get('/v1/agencies', listAgenciesOperation, async (request, reply) => {
    const { limit, cursor, ...filters } = request.query as Static<typeof query> & { limit: number };
    const today = dayInChina(now());
    const page = pageOf({ limit, ...(cursor !== undefined && { cursor }) }, isString);
    const under = filters.parent === undefined ? narrowed(request, filters) : filters.under;
    const agencies = await store.agencies({ ...filters, ...(under !== undefined && { under }), today }, page);
    return sendPage(request, reply, agencies, ({ id }) => id);
  });

  app.post(
    '/v1/agencies/batch',
    {
      ...putAgenciesOperation,
      bodyLimit: Math.max(app.initialConfig.bodyLimit ?? 0, batchLimit * agencyBytes),
    },
    async (request) => {
      const { items } = request.body as { items: (AgencyInput & { id: string })[] };
      return putAgencies(service, orderOf(request), items);
    },
  );

  app.get('/v1/agencies/:agencyId', getAgencyOperation, async (request, reply) => {
    const agency = await findAgency(service, idOf(request));
    return sendTagged(request, reply, agencyTag(agency), JSON.stringify(agency));
  });

  app.put('/v1/agencies/:agencyId', putAgencyOperation, async (request, reply) => {
    refuseOtherIdentity(request.body, { id: idOf(request) });
    return sendWritten(reply, await putAgency(service, writeOf(request), request.body as AgencyInput));
  });

  app.patch(
    '/v1/agencies/:agencyId',
    {
      ...patchAgencyOperation,
      onRequest: async (request) => void (await findAgency(service, idOf(request))),
    },
    async (request, reply) => {
      refuseOtherIdentity(request.body, { id: idOf(request) });
      return sendWritten(reply, await patchAgency(service, writeOf(request), request.body));
    },
  );

  app.delete('/v1/agencies/:agencyId', deleteAgencyOperation, async (request, reply) => {
    await deleteAgency(service, writeOf(request));
    return reply.code(204).send();
  });
}

function idOf(request: FastifyRequest): string {
  return (request.params as Static<typeof params>).agencyId;
}

function writeOf(request: FastifyRequest): AgencyWrite {
  return { id: idOf(request), conditions: conditionsOf(request), ...orderOf(request) };
}

/** @throws Problem `agency-not-found`. */
async function findAgency({ store }: Service, id: string): Promise<Agency> {
  const agency = await store.agency(id);
  if (!agency) throw new Problem('agency-not-found', { params: { agencyId: id } });
  return agency;
}
