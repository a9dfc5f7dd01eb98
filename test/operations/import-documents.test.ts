import t, { type Test } from 'tap';
import type { DocumentReading } from '../../src/documents/reading.ts';
import { DocumentRefused } from '../../src/documents/refusal.ts';
import type { ReportContent, ReportKey } from '../../src/domain/report.ts';
import type { Store } from '../../src/domain/store.ts';
import type { ImportedDocument } from '../../src/operations/import-document.ts';
import { openStore } from '../../src/sqlite/store.ts';
import { importReading, importReadings, leftFor, readingWith, serviceAt, without } from '../support/imports.ts';
import { formOf } from '../support/forms.ts';
import { removeReport, saveAgencies, saveReport, saveYears, testDeed } from '../support/store.ts';

const inTime = '2023-01-10T08:00:00.000Z';
const afterwards = '2023-06-10T08:00:00.000Z';
const key: ReportKey = { agencyId: 'a', year: 2022 };

const hybrid = ['requests.closedNotCorrected', 'requests.closedFeeUnpaid'].flatMap((row) =>
  ['natural', 'business', 'research', 'welfare', 'legal', 'otherOrg', 'total'].map((column) => `${row}.${column}`),
);

async function testStore(t: Test): Promise<Store> {
  const store = openStore(':memory:');
  t.teardown(() => store.close());
  await saveAgencies(store, { a: { name: '甲局' }, b: { name: '乙局' }, c: { name: '丙局' } });
  await saveYears(store, 2020, 2022);
  return store;
}

async function testService(t: Test, now = inTime) {
  return serviceAt(await testStore(t), now);
}

/** The content of a stored report. */
async function contentOf(store: Store, at = key): Promise<ReportContent | undefined> {
  return store.changeReport(at, ({ report }) => ({
    result: () => report && (JSON.parse(report.content) as ReportContent),
  }));
}

await t.test('a document that leaves nothing to decide becomes the agency’s draft', async (t) => {
  const service = await testService(t);
  const { agency, year, edition, committed, left, check } = await importReading(service, readingWith('2021'));
  t.same(agency, { name: '甲局', agencyId: 'a', candidates: [] });
  t.match({ year, edition }, { year: 2022, edition: '2021' });
  t.same(committed, { ...key, revision: 1, asPrinted: false, outcome: 'created' });
  t.equal(left, undefined);
  t.equal(check?.year, 2022);
  t.match(await contentOf(service.store), { asPrinted: false, sections: { disclosure: { fees: { amount: 0 } } } });
});

await t.test('after its time to publish it comes in as printed', async (t) => {
  const service = await testService(t, afterwards);
  const { committed } = await importReading(service, readingWith('2021'));
  t.match(committed, { asPrinted: true, outcome: 'created' });
  t.match(await contentOf(service.store), { asPrinted: true });
});

await t.test('without commit nothing is stored', async (t) => {
  const service = await testService(t);
  const { agency, committed, left } = await importReading(service, readingWith('2021'), { commit: false });
  t.equal(agency.agencyId, 'a');
  t.same([committed, left], [undefined, undefined]);
  t.equal(await contentOf(service.store), undefined);
});

await t.test('whatever needs a decision keeps a document from being written, and every reason is told', async (t) => {
  const service = await testService(t);
  const cell = 'requests.received.natural';
  const unread = (reason: DocumentReading['unread'][number]['reason'], text = '1?') => ({
    unread: [{ reason, text, where: {} }],
  });
  const cases: readonly [string, DocumentReading, readonly string[]][] = [
    ['a short name', readingWith('2021', {}, { agencyName: '局' }), ['agency-uncertain']],
    ['no year', withoutMember(readingWith('2021'), 'year'), ['year-unknown']],
    ['a year nobody registered', readingWith('2021', {}, { year: 2023 }), ['year-not-registered']],
    ['a year without a form', readingWith('2021', {}, { year: 1999 }), ['year-not-registered']],
    ['tables of another edition', readingWith('2019', {}, { year: 2022 }), ['other-edition']],
    ['no tables', { ...withoutMember(readingWith('2021'), 'edition'), sections: {}, provenance: {} }, ['no-tables']],
    ['no figure in a cell', readingWith('2021', {}, unread('not-a-figure')), ['unread']],
    ['a figure of another edition', readingWith('2021', {}, unread('other-edition')), ['unread']],
    ['a cell that is not there', without(readingWith('2021'), cell), ['not-printed']],
    ['a blank', readingWith('2021', { [cell]: null }), ['blank']],
    ['content nobody may write', readingWith('2021', { [cell]: -1 }), ['content-refused']],
    ['a note of two lines', readingWith('2021', {}, { notes: { [cell]: '注\n释' } }), ['content-refused']],
    [
      'everything at once',
      readingWith('2021', { [cell]: null }, { agencyName: '局', year: 2023, ...unread('conflict') }),
      ['agency-uncertain', 'year-not-registered', 'unread', 'blank'],
    ],
  ];
  for (const [name, reading, codes] of cases) {
    const document = await importReading(service, reading, { name });
    t.same(leftFor(document), codes, name);
    t.equal(document.committed, undefined);
    for (const { detail } of document.left ?? []) t.notMatch(detail, /\{\w+\}/, 'no placeholder is left unfilled');
  }
  t.equal(await contentOf(service.store), undefined);
});

