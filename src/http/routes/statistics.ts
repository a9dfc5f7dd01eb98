import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import { Type } from 'typebox';
import type { ReadScope } from '../../domain/store.ts';
import { getStatisticsCatalogue } from '../../operations/get-statistics-catalogue.ts';
import { openStatistics, type StatisticsReader, type StatisticsRequest } from '../../operations/open-statistics.ts';
import type { Service } from '../../operations/service.ts';
import { isLong, takingTurns } from '../../operations/statistics-pages.ts';
import { contentTag } from '../../operations/tags.ts';
import { isKnown, sendJson, sendTagged, sendUnchanged } from '../answer.ts';
import { requireAll } from '../auth.ts';
import { languageOf } from '../language.ts';
import { longAnswers } from '../long-answers.ts';
import { operation } from '../operation.ts';
import { mediaTypes, statisticsBody, type Sending } from '../statistics-answer.ts';
import { csvType, formatOf } from '../statistics-format.ts';
import { statisticsQuery, under, type StatisticsParameters } from '../statistics-query.ts';
import { askedRows, statisticsRequest } from '../statistics-request.ts';

const tag = 'statistics';

/** How long a client may take nothing of an answer, in milliseconds: what it is read from is held meanwhile. */
const patience = 60_000;

const getStatisticsOperation = operation({
  id: 'getStatistics',
  tag,
  open: true,
  summary: 'Figures for dashboards: cells, subtotals and indicators over groups of reports',
  description:
    'Without a key, and of agencies elsewhere: what has been published. Every group tells how many reports it adds up, how many are expected, and how many of those are missing. Blank is not zero: a figure is `null` where no report has it, as one that is not on the form of those years (`editions`). A ratio is Σ ÷ Σ of the reports that have both sides. Up to 1,000 figures × 5,000 rows an answer; beyond that in pages (`limit`) or as CSV, which is sent as it is computed.',
  query: statisticsQuery,
  answers: { 200: { anyOf: [{ $ref: 'Statistics#' }, { $ref: 'StatisticsColumns#' }] }, 304: null },
  otherTypes: [csvType],
  problems: ['agency-not-found', 'statistics-busy'],
});

const getStatisticsCatalogueOperation = operation({
  id: 'getStatisticsCatalogue',
  tag,
  open: true,
  summary: 'Every cell, subtotal and indicator statistics can be asked for, and since when there are figures',
  query: Type.Object({ under }, { additionalProperties: false }),
  answers: { 200: { $ref: 'StatisticsCatalogue#' }, 304: null },
});

/** Statistics, and what they can be asked for. */
export function statisticsRoutes(app: FastifyInstance, service: Service): void {
  // Who begins does not wait for what is still to come of long answers.
  const [beginning, goingOn] = [takingTurns(), takingTurns()];
  const enter = longAnswers();
  // The next run may be on a database that was restored, where the same version is one of other figures.
  const run = randomUUID();
  app.get('/v1/statistics', getStatisticsOperation, async (request, reply) => {
    const asked = statisticsAsked(request);
    const sending = sendingOf(request);
    const language = languageOf(request);
    const open = await openStatistics(service, asked);
    const tag = contentTag(JSON.stringify([service.rulesVersion, run, open.version, asked, sending, language]));
    if (isKnown(request, tag)) {
      open.release();
      return sendUnchanged(reply, tag);
    }
    const held = [open.release];
    const body = await releasing(held, async () => {
      await beginning();
      const statistics = open.answer(language);
      if (isLong(statistics, sending.rows)) held.push(enter());
      return statisticsBody(request, reply, sending, { dataVersion: open.version, statistics }, goingOn);
    });
    // There is nothing to take of an answer to HEAD.
    if (request.method === 'GET') reply.raw.setTimeout(patience, () => reply.raw.destroy());
    reply.header('content-language', language);
    return sendTagged(request, reply, tag, body, mediaTypes[sending.format]);
  });

  app.get('/v1/statistics/catalogue', getStatisticsCatalogueOperation, async (request, reply) => {
    const language = languageOf(request);
    reply.header('content-language', language);
    return sendJson(request, reply, await getStatisticsCatalogue(service, readerOf(request), language));
  });
}

/**
 * What a request asks for, and who asks.
 *
 * @throws Problem `request-invalid`; `key-missing`, `not-allowed`, `agency-not-yours` where it is for those who see drafts.
 */
function statisticsAsked(request: FastifyRequest): StatisticsRequest {
  const asked = statisticsRequest(request.query as StatisticsParameters);
  const isPublic = (asked.basis ?? 'published') === 'published' && !asked.with.includes('missing');
  if (!isPublic) requireAll(request);
  return { ...asked, reader: readerOf(request) };
}

function sendingOf(request: FastifyRequest): Sending {
  const query = request.query as StatisticsParameters;
  const { headings = 'label', bom = false } = query;
  const format = formatOf(request, query);
  return { format, rows: format === 'csv' ? { limit: Infinity } : askedRows(query), headings, bom };
}

/** A key that is bound to an agency asks about what it reaches; of others, as without a key, there is what is public. */
function readerOf({ principal, scope }: FastifyRequest): StatisticsReader {
  const reach = scope === 'all' ? principal?.agencyId : undefined;
  return { scope: scope as ReadScope, ...(reach !== undefined && { reach }) };
}

/** What is held for a body is given back when its last is sent, when it fails, or when the client is gone. */
async function releasing(held: readonly (() => void)[], make: () => Promise<Readable>): Promise<Readable> {
  const release = () => {
    for (const giveBack of held) giveBack();
  };
  try {
    return (await make()).once('close', release);
  } catch (error) {
    release();
    throw error;
  }
}
