import { hash } from 'node:crypto';
import { connect, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import t, { type Test } from 'tap';
import type { ImportedDocument } from '../../src/operations/import-document.ts';
import { adminKey, testApp, type Call, type TestApp } from '../support/app.ts';
import { readingWith } from '../support/imports.ts';
import { assertProblem, pointers } from '../support/problem.ts';
import { registerWuyang, wuyang, wuyangReport } from '../support/wuyang.ts';

const name = '舞阳县人民政府办公室';
const document = JSON.stringify({ agencyName: name, year: 2021, edition: '2021', sections: wuyang.sections });

/** What an import answers for a document, or for one that could not be read. */
type Answered = ImportedDocument & { readonly problem?: { readonly code: string; readonly reason?: string } };

async function imported(t: Test, answer: ReturnType<Call>): Promise<Answered[]> {
  const response = await answer;
  t.equal(response.statusCode, 200, response.body.slice(0, 300));
  t.match(response.headers['content-type'], /^application\/json/);
  return response.json<{ documents: Answered[] }>().documents;
}

/** Sends files as a browser's form does. */
async function sendForm(call: Call, query: string, files: Readonly<Record<string, string>>, field?: string) {
  const form = new FormData();
  if (field !== undefined) form.append(field, 'true');
  for (const [file, text] of Object.entries(files)) form.append('file', new Blob([text]), file);
  const body = new Response(form);
  const headers = { 'content-type': body.headers.get('content-type') ?? '' };
  return call('POST', `/v1/imports${query}`, await body.text(), headers);
}

async function wuyangApp(t: Test, options: Parameters<typeof testApp>[1] = {}): Promise<TestApp> {
  const app = await testApp(t, options);
  await registerWuyang(app.call);
  return app;
}

await t.test('one document as a body: read, recognised, checked, and nothing stored', async (t) => {
  const { call } = await wuyangApp(t);
  for (const type of ['application/json', 'application/octet-stream', 'text/plain; charset=gbk', 'x/y']) {
    const answer = call('POST', '/v1/imports?filename=2021.json', document, { 'content-type': type });
    const [one] = await imported(t, answer);
    t.match(one, {
      name: '2021.json',
      sha256: /^[0-9a-f]{64}$/,
      agency: { name, agencyId: 'wuyang-office', candidates: [] },
      year: 2021,
      edition: '2021',
      sections: { disclosure: { normativeDocuments: { issued: 10 } } },
      provenance: { 'disclosure.normativeDocuments.issued': { state: 'printed', text: '10' } },
      check: { year: 2021, edition: '2021', verdict: 'consistent' },
    });
  }
  assertProblem(t, await call('GET', wuyangReport), 404, 'report-not-found');
});

await t.test('an empty file among several is one that cannot be read', async (t) => {
  const { call } = await wuyangApp(t);
  const [empty, full] = await imported(t, sendForm(call, '', { 'a.json': '', 'b.json': document }));
  t.match(empty, { name: 'a.json', problem: { code: 'document-refused', reason: 'empty' } });
  t.match(full, { name: 'b.json', year: 2021 });
});

await t.test('a large document comes through whole, however it is cut on its way', async (t) => {
  const seen: Record<string, string> = {};
  const read = async ({ name: file, bytes }: { name: string; bytes: Uint8Array }) => {
    seen[file] = hash('sha256', bytes);
    return readingWith('2021');
  };
  const { app } = await testApp(t, { importLimit: 16_000_000, read });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  const send = async (query: string, body: string | FormData) => {
    const headers = { authorization: `Bearer ${adminKey}` };
    const answer = await fetch(`http://127.0.0.1:${port}/v1/imports${query}`, { method: 'POST', headers, body });
    const { documents } = (await answer.json()) as { documents: Answered[] };
    return documents.map(({ name: file, sha256 }) => [file, sha256]);
  };
  const large = Array.from({ length: 500_000 }, (_, place) => `${place}\n`).join('');
  const form = new FormData();
  form.append('file', new Blob(['1']), 'small');
  form.append('file', new Blob([large]), 'other');
  const hashes = { alone: hash('sha256', large), small: hash('sha256', '1'), other: hash('sha256', large) };
  const told = [...(await send('?filename=alone', large)), ...(await send('', form))];
  t.same(Object.fromEntries(told), hashes);
  t.same(seen, hashes);
});

await t.test('with commit it is the agency’s report, as if it had been sent', async (t) => {
  const { call } = await wuyangApp(t);
  const [one] = await imported(t, call('POST', '/v1/imports?commit=true', document));
  t.match(one?.committed, { agencyId: 'wuyang-office', year: 2021, revision: 1, outcome: 'created' });
  const report = await call('GET', wuyangReport);
  t.match(report.json(), { status: 'draft', asPrinted: true, sections: wuyang.sections });
  const back = await call('PUT', wuyangReport, report.json());
  t.equal(back.statusCode, 200, 'and what was read can be sent back');
});

await t.test('many documents in a form, each answered in its place', async (t) => {
  const { call } = await wuyangApp(t);
  const files = { '2021年报.json': document, 'b.rtf': '{\\rtf1', 'c.json': document.replace(name, '舞阳县政府办') };
  const response = await sendForm(call, '?commit=true', files);
  const [a, b, c] = await imported(t, Promise.resolve(response));
  t.match(a, { name: '2021年报.json', committed: { outcome: 'created' } });
  t.match(b, {
    name: 'b.rtf',
    problem: {
      type: '/problems/document-refused',
      status: 422,
      code: 'document-refused',
      reason: 'unsupported',
    },
  });
  t.match(c, { agency: { candidates: [{ agencyId: 'wuyang-office', name }] }, left: [{ code: 'agency-uncertain' }] });
});

await t.test('a person may name agency and year of one document, not of several', async (t) => {
  const { call } = await wuyangApp(t);
  const nameless = document.replace(name, '').replace('"year":2021,', '');
  const said = '?commit=true&agencyId=wuyang-office&year=2021';
  const [one] = await imported(t, call('POST', `/v1/imports${said}`, nameless));
  t.match(one, { agency: { agencyId: 'wuyang-office' }, year: 2021, committed: { outcome: 'created' } });
  const several = await sendForm(call, said, { 'a.json': document, 'b.json': document });
  const body = assertProblem(t, several, 400, 'request-invalid');
  t.same(pointers(body), ['/agencyId', '/year']);
  assertProblem(t, await call('POST', '/v1/imports?agencyId=nobody', document), 404, 'agency-not-found');
});

await t.test('what cannot be understood is refused before anything is read', async (t) => {
  const read = async () => {
    throw new Error('read all the same');
  };
  const { call, anonymous } = await wuyangApp(t, { read });
  assertProblem(t, await anonymous('POST', '/v1/imports', document), 401, 'key-missing');
  const malformed = await call('POST', '/v1/imports?commit=maybe&edition=2021&year=21&filename=', document);
  const body = assertProblem(t, malformed, 400, 'request-invalid');
  t.same(new Set(pointers(body)), new Set(['/commit', '/edition', '/filename', '/year']));
  assertProblem(t, await call('POST', '/v1/imports', ''), 400, 'request-invalid');
  assertProblem(t, await call('POST', '/v1/imports'), 400, 'request-invalid');
  assertProblem(t, await sendForm(call, '', {}), 400, 'request-invalid');
  assertProblem(t, await sendForm(call, '', { 'a.json': '' }), 400, 'request-invalid');
  const field = assertProblem(t, await sendForm(call, '', { 'a.json': document }, 'commit'), 400, 'request-invalid');
  t.same(pointers(field), ['/commit']);
  const form = { 'content-type': 'multipart/form-data; boundary=x' };
  for (const broken of ['--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nabc', 'nonsense']) {
    assertProblem(t, await call('POST', '/v1/imports', broken, form), 400, 'multipart-malformed');
  }
  const noBoundary = await call('POST', '/v1/imports', document, { 'content-type': 'multipart/form-data' });
  assertProblem(t, noBoundary, 400, 'multipart-malformed');
});

await t.test('bytes and files have a limit, and nothing is half written', async (t) => {
  const { call, service } = await wuyangApp(t, { importLimit: 100_000 });
  const large = 'x'.repeat(60_000);
  assertProblem(t, await call('POST', '/v1/imports?commit=true', large + large), 413, 'body-too-large');
  const two = await sendForm(call, '?commit=true', { 'a.json': document, 'b.txt': large, 'c.txt': large });
  assertProblem(t, two, 413, 'body-too-large');
  const files = Object.fromEntries(Array.from({ length: 51 }, (_, place) => [`${place}.json`, '{}']));
  assertProblem(t, await sendForm(call, '?commit=true', { 'a.json': document, ...files }), 413, 'too-many-documents');
  t.same(await service.store.reports({ today: '' }, 'all', { limit: 1 }), []);
});

await t.test('a body that does not say how long it is is measured while it comes', async (t) => {
  const { app } = await testApp(t, { importLimit: 20_000 });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  const part = '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n';
  const bytes = (count: number) => 'y'.repeat(count);
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['text/plain', [bytes(10_000), bytes(10_001)]],
    ['multipart/form-data; boundary=x', [part, bytes(10_000), bytes(10_001)]],
    ['multipart/form-data; boundary=x', [part, bytes(10_000), `\r\n${part}`, bytes(10_001), '\r\n--x--']],
  ];
  for (const [type, pieces] of cases) {
    const chunks = pieces.map((piece) => `${piece.length.toString(16)}\r\n${piece}\r\n`).join('');
    const head = `POST /v1/imports HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${adminKey}\r\nContent-Type: ${type}\r\n`;
    const answer = await exchange(port, `${head}Transfer-Encoding: chunked\r\n\r\n${chunks}0\r\n\r\n`);
    t.match(answer, /^HTTP\/1\.1 413 /, type);
    t.match(answer, /"code":"body-too-large"/);
  }
});

