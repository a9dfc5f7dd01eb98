import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type, type Static } from 'typebox';
import { toldExtension, type ExtensionInput, type ExtensionKey } from '../../domain/extension.ts';
import { Problem } from '../../domain/problem.ts';
import { deleteExtension } from '../../operations/delete-extension.ts';
import { extensionTag, putExtension, type ExtensionWrite } from '../../operations/put-extension.ts';
import type { Service } from '../../operations/service.ts';
import { agencyId } from '../../schemas/agency.ts';
import { pageQuery } from '../../schemas/list.ts';
import { yearNumber } from '../../schemas/year.ts';
import { conditionsOf, sendTagged, sendWritten } from '../answer.ts';
import { narrowed, orderOf } from '../auth.ts';
import { conditionHeaders } from '../headers.ts';
import { operation } from '../operation.ts';
import { isString, pageOf, sendPage, type PageQuery } from '../page.ts';

const tag = 'years';
const path = '/v1/years/:year/extensions/:agencyId';
const ofYear = Type.Object({ year: yearNumber });
const params = Type.Object({ year: yearNumber, agencyId });

const query = Type.Object(
  {
    under: Type.Optional(Type.String({ ...agencyId, description: 'Of this agency and everything below it' })),
    ...pageQuery,
  },
  { additionalProperties: false },
);

const listExtensionsOperation = operation({
  id: 'listExtensions',
  tag,
  summary: 'Who was granted more time for a year',
  params: ofYear,
  query,
  answers: { 200: { $ref: 'ExtensionList#' }, 304: null },
  problems: ['year-not-found'],
});

const getExtensionOperation = operation({
  id: 'getExtension',
  tag,
  summary: 'The later due date of one agency',
  params,
  answers: { 200: { $ref: 'Extension#' }, 304: null },
  problems: ['extension-not-found'],
});

const putExtensionOperation = operation({
  id: 'putExtension',
  tag,
  summary: 'Grant one agency more time for a year, with a reason',
  description:
    'Later than the date of the agency’s level; it stays as granted where that date is moved. It may be later than the day the report has to be public by, which the answer then tells (`afterPublishBy`): that day is not moved. Granting the same again changes nothing.',
  params,
  headers: conditionHeaders,
  body: { $ref: 'ExtensionInput#' },
  answers: { 200: { $ref: 'Extension#' }, 201: { $ref: 'Extension#' } },
  problems: [
    'agency-not-found',
    'year-not-found',
    'precondition-failed',
    'extension-not-expected',
    'extension-not-later',
  ],
});

const deleteExtensionOperation = operation({
  id: 'deleteExtension',
  tag,
  summary: 'Take an extension back',
  params,
  headers: conditionHeaders,
  answers: { 204: null },
  problems: ['extension-not-found', 'precondition-failed'],
});

/** Later due dates granted to single agencies. */
export function extensionRoutes(app: FastifyInstance, service: Service): void {
  const { store } = service;

  app.get('/v1/years/:year/extensions', listExtensionsOperation, async (request, reply) => {
    const { year } = request.params as Static<typeof ofYear>;
    if (!(await store.year(year))) throw new Problem('year-not-found', { params: { year } });
    const under = narrowed(request, request.query as Static<typeof query>);
    const page = pageOf(request.query as PageQuery, isString);
    const found = await store.extensions({ year, ...(under !== undefined && { under }) }, page);
    return sendPage(request, reply, found, ({ agencyId }) => agencyId);
  });

  app.get(path, getExtensionOperation, async (request, reply) => {
    const key = keyOf(request);
    const extension = await store.extension(key);
    if (!extension) throw new Problem('extension-not-found', { params: { ...key } });
    const [year, agency] = [await store.year(key.year), await store.agency(key.agencyId)];
    const told = toldExtension(extension, { year, agency });
    return sendTagged(request, reply, extensionTag(told), JSON.stringify(told));
  });

  app.put(path, { ...putExtensionOperation, onRequest: findTarget(service) }, async (request, reply) => {
    return sendWritten(reply, await putExtension(service, writeOf(request), request.body as ExtensionInput));
  });

  app.delete(path, deleteExtensionOperation, async (request, reply) => {
    await deleteExtension(service, writeOf(request));
    return reply.code(204).send();
  });
}

function keyOf(request: FastifyRequest): ExtensionKey {
  const { year, agencyId } = request.params as ExtensionKey;
  return { year: Number(year), agencyId };
}

function writeOf(request: FastifyRequest): ExtensionWrite {
  return { key: keyOf(request), conditions: conditionsOf(request), ...orderOf(request) };
}

/**
 * A hook: what is not there is said before the body is looked at.
 *
 * @throws Problem `agency-not-found`, `year-not-found`.
 */
function findTarget({ store }: Service) {
  return async (request: FastifyRequest): Promise<void> => {
    const { agencyId, year } = keyOf(request);
    if (!(await store.agency(agencyId))) throw new Problem('agency-not-found', { params: { agencyId } });
    const registered = Number.isSafeInteger(year) ? await store.year(year) : undefined;
    if (!registered) throw new Problem('year-not-found', { params: { year } });
  };
}
