import { LRUCache } from 'lru-cache';
import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { checkReport } from '../../operations/check-report.ts';
import { knownLookAlikes } from '../../operations/known-look-alikes.ts';
import type { Language } from '../../domain/language.ts';
import { Problem } from '../../domain/problem.ts';
import { checkUnstored } from '../../operations/check-unstored.ts';
import type { Service } from '../../operations/service.ts';
import { agencyId } from '../../schemas/agency.ts';
import { componentName } from '../../schemas/section-of.ts';
import { yearNumber } from '../../schemas/year.ts';
import { isKnown, json, sendTagged, sendUnchanged } from '../answer.ts';
import { orderOf } from '../auth.ts';
import { parseJson } from '../bodies.ts';
import { bodyCheckedLater, byEdition } from '../by-edition.ts';
import { languageOf } from '../language.ts';
import { takenLines } from '../ndjson.ts';
import { ndjson, operation } from '../operation.ts';
import { problemBody } from '../problems.ts';
import { keyOf, whyMissing } from '../report-target.ts';
import { readCheckInput } from '../../schemas/check-input.ts';
import type { Validators } from '../../schemas/validation.ts';

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
      summary: 'What is wrong with a report: verdict, totals, findings, suspects, indicators',
      description:
        'Computed from the current revision. Messages are in Chinese, in English by Accept-Language. Where a text is much the same as another agency’s, that agency is named to whom may read its report as it stands; others are told that there is one.',
      params: Type.Object({ agencyId, year: yearNumber }),
      answers: { 200: { $ref: 'ReportCheck#' }, 304: null },
      problems: ['agency-not-found', 'year-not-found', 'report-not-found'],
    }),
    unstored: operation({
      id: 'checkUnstored',
      tag,
      summary: 'The same for a report in the body; nothing is stored',
      description:
        'Neither agency nor year need be registered: a portal’s form may ask at every keystroke. With `lastYear` the rules that compare with the year before apply as well. As `application/x-ndjson` it takes up to 1,000 reports, one a line, and answers a line for each in their order: its check, or the problem it was refused with.',
      body: byEdition([...forms.values()].map((form) => componentName(form, 'Check', 'write'))),
      lines: 'also',
      answers: { 200: { $ref: 'UnstoredCheck#' } },
      problems: ['year-without-edition', 'too-many-lines'],
    }),
  };
}

/** The computed resource. */
export function checkRoutes(app: FastifyInstance, service: Service, validators: Validators): void {
  const { stored, unstored } = operations(service);
  const { store, rulesVersion } = service;
  const answers = keptAnswers();

  app.get('/v1/agencies/:agencyId/reports/:year/check', stored, async (request, reply) => {
    const key = keyOf(request);
    const version = await store.checkVersion(key);
    if (!version) throw await whyMissing(service, request, key);
    const language = languageOf(request);
    // A check follows from the report, from what was handed in besides, from the rules, the language, and whom the caller knows.
    const { mayName, mark } = await knownLookAlikes(service, orderOf(request).by, key);
    const tag = `"${version.id}-${version.version}-${version.checkVersion}-${rulesVersion}-${language}${mark}"`;
    if (isKnown(request, tag)) return sendUnchanged(reply, tag);
    const answer = await answers(tag, () => checkReport(service, key, { language, mayName }));
    if (answer === undefined) throw await whyMissing(service, request, key);
    return sendTagged(request, reply, tag, answer);
  });

  app.register(async (scope) => {
    scope.addContentTypeParser(ndjson, (_request: FastifyRequest, body: Readable, done) => done(null, body));
    scope.post('/v1/check', { ...unstored, ...bodyCheckedLater(validators) }, async (request, reply) => {
      const language = languageOf(request);
      const { body } = request;
      const checkOne = checking(service, validators, language);
      if (!(body instanceof Readable)) return reply.header('content-type', json).send(checkOne(body));
      const lines = checkLines(body, request.routeOptions.bodyLimit, checkOne, language);
      return reply.header('content-type', `${ndjson}; charset=utf-8`).send(Readable.from(lines));
    });
  });
}

/** The most reports one request may have checked. */
const mostLines = 1_000;

/** How many bodies of one report the lines may be as long as together. */
const bodiesRead = 64;

/** After how many lines others get their turn. */
const lineTurn = 8;

type CheckOne = (body: unknown) => string;

function checking(service: Service, validators: Validators, language: Language): CheckOne {
  const forms = [...service.forms.values()];
  return (body) => checkUnstored(service, readCheckInput(forms, validators, body), language);
}

/** An answer for each line in its order, one that fails by its problem; a bad line does not lose the others. */
async function* checkLines(
  body: Readable,
  limit: number,
  checkOne: CheckOne,
  language: Language,
): AsyncGenerator<string> {
  let count = 0;
  for await (const lines of takenLines(body, { lines: mostLines, line: limit, body: bodiesRead * limit })) {
    for (const line of lines) {
      yield 'problem' in line ? problemLine(line.problem, language) : checkLine(line.text, checkOne, language);
      count += 1;
      if (count % lineTurn === 0) await setImmediate();
    }
  }
}

function checkLine(text: Buffer, checkOne: CheckOne, language: Language): string {
  try {
    return `${checkOne(parseJson(text))}\n`;
  } catch (error) {
    if (error instanceof Problem) return problemLine(error, language);
    throw error;
  }
}

function problemLine(problem: Problem, language: Language): string {
  return `${JSON.stringify(problemBody(problem, language))}\n`;
}

/**
 * Answers by tag, kept as bytes ready to send from the second time they are asked for: most are asked for once, and
 * keeping those costs the collector more than computing them.
 */
function keptAnswers() {
  const kept = new LRUCache<string, Buffer>({ maxSize: keptBytes, sizeCalculation: ({ length }) => length });
  const asked = new LRUCache<string, true>({ max: mostAsked });
  return async (tag: string, compute: () => Promise<string | undefined>): Promise<string | Buffer | undefined> => {
    const known = kept.get(tag);
    if (known) return known;
    const answer = await compute();
    if (answer !== undefined && asked.has(tag)) kept.set(tag, Buffer.from(answer));
    asked.set(tag, true);
    return answer;
  };
}
