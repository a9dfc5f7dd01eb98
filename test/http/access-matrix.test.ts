import type { InjectOptions } from 'fastify';
import t, { type Test } from 'tap';
import { roles, type Role } from '../../src/domain/access.ts';
import type { Call, TestApp } from '../support/app.ts';
import { testApp } from '../support/app.ts';
import { issueKey } from '../support/keys.ts';

/**
 * Who may do what, written down: for every operation what everybody without a key gets, and what the key of each role
 * gets that is bound to an agency and asks about that agency, one below it, one outside, one outside that has published;
 * last a key bound to none (no reporter's is). What is about no agency has two outcomes: a bound key's, an unbound one's.
 *
 * `+` is let in, whatever it is answered then; `p` gets what has been published and nothing else; `404` need not know
 * of it; `422` is refused at the place of the body that names the agency.
 */
const matrix = `
operation         nobody  admin              collector          reporter         reader
listForms         +       + +                + +                +                + +
getForm           +       + +                + +                +                + +
listRules         +       + +                + +                +                + +
getReportSchema   +       + +                + +                +                + +
getTemplate       +       + +                + +                +                + +
getLiveness       +       + +                + +                +                + +
getReadiness      +       + +                + +                +                + +
getMetrics        401     403 +              403 +              403              403 +
listAgencies      401     + + 404 403 +      + + 404 403 +      + + 404 403      + + 404 403 +
getAgency         401     + + 404 403 +      + + 404 403 +      + + 404 403      + + 404 403 +
putAgencies       401     403 + 404 404 +    403 + 404 404 +    403 403 403 403  403 403 403 403 403
putAgency         401     403 + 404 404 +    403 + 404 404 +    403 403 404 403  403 403 404 403 403
patchAgency       401     403 + 404 403 +    403 + 404 403 +    403 403 404 403  403 403 404 403 403
deleteAgency      401     403 + 404 403 +    403 + 404 403 +    403 403 404 403  403 403 404 403 403
listYears         401     + +                + +                +                + +
getYear           401     + +                + +                +                + +
putYear           401     403 +              403 403            403              403 403
patchYear         401     403 +              403 403            403              403 403
deleteYear        401     403 +              403 403            403              403 403
listExtensions    401     + + 404 403 +      + + 404 403 +      + + 404 403      + + 404 403 +
getExtension      401     + + 404 403 +      + + 404 403 +      + + 404 403      + + 404 403 +
putExtension      401     403 + 404 403 +    403 + 404 403 +    403 403 404 403  403 403 404 403 403
deleteExtension   401     403 + 404 403 +    403 + 404 403 +    403 403 404 403  403 403 404 403 403
getProgress       401     + + 404 403 +      + + 404 403 +      + + 404 403      + + 404 403 +
getReminders      401     + + 404 403 +      + + 404 403 +      403 403 404 403  403 403 404 403 403
getCalendar       401     + + 404 403 +      + + 404 403 +      + + 404 403      + + 404 403 +
listReports       p       + + p p +          + + p p +          + + p p          + + p p +
getStatistics     p       + + p p +          + + p p +          + + p p          + + p p +
getStatisticsCatalogue p  + + p p +          + + p p +          + + p p          + + p p +
getReport         p       + + p p +          + + p p +          + + p p          + + p p +
getSection        p       + + p p +          + + p p +          + + p p          + + p p +
getDocument       p       + + p p +          + + p p +          + + p p          + + p p +
listRevisions     p       + + p p +          + + p p +          + + p p          + + p p +
getRevision       p       + + p p +          + + p p +          + + p p          + + p p +
getChanges        p       + + p p +          + + p p +          + + p p          + + p p +
checkReport       401     + + 404 403 +      + + 404 403 +      + + 404 403      + + 404 403 +
checkUnstored     401     + +                + +                +                + +
getConsolidation  401     + + 404 403 +      + + 404 403 +      + + 404 403      + + 404 403 +
importDocuments   401     + + 404 404 +      + + 404 404 +      + + 404 404      + + 404 404 +
putReport         401     + + 404 403 +      + + 404 403 +      + 403 404 403    403 403 404 403 403
putReports        401     + + 404 403 +      + + 404 403 +      + 403 404 403    403 403 403 403 403
patchReport       401     + + 404 403 +      + + 404 403 +      + 403 404 403    403 403 404 403 403
deleteReport      401     + + 404 403 +      + + 404 403 +      + 403 404 403    403 403 404 403 403
prefillReport     401     + + 404 403 +      + + 404 403 +      + 403 404 403    403 403 404 403 403
putSection        401     + + 404 403 +      + + 404 403 +      + 403 404 403    403 403 404 403 403
patchSection      401     + + 404 403 +      + + 404 403 +      + 403 404 403    403 403 404 403 403
deleteSection     401     + + 404 403 +      + + 404 403 +      + 403 404 403    403 403 404 403 403
putWaiver         401     + + 404 403 +      + + 404 403 +      + 403 404 403    403 403 404 403 403
deleteWaiver      401     + + 404 403 +      + + 404 403 +      + 403 404 403    403 403 404 403 403
consolidateReport 401     + + 404 403 +      + + 404 403 +      + 403 404 403    403 403 404 403 403
submitReport      401     + + 404 403 +      + + 404 403 +      + 403 404 403    403 403 404 403 403
acceptReport      401     403 + 404 403 +    403 + 404 403 +    403 403 404 403  403 403 404 403 403
returnReport      401     403 + 404 403 +    403 + 404 403 +    403 403 404 403  403 403 404 403 403
publishReport     401     403 + 404 403 +    403 + 404 403 +    403 403 404 403  403 403 404 403 403
reopenReport      401     403 + 404 403 +    403 + 404 403 +    403 403 404 403  403 403 404 403 403
listEvents        401     + + 404 403 +      + + 404 403 +      + + 404 403      + + 404 403 +
listKeys          401     + + 404 403 +      403 403 404 403 403  403 403 404 403  403 403 404 403 403
createKey         401     + + 422 422 +      403 403 403 403 403  403 403 403 403  403 403 403 403 403
getKey            401     + + 404 404 +      403 403 403 403 403  403 403 403 403  403 403 403 403 403
patchKey          401     + + 404 404 +      403 403 403 403 403  403 403 403 403  403 403 403 403 403
rotateKey         401     + + 404 404 +      403 403 403 403 403  403 403 403 403  403 403 403 403 403
deleteKey         401     + + 404 404 +      403 403 403 403 403  403 403 403 403  403 403 403 403 403
`;

