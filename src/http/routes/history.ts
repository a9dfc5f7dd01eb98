import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type, type Static } from 'typebox';
import { revisionAnswer } from '../../domain/history.ts';
import type { ReadScope } from '../../domain/store.ts';
import { findRevision, getChanges } from '../../operations/get-changes.ts';
import type { Service } from '../../operations/service.ts';
import { contentTag } from '../../operations/tags.ts';
import { agencyId } from '../../schemas/agency.ts';
import { revisionName } from '../../schemas/history.ts';
import { pageQuery } from '../../schemas/list.ts';
import { revision } from '../../schemas/report.ts';
import { yearNumber } from '../../schemas/year.ts';
import { sendJson, sendTagged } from '../answer.ts';
import { byEdition } from '../by-edition.ts';
import { languageOf } from '../language.ts';
import { operation } from '../operation.ts';
import { isNumber, pageOf, sendPage, type PageQuery } from '../page.ts';
import { keyOf, whyMissing } from '../report-target.ts';

const tag = 'reports';
const path = '/v1/agencies/:agencyId/reports/:year/revisions';
const report = { agencyId, year: yearNumber };
const params = Type.Object({ ...report, revision });
const missing = ['agency-not-found', 'year-not-found', 'report-not-found'] as const;
const published = 'Without a key: the revisions that were published, without the people’s names and telephones.';

const listRevisionsOperation = operation({
  id: 'listRevisions',
  tag,
  open: true,
  summary: 'The revisions of a report, latest first',
  description: published,
  params: Type.Object(report),
  query: Type.Object(pageQuery, { additionalProperties: false }),
  answers: { 200: { $ref: 'RevisionList#' }, 304: null },
  problems: missing,
});

const getRevisionOperation = ({ forms }: Service) =>
  operation({
    id: 'getRevision',
    tag,
    open: true,
    summary: 'The report as it was in one revision',
    description: published,
    params,
    answers: { 200: byEdition([...forms.values()].map(revisionName)), 304: null },
    problems: [...missing, 'revision-not-found'],
  });

const changesQuery = Type.Object(
  {
    since: Type.Optional(
      Type.Integer({ minimum: 1, description: 'An earlier revision; where left out, the one before' }),
    ),
  },
  { additionalProperties: false },
);

const getChangesOperation = operation({
  id: 'getChanges',
  tag,
  open: true,
  summary: 'What one revision changed: cells, other members, and the texts',
  description: `What a correction has to show: what has changed, why, and when. The first revision is compared with a blank report. ${published}`,
  params,
  query: changesQuery,
  answers: { 200: { $ref: 'Changes#' }, 304: null },
  problems: [...missing, 'revision-not-found'],
});

/** Reports as they were, and what became of them. */
export function historyRoutes(app: FastifyInstance, service: Service): void {
  const { store } = service;

  /** @throws Problem where there is no report for the caller to read. */
  const findReport = async (request: FastifyRequest): Promise<void> => {
    const key = keyOf(request);
    if (!(await store.reportVersion(key, scopeOf(request)))) throw await whyMissing(service, request, key);
  };

  app.get(path, { ...listRevisionsOperation, preHandler: findReport }, async (request, reply) => {
    const page = pageOf(request.query as PageQuery, isNumber);
    const revisions = await store.revisions(keyOf(request), scopeOf(request), page);
    return sendPage(request, reply, revisions, (one) => one.revision);
  });

  app.get(`${path}/:revision`, { ...getRevisionOperation(service), preHandler: findReport }, async (request, reply) => {
    const scope = scopeOf(request);
    const answer = revisionAnswer(await findRevision(service, keyOf(request), scope, numberOf(request)), scope);
    return sendTagged(request, reply, contentTag(answer), answer);
  });

  app.get(`${path}/:revision/changes`, { ...getChangesOperation, preHandler: findReport }, async (request, reply) => {
    const { since } = request.query as Static<typeof changesQuery>;
    const compared = { revision: numberOf(request), ...(since !== undefined && { since }) };
    const changes = await getChanges(service, keyOf(request), scopeOf(request), compared, languageOf(request));
    return sendJson(request, reply, changes);
  });
}

function scopeOf({ scope }: FastifyRequest): ReadScope {
  return scope as ReadScope;
}

function numberOf({ params }: FastifyRequest): number {
  return (params as { revision: number }).revision;
}