await t.test('text outside the sections keeps nobody from writing', async (t) => {
  const service = await testService(t);
  const reading = readingWith('2021', {}, { unread: [{ reason: 'outside', text: '版权所有', where: { line: 9 } }] });
  const { committed, unread } = await importReading(service, reading);
  t.equal(committed?.outcome, 'created');
  t.match(unread, [{ text: '版权所有', where: { line: 9 }, detail: /不属于/ }]);
});

await t.test('cells printed blank are 0 where a person says so, those not read never', async (t) => {
  const service = await testService(t);
  const [printed, unread] = ['requests.received.natural', 'requests.received.business'];
  const blank = readingWith('2021', { [printed]: null });
  const row = (document: ImportedDocument) => (document.sections['requests'] as Record<string, unknown>)['received'];
  const half = await importReading(service, without(blank, unread), { blanksAreZero: true, name: 'half' });
  t.same(leftFor(half), ['not-printed']);
  t.match(row(half), { business: null });
  const document = await importReading(service, blank, { blanksAreZero: true });
  t.match(document, { blanksTakenForZero: 1, committed: { outcome: 'created' } });
  t.match(row(document), { natural: 0 });
  t.equal(document.provenance[printed]?.state, 'blank', 'and it is told what was printed');
  t.match(await contentOf(service.store), { sections: { requests: { received: { natural: 0 } } } });
});

await t.test('a blank that the sums contradict is not 0, whatever a person says', async (t) => {
  const service = await testService(t);
  const received = (cells: Readonly<Record<string, number | null>>) =>
    readingWith(
      '2021',
      Object.fromEntries(Object.entries(cells).map(([to, figure]) => [`requests.received.${to}`, figure])),
    );
  const blankTotal = received({ natural: 2, business: null, total: null });
  const document = await importReading(service, blankTotal, { blanksAreZero: true, name: 'total' });
  t.same(leftFor(document), ['blank-not-zero']);
  t.match(document, { blanksTakenForZero: 1, sections: { requests: { received: { business: 0, total: null } } } });
  const blankPart = received({ natural: 2, business: null, total: 5 });
  const other = await importReading(service, blankPart, { blanksAreZero: true, name: 'part' });
  t.same(leftFor(other), ['blank-not-zero']);
  t.match(other, { blanksTakenForZero: 0, sections: { requests: { received: { business: null } } } });
});

await t.test('an empty form is no report of zeros', async (t) => {
  const service = await testService(t);
  const empty = readingWith('2021', Object.fromEntries(formOf('2021').cells.map(({ address }) => [address, null])));
  t.same(leftFor(await importReading(service, empty, { blanksAreZero: true })), ['no-figures']);
  t.equal(await contentOf(service.store), undefined);
});

await t.test('rows an older form does not have stay blank where a report prints that form’s rows', async (t) => {
  const service = await testService(t);
  const reading = without(readingWith('2021', {}, { otherEditions: { requests: '2019' } }), ...hybrid);
  const notFound = hybrid.map((cell) => ({ reason: 'not-found' as const, cell, text: '', where: {} }));
  const { committed } = await importReading(service, { ...reading, unread: notFound }, { blanksAreZero: true });
  t.equal(committed?.outcome, 'created');
  t.match(await contentOf(service.store), { sections: { requests: { closedFeeUnpaid: { total: null } } } });
  const gap = without(reading, 'requests.granted.total');
  const notAll = await importReading(service, gap, { name: 'gap' });
  t.same(leftFor(notAll), ['not-printed'], 'a row that form does have is missed');
  const whole = without(readingWith('2021'), ...hybrid);
  t.same(leftFor(await importReading(service, whole, { name: 'whole' })), ['not-printed'], 'and nowhere else');
});

await t.test('a person’s word is taken for agency and year', async (t) => {
  const service = await testService(t);
  const nameless = withoutMember(withoutMember(readingWith('2021'), 'agencyName'), 'year');
  const document = await importReading(service, nameless, { agencyId: 'b', year: 2022 });
  t.match(document, { agency: { name: null, agencyId: 'b' }, year: 2022, committed: { agencyId: 'b', year: 2022 } });
  await t.rejects(importReading(service, nameless, { agencyId: 'nobody' }), { code: 'agency-not-found' });
});

await t.test('the same bytes are written once', async (t) => {
  const service = await testService(t);
  await importReading(service, readingWith('2021'));
  const again = await importReading(service, readingWith('2021'));
  t.same(again.repeats, { ...key, importedAt: inTime });
  t.same(leftFor(again), ['repeated']);
  const elsewhere = await importReading(service, readingWith('2021'), { agencyId: 'b' });
  t.match(elsewhere, { repeats: key, committed: { agencyId: 'b' } }, 'for whom they were meant, they are written');
  await removeReport(service.store, key);
  await removeReport(service.store, { agencyId: 'b', year: 2022 });
  const anew = await importReading(service, readingWith('2021'));
  t.match(anew, { repeats: undefined, committed: { outcome: 'created' } }, 'and once more when it is gone');
});