const expected = new Map(
  matrix
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [operation = '', nobody = '', ...cells] = line.split(/ {2,}|(?<=^\S+) /);
      const byRole = Object.fromEntries(roles.map((role, place) => [role, cells[place] ?? ''])) as Record<Role, string>;
      return [operation, { nobody, ...byRole }] as const;
    }),
);

/** The agencies, by how they stand to the county the bound keys are of. */
const agencies = {
  own: { id: 'county', name: '某县', level: 'county', kind: 'government', parentId: 'city' },
  below: { id: 'town', name: '某镇', level: 'township', kind: 'township', parentId: 'county' },
  outside: { id: 'elsewhere', name: '别处', level: 'county', kind: 'government', parentId: 'city' },
  known: { id: 'open', name: '公开', level: 'county', kind: 'government', parentId: 'city' },
} as const;
const relations = ['own', 'below', 'outside', 'known'] as const;
type Place = (typeof relations)[number];

/** In a draft and nowhere else. */
const secret = '草稿中的话';
const reportOf = (id: string) => `/v1/agencies/${id}/reports/2021`;

/** A city of them, each with a draft; all but the one outside have published another revision before. */
async function city(t: Test): Promise<TestApp> {
  const app = await testApp(t);
  const { call } = app;
  await call('PUT', '/v1/years/2021', {});
  await call('PUT', '/v1/agencies/city', { name: '某市', level: 'prefecture', kind: 'government' });
  for (const place of relations) {
    const { id, ...agency } = agencies[place];
    await call('PUT', `/v1/agencies/${id}`, agency);
    await issueKey(app, { keyId: `held-${id}`, role: 'reader', agencyId: id });
    const content = { asPrinted: true, phone: '0000-1', sections: { other: { text: '公开的话' } } };
    await call('PUT', reportOf(id), content);
    if (place === 'outside') {
      await call('PUT', `${reportOf(id)}/sections/other`, { text: secret }, { 'if-match': '*' });
      continue;
    }
    await call('POST', `${reportOf(id)}/publish`);
    await call('POST', `${reportOf(id)}/reopen`, { reason: '更正' });
    const written = await call('PUT', `${reportOf(id)}/sections/other`, { text: secret }, { 'if-match': '*' });
    t.equal(written.statusCode, 200);
  }
  return app;
}

type Method = NonNullable<InjectOptions['method']>;

