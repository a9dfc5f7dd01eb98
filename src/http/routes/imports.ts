import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import { Problem, type Fault } from '../../domain/problem.ts';
import {
  importDocuments,
  type ImportOutcome,
  type ReadDocument,
  type SentFile,
} from '../../operations/import-documents.ts';
import type { Service } from '../../operations/service.ts';
import { contentFaults, importQuery } from '../../schemas/import.ts';
import type { Validators } from '../../schemas/validation.ts';
import { json } from '../answer.ts';
import { bodyCheckedLater } from '../by-edition.ts';
import { clientGone } from '../client-gone.ts';
import { acceptDocuments, mostFiles, sentFiles } from '../import-files.ts';
import { importRoom } from '../import-room.ts';
import { languageOf } from '../language.ts';
import { orderOf } from '../auth.ts';
import { operation } from '../operation.ts';
import { problemBody } from '../problems.ts';

/** What imports work with: the threads of a pool. */
export interface ImportTools {
  readonly read: ReadDocument;
  /** How many documents are read ahead. */
  readonly threads: number;
  /** The most bytes the documents of one import may have. */
  readonly limit: number;
}

/** The media types documents come as; any other is looked into as well. */
const mediaTypes = [
  'application/octet-stream',
  'text/html',
  'text/plain',
  'text/markdown',
  'text/csv',
  'application/json',
  'application/pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
];

const bytes = { schema: { type: 'string', format: 'binary' } };

const form = {
  schema: {
    type: 'object',
    properties: { file: { type: 'array', items: { type: 'string', format: 'binary' }, maxItems: mostFiles } },
  },
};

const importOperation = operation({
  id: 'importDocuments',
  tag: 'imports',
  summary: 'Read published reports: figures, what could not be read, and the check',
  description:
    'One document as the body, or up to 50 as the files of a form. What kind of file each is, is seen from its content. Nothing is stored without `commit`; with it, what leaves nothing to decide: agency and year certain, every figure read. Each document is written, or left with every reason, on its own; one that cannot be read has a `problem` in its place. The same bytes are not written twice, and a report that somebody changed by hand is not overwritten.',
  query: importQuery,
  body: {
    content: { ...Object.fromEntries(mediaTypes.map((type) => [type, bytes])), 'multipart/form-data': form },
  },
  answers: { 200: { $ref: 'Import#' } },
  problems: ['agency-not-found', 'too-many-documents', 'multipart-malformed', 'import-busy'],
});

/** Documents in. */
export async function importRoutes(
  app: FastifyInstance,
  service: Service,
  validators: Validators,
  { read, threads, limit }: ImportTools,
): Promise<void> {
  const faultsOf = contentFaults(validators);
  const options = { ...importOperation, ...bodyCheckedLater(validators), bodyLimit: limit };
  await app.register(async (scope) => {
    await acceptDocuments(scope);
    scope.post('/v1/imports', { ...options, onRequest: importRoom(limit) }, async (request, reply) => {
      const { filename, ...said } = request.query as Static<typeof importQuery>;
      const signal = clientGone(reply);
      const importing = {
        ...said,
        faultsOf,
        read,
        ahead: threads,
        language: languageOf(request),
        by: orderOf(request).by,
        signal,
      };
      const documents: unknown[] = [];
      try {
        const files = await sentFiles(request, filename);
        refuseSeveral(files, said);
        for await (const one of importDocuments(service, importing, files)) documents.push(onTheWire(one, request));
      } catch (error) {
        // Nobody is there to be told.
        if (signal.aborted) return reply.hijack();
        throw error;
      }
      return reply.headers({ 'content-type': json, 'cache-control': 'no-store' }).send(JSON.stringify({ documents }));
    });
  });
}

/** @throws Problem `request-invalid` where several documents are said to be one agency's, or of one year. */
function refuseSeveral(files: readonly SentFile[], said: Static<typeof importQuery>): void {
  const named = (['agencyId', 'year'] as const).filter((name) => said[name] !== undefined);
  if (files.length === 1 || named.length === 0) return;
  const faults = named.map((name): Fault => ({ in: 'query', pointer: `/${name}`, detail: ofOneOnly }));
  throw new Problem('request-invalid', { faults });
}

const ofOneOnly = {
  'zh-CN': '只有一次提交一个文件时才能指明。',
  en: 'May be said of a single document only.',
};

/** A document that could not be read has its problem in its place. */
function onTheWire(outcome: ImportOutcome, request: FastifyRequest): unknown {
  if (!('problem' in outcome)) return outcome;
  const { problem, reason, ...rest } = outcome;
  if (problem.code === 'document-reading-failed') request.log.error({ err: problem.cause }, 'a document was not read');
  return {
    ...rest,
    problem: { ...problemBody(problem, languageOf(request)), ...(reason !== undefined && { reason }) },
  };
}
