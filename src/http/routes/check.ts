import { LRUCache } from 'lru-cache';
import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { checkReport } from '../../operations/check-report.ts';
import { checkUnstored, type UnstoredReport } from '../../operations/check-unstored.ts';
import { formOf, type Service } from '../../operations/service.ts';
import type { ReportVersion } from '../../domain/store.ts';
import { agencyId } from '../../schemas/agency.ts';
import { componentName } from '../../schemas/section-of.ts';
import { yearNumber } from '../../schemas/year.ts';
import { isKnown, json, sendTagged, sendUnchanged } from '../answer.ts';
import { bodyCheckedLater, byEdition } from '../by-edition.ts';
import { languageOf } from '../language.ts';
import { operation } from '../operation.ts';
import { keyOf, whyMissing } from '../report-target.ts';
import { validateBody, type Validators } from '../validation.ts';

const tag = 'check';

/** How much memory answers that were computed before may take, in bytes. */
const keptBytes = 32 * 1_024 * 1_024;

/** How many answers are remembered as asked for once. */
const mostAsked = 10_000;

function operations({ forms }: Service) {
  return {
    stored: operation({
      id: 'checkReport',
      tag,
      summary: 'What is wrong with a report: verdict, totals, findings',
      description: 'Computed from the current revision. Messages are in Chinese, in English by Accept-Language.',
      params: Type.Object({ agencyId, year: yearNumber }),
      answers: { 200: { $ref: 'ReportCheck#' }, 304: null },
      problems: ['agency-not-found', 'year-not-found', 'report-not-found'],
    }),
    unstored: operation({
      id: 'checkUnstored',
      tag,
      summary: 'The same for a report in the body; nothing is stored',
      description: 'Neither agency nor year need be registered: a portal’s form may ask at every keystroke.',
      body: byEdition([...forms.values()].map((form) => componentName(form, 'Check', 'write'))),
      answers: { 200: { $ref: 'UnstoredCheck#' } },
      problems: ['year-without-edition'],
    }),
  };
}

/** The computed resource. */
export function checkRoutes(app: FastifyInstance, service: Service, validators: Validators): void {
  const { stored, unstored } = operations(service);
  const { store } = service;
  const tagOf = checkTags(service);
  const answers = keptAnswers();

  app.get('/v1/agencies/:agencyId/reports/:year/check', stored, async (request, reply) => {
    const key = keyOf(request);
    const report = await store.reportToCheck(key);
    if (!report) throw await whyMissing(service, request, key);
    const tag = tagOf(report, request);
    if (isKnown(request, tag)) return sendUnchanged(reply, tag);
    const answer = answers(tag, () => checkReport(service, key, report, languageOf(request)));
    return sendTagged(request, reply, tag, answer);
  });

  app.post('/v1/check', { ...unstored, ...bodyCheckedLater(validators) }, async (request, reply) => {
    const name = componentName(formNamed(service, request.body), 'Check', 'write');
    validateBody(validators.component(name), request.body);
    const answer = checkUnstored(service, request.body as UnstoredReport, languageOf(request));
    return reply.header('content-type', json).send(answer);
  });
}

/**
 * Answers by tag, kept as bytes ready to send from the second time they are asked for: most are asked for once, and
 * keeping those costs the collector more than computing them.
 */
function keptAnswers() {
  const kept = new LRUCache<string, Buffer>({ maxSize: keptBytes, sizeCalculation: ({ length }) => length });
  const asked = new LRUCache<string, true>({ max: mostAsked });
  return (tag: string, compute: () => string): string | Buffer => {
    const known = kept.get(tag);
    if (known) return known;
    const answer = compute();
    if (asked.has(tag)) kept.set(tag, Buffer.from(answer));
    asked.set(tag, true);
    return answer;
  };
}

/** A check follows from the report's version, the rules and the language: so does its tag. */
function checkTags({ editions }: Service) {
  const rules = createHash('sha256').update(JSON.stringify(editions)).digest('base64url').slice(0, 8);
  return ({ id, version }: ReportVersion, request: FastifyRequest) =>
    `"${id}-${version}-${rules}-${languageOf(request)}"`;
}

/** The form a body is meant for: the edition it names, that of its year, or the newest, whose schema then says what is wrong. */
function formNamed(service: Service, body: unknown) {
  const { edition, year } = (body ?? {}) as { edition?: unknown; year?: unknown };
  const named = service.editions.find(({ id }) => id === edition);
  const inForce = service.editions.find(
    ({ years }) => typeof year === 'number' && years.first <= year && year <= (years.last ?? year),
  );
  const newest = service.editions[service.editions.length - 1];
  return formOf(service, (named ?? inForce ?? newest)?.id ?? '');
}