interface Sent {
  readonly method: Method;
  readonly url: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

/** What else a request needs than its address, to be understood and to change nothing. */
const sentWith: Readonly<Record<string, (place: Place) => Partial<Sent> & { readonly query?: string }>> = {
  putAgencies: (place) => ({ body: { items: [agencies[place]] } }),
  putAgency: (place) => ({ body: agencies[place] }),
  importDocuments: (place) => ({
    query: `agencyId=${agencies[place].id}`,
    body: '<p>无</p>',
    headers: { 'content-type': 'text/html' },
  }),
  putReports: (place) => ({
    body: JSON.stringify({ agencyId: agencies[place].id, year: 2021, ifMatch: '"stale"' }),
    headers: { 'content-type': 'application/x-ndjson' },
  }),
  getStatistics: (place) => ({ query: `cells=requests.received.total&under=${agencies[place].id}` }),
  createKey: (place) => ({ body: { role: 'reader', agencyId: agencies[place].id } }),
};

/** The lists, which are asked about an agency by `under`. */
const filtered = [
  'listAgencies',
  'listEvents',
  'listExtensions',
  'listKeys',
  'listReports',
  'getCalendar',
  'getProgress',
  'getReminders',
  'getStatisticsCatalogue',
];

function requestFor(operation: string, method: string, path: string, place: Place): Sent {
  const { id } = agencies[place];
  const values: Record<string, string> = {
    agencyId: id,
    year: '2021',
    edition: '2021',
    section: 'other',
    format: 'csv',
    revision: '2',
    rule: 'requests.carriedIn',
    at: 'total',
    keyId: `held-${id}`,
  };
  const address = path.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? name);
  const { query = filtered.includes(operation) ? `under=${id}` : undefined, ...special } =
    sentWith[operation]?.(place) ?? {};
  const body = ['put', 'post', 'patch'].includes(method) && !/prefill|consolidation/.test(path) ? { body: {} } : {};
  const sent = { method: method.toUpperCase(), url: query ? `${address}?${query}` : address, ...body };
  return { ...sent, ...special, headers: special.headers ?? { 'if-match': '"stale"' } };
}

/** What became of a request, in the words of the matrix. */
async function outcomeOf(call: Call, operation: string, { method, url, body, headers }: Sent): Promise<string> {
  const response = await call(method, url, body, method === 'GET' ? {} : headers);
  const answer = response.body;
  const code = /"code":"([a-z-]+)"/.exec(answer)?.[1];
  if (code === 'key-missing') return '401';
  if (code === 'not-allowed' || code === 'agency-not-yours') return '403';
  if (code === 'agency-not-found' || code === 'key-not-found') return '404';
  if (code === 'key-refused') return '422';
  if (!expected.get(operation)?.nobody.includes('p')) return '+';
  return /草稿中的话|"status":"draft"|"revision":2|"basis":"current"/.test(answer) ? '+' : 'p';
}

await t.test('every operation answers everybody as is written down', async (t) => {
  const app = await city(t);
  await app.app.ready();
  const operations = Object.entries(app.app.swagger().paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, { operationId: string }>).map(
      ([method, { operationId }]) => [operationId, method, path] as const,
    ),
  );
  t.same([...expected.keys()].sort(), operations.map(([id]) => id).sort(), 'every operation there is, and no other');
  const bound = new Map<Role, Call>();
  const unbound = new Map<Role, Call>();
  for (const role of roles) {
    bound.set(role, (await issueKey(app, { keyId: `bound-${role}`, role, agencyId: 'county' })).call);
    if (role !== 'reporter') unbound.set(role, (await issueKey(app, { keyId: `unbound-${role}`, role })).call);
  }
  for (const [operation, method, path] of operations) {
    const row = expected.get(operation);
    if (!row) continue;
    const ask = (call: Call, place: Place) => outcomeOf(call, operation, requestFor(operation, method, path, place));
    t.equal(await ask(app.anonymous, 'known'), row.nobody, `${operation}, nobody`);
    for (const role of roles) {
      const cells = row[role].split(' ');
      const places = cells.length > 2 ? relations : (['own'] as const);
      const found: string[] = [];
      for (const place of places) found.push(await ask(bound.get(role) as Call, place));
      const all = unbound.get(role);
      // A key bound to none reaches them all alike.
      if (all) {
        const reached: string[] = [];
        for (const place of places) reached.push(await ask(all, place));
        found.push([...new Set(reached)].join('/'));
      }
      t.equal(found.join(' '), row[role], `${operation}, ${role}`);
    }
  }
});
