import pino from 'pino';
import type { Config } from './config.ts';
import { documentPool } from './documents/pool.ts';
import { buildApp } from './http/app.ts';
import { ensureAdminKey } from './operations/ensure-admin-key.ts';
import type { Service } from './operations/service.ts';
import { processMetrics } from './process-metrics.ts';
import { lineThread } from './threads/line-thread.ts';
import { version } from './version.ts';

/** Serves the API until the process is told to stop. */
export async function serve(service: Service, config: Config): Promise<void> {
  const logger = buildLogger(config.LOG_LEVEL);
  showAdminKey(await ensureAdminKey(service, config.NIANBAO_ADMIN_KEY));
  const { read, threads, close } = documentPool();
  const lines = lineThread();
  const app = await buildApp({
    service,
    imports: { read, threads, limit: config.IMPORT_LIMIT },
    linesElsewhere: lines,
    version,
    logger,
    registry: processMetrics(config.NIANBAO_DB),
    bodyLimit: config.BODY_LIMIT,
    rateLimit: config.RATE_LIMIT_MAX,
    trustProxy: trustedProxies(config.TRUST_PROXY),
  });
  // Runs when every request under way has been answered.
  app.addHook('onClose', async () => {
    await close();
    await lines.close();
    await service.store.close();
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      logger.info({ signal }, 'stopping');
      app.close().then(
        () => logger.info('stopped'),
        (error: unknown) => logger.error({ err: error }, 'did not stop cleanly'),
      );
    });
  }
  // Reading every report's figures takes a while: nobody who asks for statistics first shall wait for it.
  await service.figures();
  await app.listen({ host: config.HOST, port: config.PORT }).catch(async (error: Error) => {
    await app.close();
    throw new ListenRefused(`Cannot listen on ${config.HOST}:${config.PORT}: ${error.message}. Set HOST and PORT.`);
  });
  // The first batch finds it ready; who sends it does not wait for it in any case.
  void lines.getReady();
}

/** An address that cannot be listened on, with a sentence for the operator. */
export class ListenRefused extends Error {
  override readonly name = 'ListenRefused';
}

/** For people on a terminal, for machines otherwise. */
function buildLogger(level: string) {
  const logger = { level, redact: ['req.headers.authorization'] };
  return process.stdout.isTTY
    ? pino({
        ...logger,
        transport: { target: 'pino-pretty', options: { ignore: 'pid,hostname,reqId', singleLine: true } },
      })
    : pino(logger);
}

/** Once, to standard error, never through the log. */
function showAdminKey(key: string | undefined): void {
  if (key === undefined) return;
  process.stderr.write(
    `\n管理员密钥（只显示这一次，请妥善保存）\nAdmin key (shown this once, keep it safe):\n\n    ${key}\n\n`,
  );
}

function trustedProxies(value: string): boolean | string {
  return value === 'true' || (value !== 'false' && value);
}
