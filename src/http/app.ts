import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import { Registry } from 'prom-client';
import type { Service } from '../operations/service.ts';
import { components } from '../schemas/components.ts';
import { checkAddresses } from './addresses.ts';
import { guardRoutes } from './auth.ts';
import { readBodies } from './bodies.ts';
import { identifyCallers } from './caller.ts';
import { refuseOtherMethods, watchMethods } from './methods.ts';
import { measureRequests } from './metrics.ts';
import { negotiateFormat } from './negotiation.ts';
import { describeRoutes, serveDescription } from './openapi.ts';
import { addLimits, limitRequests } from './rate-limit.ts';
import { answerClientError, sendError, translateErrors } from './problems.ts';
import { decorateTarget } from './report-target.ts';
import { agencyRoutes } from './routes/agencies.ts';
import { checkRoutes } from './routes/check.ts';
import { consolidationRoutes } from './routes/consolidation.ts';
import { documentRoutes } from './routes/documents.ts';
import { extensionRoutes } from './routes/extensions.ts';
import { eventRoutes } from './routes/events.ts';
import { formRoutes } from './routes/forms.ts';
import { healthRoutes } from './routes/health.ts';
import { historyRoutes } from './routes/history.ts';
import { importRoutes, type ImportTools } from './routes/imports.ts';
import { prefillRoutes } from './routes/prefill.ts';
import { keyRoutes } from './routes/keys.ts';
import { metricsRoutes } from './routes/metrics.ts';
import { problemRoutes } from './routes/problems.ts';
import { reportLineRoutes } from './routes/report-lines.ts';
import { progressRoutes } from './routes/progress.ts';
import { reportRoutes } from './routes/reports.ts';
import { sectionRoutes } from './routes/sections.ts';
import { statisticsRoutes } from './routes/statistics.ts';
import { stepRoutes } from './routes/steps.ts';
import { waiverRoutes } from './routes/waivers.ts';
import { yearRoutes } from './routes/years.ts';
import { RequestLog } from './request-log.ts';
import { watchStopping } from './stopping.ts';
import type { LinesElsewhere } from '../schemas/report-line.ts';
import { buildValidators, type HttpPart } from '../schemas/validation.ts';

export interface AppOptions {
  readonly service: Service;
  readonly version: string;
  readonly logger?: FastifyBaseLogger;
  /** The most bytes a body may have. */
  readonly bodyLimit?: number;
  readonly imports: ImportTools;
  /** Where the lines of many reports are read. */
  readonly linesElsewhere?: LinesElsewhere;
  /** The most requests a minute by one key, or from one address without a key; 0, as where left out, is no limit. */
  readonly rateLimit?: number;
  /** What is measured already, of the process and its database; requests are added to it. */
  readonly registry?: Registry;
  /** Whose X-Forwarded-* headers are believed; see Fastify's `trustProxy`. */
  readonly trustProxy?: boolean | string;
}

/** The whole application, ready for `inject` or `listen`; it never listens by itself. */
export async function buildApp(allOptions: AppOptions): Promise<FastifyInstance> {
  const {
    service,
    version,
    logger,
    imports,
    linesElsewhere,
    rateLimit = 0,
    registry = new Registry(),
    ...options
  } = allOptions;
  const schemas = components([...service.forms.values()]);
  const validators = buildValidators(schemas);
  const app = emptyApp(logger, options);
  for (const schema of schemas) app.addSchema(schema);
  app.setValidatorCompiler(({ schema, httpPart }) => validators.compile(schema, httpPart as HttpPart));
  measureRequests(app, registry);
  const isStopping = watchStopping(app);
  translateErrors(app);
  readBodies(app);
  const forgetKeys = identifyCallers(app, service, await addLimits(app));
  limitRequests(app, rateLimit);
  guardRoutes(app, service.store);
  negotiateFormat(app);
  checkAddresses(app);
  decorateTarget(app);
  await describeRoutes(app, version, schemas);
  const methods = watchMethods(app);
  formRoutes(app, service);
  agencyRoutes(app, service);
  yearRoutes(app, service);
  extensionRoutes(app, service);
  progressRoutes(app, service);
  reportRoutes(app, service, validators);
  reportLineRoutes(app, { service, validators, elsewhere: linesElsewhere });
  prefillRoutes(app, service);
  historyRoutes(app, service);
  documentRoutes(app, service);
  sectionRoutes(app, service, validators);
  stepRoutes(app, service, validators);
  checkRoutes(app, service, validators);
  waiverRoutes(app, service);
  consolidationRoutes(app, service);
  statisticsRoutes(app, service);
  await importRoutes(app, service, validators, imports);
  keyRoutes(app, service, validators, forgetKeys);
  eventRoutes(app, service, registry);
  healthRoutes(app, service.store, isStopping);
  metricsRoutes(app, registry);
  problemRoutes(app);
  serveDescription(app);
  refuseOtherMethods(app, methods);
  return app;
}

/** An application without routes. */
function emptyApp(
  logger: FastifyBaseLogger | undefined,
  options: Pick<AppOptions, 'bodyLimit' | 'trustProxy'>,
): FastifyInstance {
  const app = Fastify({
    ...options,
    ...(logger && { loggerInstance: logger }),
    logController: new RequestLog(),
    // A request is named the same nowhere else: the record of events refers to it.
    genReqId: () => randomUUID(),
    // A request that comes while the service stops is answered; the connection is then closed.
    return503OnClosing: false,
    requestTimeout: 60_000,
    clientErrorHandler: (error, socket) => answerClientError(error, socket),
    frameworkErrors: (error, request, reply) => void sendError(error, request as FastifyRequest, reply),
  });
  // Answers are sent as they are: a serialiser made from a schema drops what the schema forgot.
  app.setSerializerCompiler(() => JSON.stringify);
  app.addHook('onRequest', (_request, reply, done) => {
    reply.header('x-content-type-options', 'nosniff');
    done();
  });
  return app;
}