await t.test('a corrected file replaces what its first version wrote', async (t) => {
  const service = await testService(t);
  await importReading(service, readingWith('2021'));
  const corrected = readingWith('2021', { 'disclosure.fees.amount': 1.5 });
  const { committed } = await importReading(service, corrected, { name: 'corrected.docx' });
  t.match(committed, { revision: 2, outcome: 'updated' });
  const other = await importReading(service, corrected, { name: 'the same as.pdf' });
  t.match(other.committed, { revision: 2, outcome: 'unchanged' }, 'another file that says the same changes nothing');
});

await t.test('what a person wrote is not overwritten', async (t) => {
  const service = await testService(t);
  await saveReport(service.store, key, { zeroReport: true }, inTime);
  t.same(leftFor(await importReading(service, readingWith('2021'))), ['report-exists']);
  await removeReport(service.store, key);
  await importReading(service, readingWith('2021'), { name: 'first' });
  await saveReport(service.store, key, { zeroReport: true }, inTime);
  const later = await importReading(service, readingWith('2021'), { name: 'second' });
  t.same(leftFor(later), ['report-exists'], 'nor what a person changed of an import');
  t.match(await contentOf(service.store), { zeroReport: true });
});

await t.test('a report that was handed in is left as it is', async (t) => {
  const service = await testService(t);
  await importReading(service, readingWith('2021'));
  await service.store.changeReport(key, ({ report }) => ({
    ...(report && { write: { ...report, status: 'submitted' as const }, deed: testDeed }),
    result: () => undefined,
  }));
  const corrected = readingWith('2021', { 'disclosure.fees.amount': 1 });
  t.same(leftFor(await importReading(service, corrected, { name: 'corrected' })), ['report-state']);
});

await t.test('two documents of one import do not replace each other', async (t) => {
  const service = await testService(t);
  const outcomes = await importReadings(service, {
    'a.docx': readingWith('2021'),
    'a.pdf': readingWith('2021', { 'disclosure.fees.amount': 1 }),
    'b.docx': readingWith('2021', {}, { agencyName: '乙局' }),
  });
  const documents = outcomes as ImportedDocument[];
  t.same(
    documents.map(({ committed }) => committed?.agencyId),
    ['a', undefined, 'b'],
  );
  t.same(leftFor(documents[1] as ImportedDocument), ['report-exists']);
});

await t.test('a document that cannot be read loses nobody else’s', async (t) => {
  const service = await testService(t);
  const words = { 'zh-CN': '文件已加密。', en: 'It is encrypted.' };
  const readings: Record<string, () => DocumentReading> = {
    'first.docx': () => readingWith('2021'),
    'secret.pdf': () => {
      throw new DocumentRefused('encrypted', words);
    },
    'broken.pdf': () => {
      throw new TypeError('a slip');
    },
    'last.docx': () => readingWith('2021', {}, { agencyName: '乙局' }),
  };
  const read = async ({ name }: { name: string }) => (readings[name] as () => DocumentReading)();
  const files = Object.fromEntries(Object.keys(readings).map((name) => [name, readingWith('2021')]));
  t.match(await importReadings(service, files, { read }), [
    { committed: { agencyId: 'a' } },
    { name: 'secret.pdf', reason: 'encrypted', problem: { code: 'document-refused', params: { reason: words } } },
    { name: 'broken.pdf', problem: { code: 'document-reading-failed', cause: { message: 'a slip' } } },
    { committed: { agencyId: 'b' } },
  ]);
});

await t.test('whoever goes away stops it', async (t) => {
  const service = await testService(t);
  const client = new AbortController();
  const readings = { a: readingWith('2021'), b: readingWith('2021', {}, { agencyName: '乙局' }) };
  const read = async ({ name }: { name: string }) => {
    if (name === 'b') client.abort();
    return readings[name as 'a'];
  };
  await t.rejects(importReadings(service, readings, { read, signal: client.signal }), { name: 'AbortError' });
  t.equal(await contentOf(service.store, { agencyId: 'b', year: 2022 }), undefined);
});

await t.test('subtotals the document states are checked', async (t) => {
  const service = await testService(t);
  const stated = { statedSubtotals: { 'requests.refused.total': 3 } };
  const { check } = await importReading(service, readingWith('2021', {}, stated));
  t.match(
    check?.findings.filter(({ rule }) => rule === 'requests.subtotals'),
    [{ left: 3, right: 0 }],
  );
});

await t.test('reasons are told in the language asked for', async (t) => {
  const service = await testService(t);
  const { left } = await importReading(service, readingWith('2021', { 'disclosure.fees.amount': null }), {
    language: 'en',
  });
  t.match(left, [{ code: 'blank', detail: /^Cells printed blank: 1 \(/ }]);
});

function withoutMember<Member extends keyof DocumentReading>(
  reading: DocumentReading,
  member: Member,
): Omit<DocumentReading, Member> {
  const { [member]: _, ...rest } = reading;
  return rest;
}
