/**
 * What the framework leaves to be spent: Fastify with the options of src/http/app.ts and the log of src/serve.ts, and one
 * thing done for each request: a prepared read, a prepared insert, or a body validated and echoed.
 */
import Fastify, { type FastifyRequest } from 'fastify';
import pino from 'pino';
import { RequestLog } from '../../src/http/request-log.ts';
import { buildValidators, type HttpPart } from '../../src/schemas/validation.ts';
import { components } from '../../src/schemas/components.ts';
import { openDatabase } from '../../src/sqlite/open.ts';
import { forms } from '../reports.ts';

const database = openDatabase(process.argv[2] ?? '');
const read = (table: string) =>
  database.prepare<[string, number], Buffer>(`SELECT answer FROM ${table} WHERE agency_id = ? AND year = ?`).pluck();
const [report, check] = [read('reports'), read('checks')];
const insert = database.prepare<[string, number, Buffer]>(
  'INSERT INTO written (agency_id, year, body) VALUES (?, ?, ?)',
);
const keyOf = ({ params }: FastifyRequest): [string, number] => {
  const { agencyId, year } = params as { agencyId: string; year: string };
  return [agencyId, Number(year)];
};
const json = 'application/json; charset=utf-8';

const app = Fastify({
  bodyLimit: 1_048_576,
  trustProxy: false,
  loggerInstance: pino({ level: 'info', redact: ['req.headers.authorization'] }),
  logController: new RequestLog(),
  return503OnClosing: false,
  requestTimeout: 60_000,
});
const schemas = components(forms);
const validators = buildValidators(schemas);
for (const schema of schemas) app.addSchema(schema);
app.setValidatorCompiler(({ schema, httpPart }) => validators.compile(schema, httpPart as HttpPart));

app.get('/v1/agencies/:agencyId/reports/:year', async (request, reply) => {
  return reply.header('content-type', json).send(report.get(...keyOf(request)));
});
app.get('/v1/agencies/:agencyId/reports/:year/check', async (request, reply) => {
  return reply.header('content-type', json).send(check.get(...keyOf(request)));
});
app.post('/v1/check', { schema: { body: { $ref: `CheckInput${forms.at(-1)?.edition.id}#` } } }, async (request) => {
  return request.body;
});
await app.register(async (scope) => {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async (_request: unknown, body: Buffer) => body,
  );
  scope.put('/v1/agencies/:agencyId/reports/:year', async (request, reply) => {
    insert.run(...keyOf(request), request.body as Buffer);
    return reply.code(204).send();
  });
});
process.once('SIGTERM', () => void app.close());
await app.listen({ host: '127.0.0.1', port: Number(process.env['PORT']) });
