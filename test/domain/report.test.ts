import t from 'tap';
import { agencyFrom } from '../../src/domain/agency.ts';
import { revise } from '../../src/domain/judge.ts';
import {
  contentFrom,
  publish,
  reportAnswer,
  type ReportInput,
  type ReportState,
  writtenContent,
} from '../../src/domain/report.ts';
import { formOf, rulebook } from '../support/forms.ts';
import { alone } from '../support/neighbours.ts';

const form = formOf('2021');
const key = { agencyId: 'wuyang-office', year: 2021 };
const monday = '2022-01-10T08:00:00.000Z';
const tuesday = '2022-01-11T08:00:00.000Z';

const input: ReportInput = {
  preparedBy: '填报人',
  reviewedBy: '审核人',
  phone: '0395-1234567',
  preparedOn: '2022-01-09',
  publishedUrl: 'https://example.org/2021',
  zeroReport: false,
  notes: { 'disclosure.normativeDocuments.issued': '其中修订2件', 'requests.granted.natural': '注' },
  sections: {
    overview: { text: '总体情况' },
    disclosure: { normativeDocuments: { issued: 10, repealed: 2, inForce: 190 }, fees: { amount: 0.000001 } },
    requests: { received: { natural: 2, total: 2 }, granted: { natural: 2 } },
  },
};

const agency = agencyFrom(key.agencyId, { name: '舞阳县人民政府办公室', level: 'county', kind: 'office' });
const around = { forms: rulebook.forms, form, agency, neighbours: alone, nameOf: () => undefined };

function written(stored: ReportState | undefined, input: ReportInput, now: string): ReportState {
  const next = revise(around, key, stored, writtenContent(form, input), now);
  if (!next) throw new Error('the report was not changed');
  return next;
}

await t.test('equal reports have equal content, whatever the order of their members', async (t) => {
  const { content } = contentFrom(form, input);
  t.equal(JSON.stringify(contentFrom(form, backwards(input) as ReportInput).content), JSON.stringify(content));
  t.notSame(JSON.stringify(backwards(input)), JSON.stringify(input), 'the order was another');
});

await t.test('what is left out and what is null are the same blank', async (t) => {
  const blank = contentFrom(form, { sections: {} }).content;
  const nulls = { overview: null, disclosure: null, requests: { granted: null, received: { natural: null } } };
  t.strictSame(contentFrom(form, { sections: nulls }).content, blank);
  t.strictSame(contentFrom(form, { sections: { overview: { text: null } } }).content, blank);
  t.strictSame(contentFrom(form, {}).content, blank);
});

await t.test('content holds every section, every cell, and what was given of the rest', async (t) => {
  const { content } = contentFrom(form, input);
  t.same(
    Object.keys(content.sections),
    form.edition.sections.map(({ key }) => key),
  );
  t.strictSame(content.sections['disclosure'], {
    regulations: { issued: null, repealed: null, inForce: null },
    normativeDocuments: { issued: 10, repealed: 2, inForce: 190 },
    licences: { decisions: null },
    penalties: { decisions: null },
    coercion: { decisions: null },
    fees: { amount: 0.000001 },
  });
  t.match(content, { preparedBy: '填报人', notes: input.notes ?? {}, zeroReport: false, asPrinted: false });
  t.notOk('phone' in contentFrom(form, {}).content, 'a member not given is not there');
});

await t.test('content written again is the same content', async (t) => {
  const { content } = contentFrom(form, input);
  t.equal(JSON.stringify(contentFrom(form, content).content), JSON.stringify(content));
});

await t.test('-0 is 0', async (t) => {
  const zero = (fee: number, granted: number) =>
    contentFrom(form, {
      sections: { disclosure: { fees: { amount: fee } }, requests: { granted: { total: granted } } },
    });
  t.ok(Object.is(zero(-0, -0).content.sections['requests']?.['granted' as never]?.['total' as never], 0));
  t.strictSame(new Uint8Array(zero(-0, -0).figures.buffer), new Uint8Array(zero(0, 0).figures.buffer));
});

