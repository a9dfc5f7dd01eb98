import type { FastifyInstance, InjectOptions } from 'fastify';
import type { LightMyRequestResponse } from 'fastify';
import type { Test } from 'tap';
import { loadDemo } from '../../src/cli/demo.ts';
import { documentPool } from '../../src/documents/pool.ts';
import { editions } from '../../src/forms/editions.ts';
import { buildApp, type AppOptions } from '../../src/http/app.ts';
import type { Role } from '../../src/domain/access.ts';
import { createKey } from '../../src/operations/create-key.ts';
import { ensureAdminKey } from '../../src/operations/ensure-admin-key.ts';
import type { ReadDocument } from '../../src/operations/import-documents.ts';
import { buildRulebook, buildService, type Service } from '../../src/operations/service.ts';
import { openStore } from '../../src/sqlite/store.ts';
import { tester } from './store.ts';

export const adminKey = 'test-admin-key-0123456789-abcdefghij';

/** The time every test application lives at. */
export const testTime = new Date('2024-02-01T08:00:00.000Z');

export type Call = (
  method: NonNullable<InjectOptions['method']>,
  url: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<LightMyRequestResponse>;

export interface TestApp {
  readonly app: FastifyInstance;
  readonly service: Service;
  /** Asks with the admin key. */
  readonly call: Call;
  /** Asks without a key. */
  readonly anonymous: Call;
  /** Issues a key and asks with it. */
  readonly as: (role: Role, agencyId?: string) => Promise<Call>;
  /** Lets a second pass. */
  readonly tick: () => void;
}

interface TestAppOptions extends Partial<Omit<AppOptions, 'imports'>> {
  readonly demo?: boolean;
  readonly file?: string;
  /** What reads documents instead of the threads. */
  readonly read?: ReadDocument;
  readonly importLimit?: number;
}

/** The real application on a real store, closed when the test ends. */
export async function testApp(t: Pick<Test, 'teardown'>, options: TestAppOptions = {}): Promise<TestApp> {
  const { demo, file, read, importLimit = 1_048_576, ...appOptions } = options;
  let time = testTime.getTime();
  const service = buildService(buildRulebook(editions, 'test'), openStore(file ?? ':memory:'), () => new Date(time));
  await ensureAdminKey(service, adminKey);
  if (demo) await loadDemo(service, 'demo');
  const pool = documentPool();
  const imports = { read: read ?? pool.read, threads: pool.threads, limit: importLimit };
  const app = await buildApp({ service, version: '0.0.0-test', imports, ...appOptions });
  t.teardown(async () => {
    await app.close();
    await pool.close();
    await service.store.close();
  });
  const anonymous = caller(app, {});
  return {
    app,
    service,
    tick: () => void (time += 1_000),
    anonymous,
    as: async (role, agencyId) => {
      const input = { role, ...(agencyId !== undefined && { agencyId }) };
      const { key } = await createKey(service, { act: 'createKey', by: tester }, input);
      return caller(app, { authorization: `Bearer ${key}` });
    },
    call: caller(app, { authorization: `Bearer ${adminKey}` }),
  };
}

export function caller(app: FastifyInstance, always: Record<string, string>): Call {
  return (method, url, body, headers = {}) =>
    app.inject({
      method,
      url,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...always, ...headers },
      ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
}
