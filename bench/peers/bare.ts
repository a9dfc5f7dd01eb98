/** The least a server can do: `node:http` sending bytes it holds in memory, no routing, no log. */
import Database from 'better-sqlite3';
import { createServer } from 'node:http';

const database = new Database(process.argv[2] ?? '', { readonly: true });
const rows = (table: string) =>
  database.prepare<[], { agency_id: string; year: number; answer: Buffer }>(`SELECT * FROM ${table}`).all();
const [reports, checks] = [rows('reports'), rows('checks')];
const answers = new Map<string, Buffer>([
  ...reports.map(
    ({ agency_id, year, answer }) => [`/v1/agencies/${agency_id}/reports/${year}`, answer] as [string, Buffer],
  ),
  ...checks.map(
    ({ agency_id, year, answer }) => [`/v1/agencies/${agency_id}/reports/${year}/check`, answer] as [string, Buffer],
  ),
]);
/** For `POST /v1/check`. */
const anyCheck = checks[0]?.answer as Buffer;

const server = createServer((request, response) => {
  if (request.headers['if-none-match'] !== undefined) {
    response.writeHead(304, { etag: request.headers['if-none-match'] }).end();
    return;
  }
  const answer = answers.get(request.url ?? '') ?? anyCheck;
  request.on('end', () => {
    response
      .writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': answer.length })
      .end(answer);
  });
  request.resume();
});
server.listen(Number(process.env['PORT']), '127.0.0.1');
process.once('SIGTERM', () => process.exit());
