import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import type { TSchema } from 'typebox';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { sendTagged } from './answer.ts';
import { contentTag } from '../operations/tags.ts';
import { keySchemes, ndjson } from './operation.ts';

/** A request as it is really sent. */
interface ExampleRequest {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** `openapi/examples/<operationId>.json`: a request to the demo city and what came back. */
export interface Example {
  /** What is sent before, so that the request finds what it needs. */
  readonly given?: readonly ExampleRequest[];
  readonly request: ExampleRequest;
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
export async function describeRoutes(
  app: FastifyInstance,
  version: string,
  components: readonly TSchema[],
): Promise<void> {
  const examples = readExamples();
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'nianbao 年报',
        version,
        description: conventions,
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } as { name: string },
      },
      servers: [{ url: '/', description: 'This service' }],
      tags: [
        { name: 'forms', description: 'The statutory form as data' },
        { name: 'agencies', description: 'Who reports, to whom' },
        { name: 'years', description: 'For which year, on which edition, until when' },
        { name: 'reports', description: 'Whole reports' },
        { name: 'sections', description: 'One section of a report' },
        { name: 'workflow', description: 'From draft to publication, and back where something has to be corrected' },
        { name: 'check', description: 'What is wrong, and where' },
        { name: 'consolidation', description: 'What the children’s reports add up to' },
        { name: 'statistics', description: 'Figures for dashboards, over agencies and years' },
        { name: 'imports', description: 'Published documents become reports' },
        { name: 'keys', description: 'Who may do what, and until when' },
        { name: 'events', description: 'What was written, in order' },
        { name: 'health', description: 'For the operator' },
      ],
      components: {
        securitySchemes: {
          key: { type: 'http', scheme: 'bearer', description: 'An API key' },
          keyAsPassword: {
            type: 'http',
            scheme: 'basic',
            description:
              'The same key as the password, under any user name: for calendar programs, and for reading only',
          },
        },
      },
      security: keySchemes,
    },
    refResolver: { buildLocalReference: ({ $id }) => $id as string },
    transformObject: (document) => {
      if (!('openapiObject' in document)) throw new Error('not an OpenAPI document');
      return withLabels(withExamples(document.openapiObject as OpenApi, examples), components);
    },
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: contentPolicy,
    uiConfig: { docExpansion: 'list', persistAuthorization: true, tryItOutEnabled: true },
    theme: { title: 'nianbao 年报' },
  });
}

/** What holds for every operation. */
const conventions = `Collects, checks and publishes the statutory annual reports on government information disclosure
(政府信息公开工作年度报告).

**Keys.** \`Authorization: Bearer <key>\`, or, to read, \`Basic\` with the key as password under any name. Without one: the forms, this documentation, health and published reports.

**Language.** Messages and labels are in Chinese; \`Accept-Language: en\` asks for English. Names of cells and rules never change.

**Problems.** A request that fails answers \`application/problem+json\` (RFC 9457) with a permanent \`code\` and every fault by JSON
pointer in \`errors\`. Which refusal comes first: 401, 404, 413/415/400, 412/428, 409, 422.

**Writing.** PUT replaces, PATCH merges (RFC 7396, \`null\` blanks), GET answers every cell, so what was read can be sent back.
Bodies are held to the letter: an unknown member or a string for a number is refused. A write that changes nothing answers 200
and makes no revision.

**Tags.** Every resource has a strong \`ETag\`. \`If-None-Match\` gives 304. Changing an existing report or section takes
\`If-Match\`; \`*\` overwrites whatever is there.

**Lists** are \`{items, next}\`; \`cursor=<next>\` reads on.

**Figures.** A count is an integer from 0 to 2^53 − 1, an amount is in 万元 with at most six decimals, blank is \`null\` and never 0.`;

/** Swagger UI needs nothing but its own files. It sets styles inline, and over plain HTTP nothing may be upgraded to HTTPS. */
const contentPolicy = {
  'default-src': "'self'",
  'base-uri': "'self'",
  'frame-ancestors': "'self'",
  'img-src': "'self' data:",
  'object-src': "'none'",
  'script-src-attr': "'none'",
  'style-src': "'self' 'unsafe-inline'",
};

/** Serves the document itself. */
export function serveDescription(app: FastifyInstance): void {
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

interface Parameter {
  in: string;
  name: string;
  schema?: { type?: unknown };
  example?: unknown;
}

interface DocumentedOperation {
  operationId?: string;
  parameters?: Parameter[];
  requestBody?: Media;
  responses?: Record<string, Media>;
}

interface OpenApi {
  paths?: Record<string, Record<string, DocumentedOperation>>;
  components?: { schemas?: Record<string, Described> };
}

/** A schema, as far as what it is called is concerned. */
interface Described {
  $ref?: string;
  title?: string;
  description?: string;
  properties?: Record<string, Described>;
}

/** Puts each example at its operation. */
function withExamples(document: OpenApi, examples: ReadonlyMap<string, Example>): OpenApi {
  for (const [path, operations] of Object.entries(document.paths ?? {})) {
    for (const operation of Object.values(operations)) {
      const example = examples.get(operation.operationId ?? '');
      if (example) addExample(operation, path, example);
    }
  }
  return document;
}

/**
 * Puts the official label into the description of every row, column and section: resolving drops what stands beside a
 * reference, and Swagger UI calls a member by its key and never shows its title.
 */
function withLabels(document: OpenApi, components: readonly TSchema[]): OpenApi {
  for (const { $id, properties = {} } of components as readonly (Described & { $id: string })[]) {
    const documented = document.components?.schemas?.[$id]?.properties ?? {};
    for (const [name, { title, description }] of Object.entries(properties)) {
      if (title === undefined) continue;
      const words = description === undefined ? title : `${title} · ${description}`;
      Object.assign(documented[name] ?? {}, { title, description: words });
    }
  }
  return document;
}

function addExample(operation: DocumentedOperation, path: string, { request, response }: Example): void {
  const values = parameterValues(path, request.path);
  for (const parameter of operation.parameters ?? []) {
    const value = values[parameter.in]?.get(parameter.name);
    if (value !== undefined && value !== null)
      parameter.example = parameter.schema?.type === 'integer' ? Number(value) : value;
  }
  const bodies = operation.requestBody?.content ?? {};
  const sent = bodies[request.headers?.['content-type'] ?? ''];
  for (const media of sent ? [sent] : Object.values(bodies)) media.example = request.body;
  const answer = operation.responses?.[String(response.status)];
  // A JSON Schema is no example here: readers of the document would take its references for their own.
  const media = answer?.content?.['application/json'] ?? answer?.content?.[ndjson];
  if (media) media.example = response.body;
}

/** What an example's address says for each parameter, by where the parameter stands. */
function parameterValues(template: string, path: string) {
  const url = new URL(path, 'http://localhost');
  const parts = url.pathname.split('/');
  const inPath = template.split('/').flatMap((part, place) => {
    const [, before = '', name] = /^(.*)\{(.+)\}$/.exec(part) ?? [];
    return name === undefined ? [] : [[name, (parts[place] as string).slice(before.length)] as const];
  });
  return { path: new Map(inPath), query: url.searchParams } as Record<
    string,
    { get(name: string): string | null | undefined }
  >;
}