await t.test('no more documents are let in than there is memory for', async (t) => {
  const held = Promise.withResolvers<void>();
  const read = async () => {
    await held.promise;
    return readingWith('2021');
  };
  const { call } = await testApp(t, { importLimit: 20_000, read });
  const body = 'x'.repeat(19_000);
  // An injected request begins when somebody waits for it.
  const waiting = Array.from({ length: 4 }, async () => call('POST', '/v1/imports', body));
  const refused = await call('POST', '/v1/imports', body);
  assertProblem(t, refused, 503, 'import-busy');
  t.equal(refused.headers['retry-after'], '1');
  t.equal((await call('GET', '/v1/forms')).statusCode, 200, 'everything else is answered');
  held.resolve();
  for (const response of await Promise.all(waiting)) t.equal(response.statusCode, 200);
  t.equal((await call('POST', '/v1/imports', body)).statusCode, 200, 'and later there is room again');
});

await t.test('a client that goes away stops the reading', async (t) => {
  const begun = Promise.withResolvers<AbortSignal>();
  const read = async (_file: unknown, signal?: AbortSignal) => {
    begun.resolve(signal as AbortSignal);
    return new Promise<never>((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error)));
  };
  const { app } = await testApp(t, { read });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1');
  socket.write(
    `POST /v1/imports HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${adminKey}\r\nContent-Length: 1\r\n\r\nx`,
  );
  const signal = await begun.promise;
  t.equal(signal.aborted, false);
  const aborted = once(signal, 'abort');
  socket.destroy();
  await aborted;
  t.pass('it was told');
});

await t.test('a slip in a reader is told in the document’s place, and logged', async (t) => {
  const read = async () => {
    throw new TypeError('a slip at /home/nianbao/secret');
  };
  const { call } = await wuyangApp(t, { read });
  const [one] = await imported(t, call('POST', '/v1/imports', document, { 'accept-language': 'en' }));
  t.match(one, { problem: { status: 500, code: 'document-reading-failed', title: /Something went wrong/ } });
  t.notMatch(JSON.stringify(one), /slip|secret/);
});

/** Sends bytes to the bare socket and answers with what comes back. */
async function exchange(port: number, sent: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined).write(sent);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(socket, 'data');
  socket.end();
  await once(socket, 'close');
  return Buffer.concat(chunks).toString();
}
