import fc from 'fast-check';
import t from 'tap';
import type { Call, TestApp } from '../support/app.ts';
import { testApp } from '../support/app.ts';
import { holdsAfterWaiting } from '../support/property.ts';
import { wuyang, wuyangWith } from '../support/wuyang.ts';

/**
 * Random acts by random people on the reports of a small tree, against a model of the workflow that knows nothing of
 * how it is built: who may do what, in which status, and what then becomes of the report.
 */
const parentOf: Readonly<Record<string, string>> = {
  county: 'city',
  office: 'county',
  bureau: 'county',
  other: 'city',
};
const agencies = ['county', 'office', 'bureau', 'other'] as const;

interface Person {
  readonly role: 'admin' | 'collector' | 'reporter' | 'reader';
  readonly agencyId?: string;
}

const people: Readonly<Record<string, Person>> = {
  operator: { role: 'admin' },
  cityOffice: { role: 'collector', agencyId: 'city' },
  countyOffice: { role: 'collector', agencyId: 'county' },
  officeClerk: { role: 'reporter', agencyId: 'office' },
  bureauClerk: { role: 'reporter', agencyId: 'bureau' },
  countyReader: { role: 'reader', agencyId: 'county' },
};

/** What may be written: without a flaw, with blanks, with a sum that is off. */
const contents = {
  whole: (phone: string) => ({ ...wuyang, phone }),
  blank: (phone: string) => ({ ...wuyangWith({ other: { text: null } }), phone }),
  unequal: (phone: string) => ({
    ...wuyangWith({ disputes: { ...wuyang.sections['disputes'], reconsideration: upheld } }),
    phone,
  }),
};
const upheld = { upheld: 1, corrected: 0, otherOutcome: 0, pending: 0, total: 2 };

interface ModelReport {
  readonly status: 'draft' | 'submitted' | 'returned' | 'accepted' | 'published';
  readonly revision: number;
  readonly published?: number;
  readonly handedIn: boolean;
  readonly content: keyof typeof contents;
}

/** The reports there are, and whether the year is open; a published report is known to everybody. */
interface Model {
  readonly reports: Map<string, ModelReport>;
  open: boolean;
  phone: number;
}

interface Real extends Pick<TestApp, 'call' | 'anonymous'> {
  readonly as: Readonly<Record<string, Call>>;
}

type Where = 'own' | 'below' | 'outside';

function where({ agencyId: root }: Person, agency: string): Where {
  if (root === undefined) return 'below';
  if (root === agency) return 'own';
  for (let id: string | undefined = agency; id !== undefined; id = parentOf[id]) if (id === root) return 'below';
  return 'outside';
}

const steps = ['submit', 'return', 'accept', 'publish', 'reopen'] as const;
type Act = (typeof steps)[number] | 'put' | 'delete';

/** Who may, in plain words of the design: reporters write and submit their own; offices do everything below them. */
function mayDo(person: Person, agency: string, act: Act): boolean {
  const place = where(person, agency);
  const writes = act === 'put' || act === 'delete' || act === 'submit';
  if (place === 'outside' || person.role === 'reader') return false;
  if (person.role === 'reporter') return writes && place === 'own';
  return writes || place === 'below';
}

const from: Readonly<Record<Exclude<Act, 'put' | 'delete'>, readonly string[]>> = {
  submit: ['draft', 'returned'],
  return: ['submitted', 'accepted'],
  accept: ['submitted'],
  publish: ['accepted'],
  reopen: ['published'],
};

function expectedStatus(model: Model, person: Person, agency: string, act: Act): number {
  const report = model.reports.get(agency);
  if (!mayDo(person, agency, act))
    return where(person, agency) === 'outside' && report?.published === undefined ? 404 : 403;
  if (!report) return act === 'put' ? (mayWrite(model, person) ? 201 : 409) : 404;
  if (!mayWrite(model, person)) return 409;
  if (act === 'put') return ['draft', 'returned'].includes(report.status) ? 200 : 409;
  if (act === 'delete') return report.status === 'draft' && !report.handedIn ? 204 : 409;
  if (!from[act].includes(report.status)) return 409;
  return ['submit', 'accept', 'publish'].includes(act) && report.content !== 'whole' ? 409 : 200;
}

/** A year that is closed is for the office. */
function mayWrite({ open }: Model, { role }: Person): boolean {
  return open || role !== 'reporter';
}

function after(report: ModelReport | undefined, act: Act, content: keyof typeof contents): ModelReport | undefined {
  if (act === 'put') {
    const { status = 'draft', revision = 0, ...rest } = report ?? { handedIn: false };
    return { ...rest, status, revision: revision + 1, content };
  }
  if (!report || act === 'delete') return undefined;
  switch (act) {
    case 'submit':
      return { ...report, status: 'submitted', handedIn: true };
    case 'return':
      return { ...report, status: 'returned' };
    case 'accept':
      return { ...report, status: 'accepted' };
    case 'publish':
      return { ...report, status: 'published', published: report.revision };
    case 'reopen':
      return { ...report, status: 'draft', revision: report.revision + 1 };
  }
}

