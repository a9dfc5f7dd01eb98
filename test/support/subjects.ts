import { adminKey } from './app.ts';
import { filled } from './store.ts';
import type { Ask, Subject, Wish, Written } from './writer.ts';

/** A number from 0 up to, but not, `below`. */
export type Chance = (below: number) => number;

export const year = 2021;
const ndjson = { 'content-type': 'application/x-ndjson' };
const overwrite = { 'if-match': '*' };

/** A report: each number is somewhere else in it, and changes with the write that it belongs to. */
interface ReportWritten extends Written {
  readonly status: string;
  readonly revision: number;
  readonly published: number | null;
  /** Written everywhere by a write of the whole report, so that half of one would be seen. */
  readonly whole: readonly string[];
  readonly phone: string;
  readonly other: string;
}

/** One report, written in every way there is. */
export function reportSubject(agencyId: string, chance: Chance): Subject<ReportWritten> {
  const path = `/v1/agencies/${agencyId}/reports/${year}`;
  let count = 0;
  const whole = (state: ReportWritten, n: number): ReportWritten => {
    const [written, text] = [String(n), `第${n}次`];
    return { ...state, revision: state.revision + 1, whole: [written, written, text], phone: written, other: text };
  };
  const put = (state: ReportWritten): Wish<ReportWritten> => {
    const n = (count += 1);
    const effects = [{ act: 'putReport', after: whole(state, n) }];
    return { method: 'PUT', path, headers: overwrite, body: JSON.stringify(content(n)), effects };
  };
  const patch = (state: ReportWritten): Wish<ReportWritten> => {
    const phone = String((count += 1));
    const effects = [{ act: 'patchReport', after: { ...state, revision: state.revision + 1, phone } }];
    return { method: 'PATCH', path, headers: overwrite, body: JSON.stringify({ phone }), effects };
  };
  const putSection = (state: ReportWritten): Wish<ReportWritten> => {
    const other = `第${(count += 1)}节`;
    const effects = [{ act: 'putSection', after: { ...state, revision: state.revision + 1, other } }];
    const body = JSON.stringify({ text: other });
    return { method: 'PUT', path: `${path}/sections/other`, headers: overwrite, body, effects };
  };
  const putLines = (state: ReportWritten, atomic: boolean): Wish<ReportWritten> => {
    const numbers = Array.from({ length: 2 + chance(8) }, () => (count += 1));
    let last = state;
    const effects = numbers.map((n) => ({ act: 'putReports', after: (last = whole(last, n)) }));
    const body = numbers.map((n) => JSON.stringify({ agencyId, year, ...content(n) })).join('\n');
    const headers = { ...overwrite, ...ndjson };
    return {
      method: 'POST',
      path: `/v1/reports/batch?atomic=${atomic}`,
      headers,
      body,
      effects,
      answered: atomic ? 'together' : 'apart',
    };
  };
  const step = (name: string, after: ReportWritten): Wish<ReportWritten> => {
    const key = `${agencyId}-${(count += 1)}`;
    const body = name === 'return' || name === 'reopen' ? JSON.stringify({ reason: key }) : '{}';
    const headers = { 'idempotency-key': key };
    return { method: 'POST', path: `${path}/${name}`, headers, body, effects: [{ act: `${name}Report`, after }] };
  };
  const writing = (state: ReportWritten): Wish<ReportWritten> => {
    const ways = [
      () => put(state),
      () => patch(state),
      () => putSection(state),
      () => putLines(state, false),
      () => putLines(state, true),
      () => step('submit', { ...state, status: 'submitted' }),
      () => step('submit', { ...state, status: 'submitted' }),
    ];
    return state.revision === 0 ? put(state) : (ways[chance(ways.length)] as () => Wish<ReportWritten>)();
  };
  return {
    name: agencyId,
    beginning: { status: 'draft', revision: 0, published: null, whole: [], phone: '', other: '' },
    next: (state) => {
      const { status, revision } = state;
      if (status === 'draft' || status === 'returned') return writing(state);
      if (status === 'published') return step('reopen', { ...state, status: 'draft', revision: revision + 1 });
      if (chance(3) === 0) return step('return', { ...state, status: 'returned' });
      if (status === 'submitted') return step('accept', { ...state, status: 'accepted' });
      return step('publish', { ...state, status: 'published', published: revision });
    },
    read: async (ask) => reportIn(await ask('GET', path)),
    told: ({ act, after: { status, revision } }) => `${act} ${status} ${revision}`,
  };
}