await t.test('the first content makes a draft, the next a revision of it', async (t) => {
  const first = written(undefined, input, monday);
  t.match(first, { ...key, edition: '2021', status: 'draft', revision: 1, version: 1, updatedAt: monday });
  const second = written(first, { ...input, phone: '1' }, tuesday);
  t.match(second, { ...key, status: 'draft', revision: 2, version: 2, updatedAt: tuesday });
  t.equal(first.revision, 1, 'and leaves the first as it was');
});

await t.test('content that changes nothing makes no revision', async (t) => {
  const stored = written(undefined, input, monday);
  t.equal(revise(around, key, stored, writtenContent(form, input), tuesday), undefined);
  t.equal(revise(around, key, stored, writtenContent(form, backwards(input) as ReportInput), tuesday), undefined);
});

await t.test('any change makes one', async (t) => {
  const stored = written(undefined, input, monday);
  const changes: readonly ReportInput[] = [
    { ...input, zeroReport: true },
    { ...input, asPrinted: true },
    { ...input, notes: {} },
    { ...input, preparedBy: '别人' },
    { ...input, sections: { ...input.sections, other: { text: '无' } } },
    { ...input, sections: { ...input.sections, disclosure: { fees: { amount: 0.000002 } } } },
    { ...input, sections: { ...input.sections, disputes: { reconsideration: { upheld: 0 } } } },
  ];
  for (const change of changes)
    t.equal(revise(around, key, stored, writtenContent(form, change), tuesday)?.revision, 2);
});

await t.test('the answer is the head and the content, in one JSON', async (t) => {
  const stored = written(undefined, input, monday);
  t.strictSame(JSON.parse(reportAnswer(stored)), {
    ...key,
    edition: '2021',
    status: 'draft',
    revision: 1,
    verdict: 'incomplete',
    updatedAt: monday,
    ...contentFrom(form, input).content,
  });
});

await t.test('a verdict follows the content', async (t) => {
  const sections = {
    ...input.sections,
    requests: { granted: { natural: 0, business: 0, research: 0, welfare: 0, legal: 0 } },
  };
  const wrong = { ...sections.requests.granted, otherOrg: 0, total: 2 };
  t.equal(written(undefined, input, monday).assessment.verdict, 'incomplete');
  const stored = written(undefined, { sections: { ...sections, requests: { granted: wrong } } }, monday);
  t.equal(stored.assessment.verdict, 'inconsistent');
  t.same(stored.assessment.failed, ['requests.applicants', 'report.complete', 'report.narratives']);
});

await t.test('publishing tells everything but the people', async (t) => {
  const stored = written(undefined, input, monday);
  const published = publish(stored, tuesday);
  t.match(published, { status: 'published', revision: 1, publishedRevision: 1, version: 2, publishedAt: tuesday });
  const { preparedBy, reviewedBy, phone, preparedOn, ...open } = JSON.parse(reportAnswer(published)) as Record<
    string,
    unknown
  >;
  t.same([preparedBy, reviewedBy, phone, preparedOn], ['填报人', '审核人', '0395-1234567', '2022-01-09']);
  t.strictSame(JSON.parse(published.publishedAnswer ?? ''), open);
  t.notMatch(published.publishedAnswer, /填报人|审核人|1234567|2022-01-09/);
  t.match(open, { status: 'published', publishedUrl: 'https://example.org/2021' });
});

await t.test('a correction after publishing leaves what was published as it was', async (t) => {
  const published = publish(written(undefined, input, monday), monday);
  const corrected = written(published, { ...input, zeroReport: true }, tuesday);
  t.match(corrected, { revision: 2, publishedRevision: 1, version: 3 });
  t.equal(corrected.publishedAnswer, published.publishedAnswer);
  t.match(publish(corrected, tuesday), { publishedRevision: 2, version: 4 }, 'until it is published itself');
});

/** The same value with the members of every object in reverse. */
function backwards(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, backwards(member)]),
  );
}
