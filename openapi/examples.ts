import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { loadDemo } from '../src/cli/demo.ts';
import { documentPool } from '../src/documents/pool.ts';
import { editions } from '../src/forms/editions.ts';
import { buildApp } from '../src/http/app.ts';
import { readExamples, type Example } from '../src/http/openapi.ts';
import { ensureAdminKey } from '../src/operations/ensure-admin-key.ts';
import { buildRulebook, buildService } from '../src/operations/service.ts';
import { openStore } from '../src/sqlite/store.ts';
import { version } from '../src/version.ts';

const key = 'examples-are-sent-with-this-admin-key';

/** The time the examples are sent at, so that what comes back is the same every time. */
const time = new Date('2024-01-20T08:00:00.000Z');

/**
 * Sends an example to the real application on the demo city, as if it were the first thing ever asked.
 *
 * @returns the response as examples keep it: a file is not kept.
 */
export async function sendExample({ given = [], request }: Example): Promise<Example['response']> {
  return withDemo(async (app) => {
    for (const before of given) await send(app, before);
    const response = await send(app, request);
    const isData = /\bjson\b/.test(String(response.headers['content-type']));
    return { status: response.statusCode, ...(isData && response.body !== '' && { body: response.json<unknown>() }) };
  });
}

/** Writes what came back into every example's file. */
export async function recordExamples(): Promise<void> {
  for (const [operation, example] of readExamples()) {
    const recorded = { ...example, response: await sendExample(example) };
    const file = new URL(`examples/${operation}.json`, import.meta.url);
    writeFileSync(file, `${JSON.stringify(recorded, null, 2)}\n`);
  }
}

/** The OpenAPI document of the application as it is. */
export async function openApiDocument(): Promise<string> {
  return withDemo(async (app) => `${JSON.stringify(app.swagger(), null, 2)}\n`);
}

/** The demo city in a file of its own, loaded once: every example starts from a copy. */
async function demoFile(): Promise<string> {
  const file = join(mkdtempSync(join(tmpdir(), 'nianbao-examples-')), 'demo.db');
  process.on('exit', () => rmSync(dirname(file), { recursive: true }));
  const service = buildService(rulebook, openStore(file), () => time);
  await ensureAdminKey(service, key);
  await loadDemo(service, 'demo');
  await service.store.close();
  return file;
}

/** What stands for chance: secrets differ from each other and are the same every time. */
function noChance(): (bytes: number) => Buffer {
  let drawn = 0;
  return (bytes) => Buffer.alloc(bytes, `example ${(drawn += 1)}`);
}

const rulebook = buildRulebook(editions, version);
let demo: Promise<string> | undefined;

async function withDemo<Result>(ask: (app: FastifyInstance) => Promise<Result>): Promise<Result> {
  demo ??= demoFile();
  const copy = `${await demo}-${randomUUID()}`;
  copyFileSync(await demo, copy);
  const service = buildService(rulebook, openStore(copy), () => time, noChance());
  const { read, threads, close } = documentPool();
  const app = await buildApp({ service, version, imports: { read, threads, limit: 1_048_576 } });
  try {
    await app.ready();
    return await ask(app);
  } finally {
    await app.close();
    await close();
    await service.store.close();
  }
}

async function send(app: FastifyInstance, { method, path, headers, body }: Example['request']) {
  return app.inject({
    method: method as 'GET',
    url: path,
    headers: { authorization: `Bearer ${key}`, ...headers },
    ...(body !== undefined && { payload: body as object }),
  });
}
