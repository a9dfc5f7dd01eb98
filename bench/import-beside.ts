import { printTable, quantile, verdictUnder } from './figures.ts';
import { startServer, type Server } from './server.ts';

const key = 'bench-of-nianbao-0123456789-abcdefghijklmn';

/** What a GET may take, in milliseconds, while documents are imported: nobody shall notice. */
const limit = 50;

/** How long each situation is looked at, in milliseconds. */
const duration = 4_000;

/** A page as large as one may be: nearly as many cells as are read, each with markup around it. */
const row = `<tr>${'<td style="width:12.5%" class="figure"><p><span>1234</span></p></td>'.repeat(9)}</tr>`;
const largePage = `<!doctype html><table>${row.repeat(18_000)}</table>`;

/** How long a GET takes while nothing else is asked, and while one large document after another is imported. */
export async function importsBeside(): Promise<void> {
  // More is asked in a minute than one key may.
  const environment = { NIANBAO_DB: ':memory:', NIANBAO_ADMIN_KEY: key, LOG_LEVEL: 'silent', RATE_LIMIT_MAX: '0' };
  const server = await startServer({ command: ['../src/start.js'], environment, log: 'ignore', everyCore: true });
  try {
    await ask(server, 'PUT', '/v1/years/2023', '{}', 'application/json');
    const alone = await timesOfGet(server, duration);
    let under = true;
    const imports = importOn(server, () => under);
    const beside = await timesOfGet(server, duration);
    under = false;
    const count = await imports;
    printTable(
      ['GET, in milliseconds', 'p50', 'p99', 'limit', ''],
      [lineOf('alone', alone), lineOf(`beside ${count} imports of ${megabytes(largePage)} MB`, beside, limit)],
    );
  } finally {
    await server.stop();
  }
}

function lineOf(name: string, times: readonly number[], most?: number): string[] {
  const p99 = quantile(times, 0.99);
  const bound = most === undefined ? '' : `< ${most}`;
  return [name, quantile(times, 0.5).toFixed(1), p99.toFixed(1), bound, verdictUnder(p99, most)];
}

async function timesOfGet(server: Server, milliseconds: number): Promise<number[]> {
  const times: number[] = [];
  const start = performance.now();
  while (performance.now() - start < milliseconds) {
    const before = performance.now();
    await ask(server, 'GET', '/v1/years/2023');
    times.push(performance.now() - before);
  }
  return times;
}

/** Imports one document after another while it shall; how many there were. */
async function importOn(server: Server, goesOn: () => boolean): Promise<number> {
  let count = 0;
  for (; goesOn(); count += 1) await ask(server, 'POST', '/v1/imports?filename=large.html', largePage, 'text/html');
  return count;
}

async function ask({ port }: Server, method: string, path: string, body?: string, type?: string): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, ...(type !== undefined && { 'content-type': type }) },
    ...(body !== undefined && { body }),
  });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`);
}

function megabytes(text: string): string {
  return (Buffer.byteLength(text) / 1e6).toFixed(1);
}