class ActCommand implements fc.AsyncCommand<Model, Real> {
  readonly #person: string;
  readonly #agency: string;
  readonly #act: Act;
  readonly #content: keyof typeof contents;

  constructor(person: string, agency: string, act: Act, content: keyof typeof contents) {
    this.#person = person;
    this.#agency = agency;
    this.#act = act;
    this.#content = content;
  }

  check(): boolean {
    return true;
  }

  async run(model: Model, real: Real): Promise<void> {
    const [agency, act] = [this.#agency, this.#act];
    const expected = expectedStatus(model, people[this.#person] as Person, agency, act);
    const before = await real.call('GET', url(agency));
    const response = await this.#send(model, real.as[this.#person] as Call);
    if (response.statusCode !== expected)
      throw new Error(`${this.toString()}: ${response.statusCode} ${response.body}, not ${expected}`);
    if (expected >= 300) {
      const now = await real.call('GET', url(agency));
      if (now.body !== before.body) throw new Error(`${this.toString()}: refused, but something changed`);
      return;
    }
    const next = after(model.reports.get(agency), act, this.#content);
    if (next) model.reports.set(agency, next);
    else model.reports.delete(agency);
    await agrees(model, real, agency);
  }

  async #send(model: Model, as: Call) {
    const act = this.#act;
    if (act === 'put') {
      return as('PUT', url(this.#agency), contents[this.#content](String((model.phone += 1))), { 'if-match': '*' });
    }
    if (act === 'delete') return as('DELETE', url(this.#agency), undefined, { 'if-match': '*' });
    const back = act === 'return' || act === 'reopen';
    return as('POST', `${url(this.#agency)}/${act}`, back ? { reason: '请核对' } : {});
  }

  toString(): string {
    return `${this.#person} ${this.#act} ${this.#agency} (${this.#content})`;
  }
}

class OpenOrClose implements fc.AsyncCommand<Model, Real> {
  check(): boolean {
    return true;
  }

  async run(model: Model, { call }: Real): Promise<void> {
    model.open = !model.open;
    await call('PATCH', '/v1/years/2021', { status: model.open ? 'open' : 'closed' });
  }

  toString(): string {
    return 'open or close the year';
  }
}

/** What is read agrees with the model: the operator's report, the public's, and the lists. */
async function agrees(model: Model, { call, anonymous }: Real, agency: string): Promise<void> {
  const report = model.reports.get(agency);
  const read = await call('GET', url(agency));
  const open = await anonymous('GET', url(agency));
  const told = read.statusCode === 200 ? read.json<Record<string, unknown>>() : {};
  const pairs = [
    [told['status'], report?.status],
    [told['revision'], report?.revision],
    [told['publishedRevision'], report?.published],
    [open.statusCode, report?.published === undefined ? 401 : 200],
    [open.json<{ revision?: number }>().revision, report?.published],
  ];
  for (const [is, should] of pairs) {
    if (is !== should) throw new Error(`${agency}: ${String(is)}, not ${String(should)} (${JSON.stringify(report)})`);
  }
}

function url(agency: string): string {
  return `/v1/agencies/${agency}/reports/2021`;
}

const act = fc
  .tuple(
    fc.constantFrom(...Object.keys(people)),
    fc.constantFrom(...agencies),
    fc.constantFrom<Act>(...steps, 'put', 'put', 'submit', 'accept', 'publish', 'delete'),
    fc.constantFrom<keyof typeof contents>('whole', 'whole', 'whole', 'blank', 'unequal'),
  )
  .map((parts) => new ActCommand(...parts));
const commands = fc.commands([act, act, act, act, act, act, act, act, act, fc.constant(new OpenOrClose())], {
  maxCommands: 60,
});

await t.test('whatever anybody does, reports are as the workflow has them', async (t) => {
  const property = fc.asyncProperty(commands, async (sequence) => {
    const closing: (() => unknown)[] = [];
    const app = await testApp({ teardown: (close: () => unknown) => void closing.push(close) });
    try {
      await app.call('PUT', '/v1/years/2021', {});
      for (const [id, kind] of [
        ['city', 'government'],
        ['county', 'government'],
        ['office', 'office'],
        ['bureau', 'department'],
        ['other', 'department'],
      ]) {
        const parentId = parentOf[id as string];
        const agency = {
          name: `机关${id}`,
          level: 'county',
          kind,
          consolidates: false,
          ...(parentId !== undefined && { parentId }),
        };
        await app.call('PUT', `/v1/agencies/${id}`, agency);
      }
      const as: Record<string, Call> = {};
      for (const [name, person] of Object.entries(people)) as[name] = await app.as(person.role, person.agencyId);
      const setup = () => ({ model: { reports: new Map(), open: true, phone: 0 }, real: { ...app, as } });
      await fc.asyncModelRun(setup, sequence);
    } finally {
      for (const close of closing) await close();
    }
  });
  await holdsAfterWaiting(t, property, { numRuns: 25 });
});