function content(n: number) {
  const rows = ['received', 'granted', 'concluded'].flatMap((row) => [
    [`requests.${row}.natural`, n] as const,
    [`requests.${row}.total`, n] as const,
  ]);
  const { sections } = filled('2021', Object.fromEntries(rows));
  const text = { text: `第${n}次` };
  return { sections: { ...sections, overview: text, other: text }, phone: String(n) };
}

async function reportIn(response: Response): Promise<ReportWritten> {
  const none = { status: 'draft', revision: 0, published: null, whole: [], phone: '', other: '' };
  if (response.status === 404) return none;
  const report = (await response.json()) as {
    readonly status: string;
    readonly revision: number;
    readonly publishedRevision?: number;
    readonly phone: string;
    readonly sections: {
      readonly requests: Record<string, Record<string, number>>;
      readonly overview: { text: string };
      readonly other: { text: string };
    };
  };
  const { status, revision, publishedRevision, phone, sections } = report;
  const { requests, overview, other } = sections;
  const whole = [String(requests['received']?.['natural']), String(requests['concluded']?.['total']), overview.text];
  return { status, revision, published: publishedRevision ?? null, whole, phone, other: other.text };
}

interface Numbered extends Written {
  readonly n: string;
}

/** What is said of an agency: the number is in the name of its contact. */
export function agencySubject(id: string): Subject<Numbered> {
  const path = `/v1/agencies/${id}`;
  let count = 0;
  return {
    name: id,
    beginning: { n: '' },
    next: () => {
      const n = String((count += 1));
      const effects = [{ act: 'patchAgency', after: { n } }];
      return { method: 'PATCH', path, headers: overwrite, body: JSON.stringify({ contact: { name: n } }), effects };
    },
    read: async (ask) => {
      const { contact } = (await (await ask('GET', path)).json()) as { contact?: { name: string } };
      return { n: contact?.name ?? '' };
    },
    told: ({ act, after: { n } }) => `${act} ${n}`,
  };
}

/** The explanation of an error that may be waived: the number is the reason. */
export function waiverSubject(id: string): Subject<Numbered> {
  const report = `/v1/agencies/${id}/reports/${year}`;
  let count = 0;
  return {
    name: id,
    beginning: { n: '' },
    next: () => {
      const n = String((count += 1));
      const effects = [{ act: 'putWaiver', after: { n } }];
      const path = `${report}/waivers/requests.carriedIn/total`;
      return { method: 'PUT', path, headers: overwrite, body: JSON.stringify({ reason: n }), effects };
    },
    read: async (ask) => {
      const { findings } = (await (await ask('GET', `${report}/check`)).json()) as {
        findings: { rule: string; at: string; waiver?: { waived?: { reason: string } } }[];
      };
      const found = findings.find(({ rule, at }) => rule === 'requests.carriedIn' && at === 'total');
      return { n: found?.waiver?.waived?.reason ?? '' };
    },
    told: ({ act, after: { n } }) => `${act} ${n}`,
  };
}

/** Registers what the subjects are about. */
export async function register(ask: Ask, agencies: readonly string[], waived: string): Promise<void> {
  const items = [...agencies, waived].map((id) => ({ id, name: `机关${id}`, level: 'county', kind: 'department' }));
  const lastYear = { asPrinted: true, sections: { requests: { carriedOut: { total: 4 } } } };
  const requests = [
    ['PUT', '/v1/years/2020', {}],
    ['PUT', '/v1/years/2021', {}],
    ['POST', '/v1/agencies/batch', { items }],
    ['PUT', `/v1/agencies/${waived}/reports/2020`, lastYear],
    ['PUT', `/v1/agencies/${waived}/reports/2021`, content(1)],
  ] as const;
  for (const [method, path, body] of requests) {
    const response = await ask(method, path, JSON.stringify(body));
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
  }
}

/** Asks a service that may be gone before it answers. */
export function asking(url: string): Ask {
  return (method, path, body, headers) =>
    fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${adminKey}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body }),
    });
}
