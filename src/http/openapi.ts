import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { sendTagged } from './answer.ts';
import { contentTag } from '../operations/tags.ts';

/** One request as it is really sent, and what came back; `openapi/examples/<operationId>.json`. */
export interface Example {
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: unknown;
  };
  readonly response: { readonly status: number; readonly body?: unknown };
}

const examplesFolder = fileURLToPath(new URL('../../openapi/examples/', import.meta.url));

/** The examples by operationId. */
export function readExamples(): Map<string, Example> {
  const files = readdirSync(examplesFolder).filter((file) => file.endsWith('.json'));
  return new Map(
    files.map((file) => [file.slice(0, -5), JSON.parse(readFileSync(examplesFolder + file, 'utf8')) as Example]),
  );
}

/** Makes the OpenAPI document of the routes added from here on. */
export async function describeRoutes(app: FastifyInstance, version: string): Promise<void> {
  const examples = readExamples();
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'nianbao 年报',
        version,
        description:
          'Collects, checks and publishes the statutory annual reports on government information disclosure (政府信息公开工作年度报告).',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } as { name: string },
      },
      servers: [{ url: '/', description: 'This service' }],
      tags: [
        { name: 'forms', description: 'The statutory form as data' },
        { name: 'agencies', description: 'Who reports, to whom' },
        { name: 'years', description: 'For which year, on which edition, until when' },
        { name: 'reports', description: 'Whole reports' },
        { name: 'sections', description: 'One section of a report' },
        { name: 'check', description: 'What is wrong, and where' },
        { name: 'health', description: 'For the operator' },
      ],
      components: {
        securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'An API key' } },
      },
      security: [{ key: [] }],
    },
    refResolver: { buildLocalReference: ({ $id }) => $id as string },
    transformObject: (document) => {
      if (!('openapiObject' in document)) throw new Error('not an OpenAPI document');
      return withExamples(document.openapiObject as OpenApi, examples);
    },
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: true,
    uiConfig: { docExpansion: 'list', persistAuthorization: true, tryItOutEnabled: true },
    theme: { title: 'nianbao 年报' },
  });
}

/** Serves the document itself. */
export function documentRoutes(app: FastifyInstance): void {
  const hidden = { schema: { hide: true } };
  app.get('/openapi.json', hidden, async (request, reply) => {
    const document = JSON.stringify(app.swagger());
    return sendTagged(request, reply, contentTag(document), document);
  });
  app.get('/openapi.yaml', hidden, async (request, reply) => {
    const document = app.swagger({ yaml: true });
    return sendTagged(request, reply, contentTag(document), document, 'application/yaml; charset=utf-8');
  });
}

interface Media {
  content?: Record<string, { example?: unknown }>;
}

interface DocumentedOperation {
  operationId?: string;
  requestBody?: Media;
  responses?: Record<string, Media>;
}

type OpenApi = { paths?: Record<string, Record<string, DocumentedOperation>> };

/** Puts each example at its operation. */
function withExamples(document: OpenApi, examples: ReadonlyMap<string, Example>): OpenApi {
  const operations = Object.values(document.paths ?? {}).flatMap((path) => Object.values(path));
  for (const { operationId, requestBody, responses } of operations) {
    const example = examples.get(operationId ?? '');
    if (!example) continue;
    const answer = responses?.[String(example.response.status)];
    for (const media of Object.values(requestBody?.content ?? {})) media.example = example.request.body;
    for (const media of Object.values(answer?.content ?? {})) media.example = example.response.body;
  }
  return document;
}
