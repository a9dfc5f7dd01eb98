import type { FastifyInstance } from 'fastify';
import { Type, type Static } from 'typebox';
import { dayInChina, momentFrom } from '../../domain/calendar.ts';
import { verdicts } from '../../domain/check.ts';
import type { CheckedForm } from '../../domain/compile.ts';
import { reportStatuses, type ReportInput, type ReportKey } from '../../domain/report.ts';
import type { ReadScope, ReportQuery } from '../../domain/store.ts';
import { Problem } from '../../domain/problem.ts';
import { deleteReport } from '../../operations/delete-report.ts';
import { patchReport } from '../../operations/patch-report.ts';
import { putReport } from '../../operations/put-report.ts';
import { readReport } from '../../operations/read-report.ts';
import type { Service } from '../../operations/service.ts';
import { reportTag } from '../../operations/tags.ts';
import { agencyId } from '../../schemas/agency.ts';
import { pageQuery } from '../../schemas/list.ts';
import { reportInputName, reportName, reportPatchName } from '../../schemas/report.ts';
import { yearNumber } from '../../schemas/year.ts';
import { isKnown, sendTagged, sendUnchanged, sendWritten } from '../answer.ts';
import { byEdition, validateByEdition } from '../by-edition.ts';
import { conditionHeaders } from '../headers.ts';
import { refuseOtherIdentity } from '../identity.ts';
import { narrowed } from '../auth.ts';
import { asOf, readAs } from '../moment.ts';
import { operation } from '../operation.ts';
import { pageOf, sendPage, type PageQuery } from '../page.ts';
import { otherDocumentTypes, preferredFormat, sendDocument } from './documents.ts';
import { findReport, findTarget, keyOf, whyMissing, writeOf } from '../report-target.ts';
import { yearRanges, years } from '../year-ranges.ts';
import type { Validators } from '../../schemas/validation.ts';

const tag = 'reports';
const params = Type.Object({ agencyId, year: yearNumber });

const query = Type.Object(
  {
    years,
    under: Type.Optional(Type.String({ ...agencyId, description: 'Of this agency and everything below it' })),
    agency: Type.Optional(Type.String({ ...agencyId, description: 'Of this agency' })),
    status: Type.Optional(Type.Enum([...reportStatuses], { description: 'In this status' })),
    verdict: Type.Optional(Type.Enum([...verdicts], { description: 'With this verdict' })),
    rule: Type.Optional(
      Type.String({ pattern: '^[a-z]+\\.[A-Za-z]+$', maxLength: 100, description: 'That fail this rule' }),
    ),
    overdue: Type.Optional(Type.Boolean({ description: 'Not handed in though the due date is past, or the others' })),
    updatedAfter: Type.Optional(Type.String({ format: 'date-time', description: 'Changed after this time' })),
    ...pageQuery,
  },
  { additionalProperties: false },
);

const missing = ['agency-not-found', 'year-not-found', 'report-not-found'] as const;
const refusals = [
  'precondition-failed',
  'precondition-required',
  'report-state',
  'year-not-open',
  'agency-not-there',
  'year-changed',
  'as-printed-early',
  'report-managed',
] as const;

const listReportsOperation = operation({
  id: 'listReports',
  tag,
  open: true,
  summary: 'Reports across agencies, latest year first: summaries only',
  description: 'Without a key: what has been published, as it was published.',
  query,
  answers: { 200: { $ref: 'ReportList#' }, 304: null },
});

const deleteReportOperation = operation({
  id: 'deleteReport',
  tag,
  summary: 'Remove a draft that was never handed in',
  params,
  headers: conditionHeaders,
  answers: { 204: null },
  problems: [...missing, 'precondition-failed', 'precondition-required', 'year-not-open', 'report-handed-in'],
});

/** The operations in which a whole report travels; what it looks like depends on the edition of its year. */
function wholeReportOperations({ forms }: Service) {
  const each = (nameOf: (form: CheckedForm) => string) => byEdition([...forms.values()].map(nameOf));
  const report = each(reportName);
  const input = each(reportInputName);
  return {
    get: operation({
      id: 'getReport',
      tag,
      open: true,
      summary: 'A whole report; every cell is there, blank is null',
      description:
        'Without a key: the published revision, without the people’s names and telephones. `Accept` may ask for the document instead of the data; see `getDocument`.',
      params,
      query: Type.Object({ asOf }, { additionalProperties: false }),
      otherTypes: otherDocumentTypes,
      answers: { 200: report, 304: null },
      problems: [...missing, 'report-not-yet'],
    }),
    put: operation({
      id: 'putReport',
      tag,
      summary: 'Write a whole report; what is left out is blank',
      description:
        'The first one makes a draft. Changing what exists takes If-Match; content that changes nothing needs none and makes no revision. A report with findings is stored: findings are about the report, problems about the request.',
      params,
      headers: conditionHeaders,
      body: input,
      answers: { 200: report, 201: report },
      problems: ['agency-not-found', 'year-not-found', ...refusals, 'year-without-edition'],
    }),
    patch: operation({
      id: 'patchReport',
      mergePatch: true,
      tag,
      summary: 'Change some members of a report (JSON Merge Patch)',
      description: '`null` blanks a cell, a row or a section, and removes a note or a person.',
      params,
      headers: conditionHeaders,
      body: each(reportPatchName),
      answers: { 200: report },
      problems: [...missing, ...refusals],
    }),
  };
}

/** Reports: one for an agency and a year. */
export function reportRoutes(app: FastifyInstance, service: Service, validators: Validators): void {
  const { get, put, patch } = wholeReportOperations(service);
  const { store, now } = service;
  const found = findReport(service);
  const replaces = { ...validateByEdition(validators, reportInputName), onRequest: findTarget(service) };
  const merges = { ...validateByEdition(validators, reportPatchName), onRequest: found };

  app.get('/v1/reports', listReportsOperation, async (request, reply) => {
    const today = dayInChina(now());
    const page = pageOf(request.query as PageQuery, isReportKey);
    const filters = reportQuery(request.query as Query, today);
    const under = request.scope === 'all' ? narrowed(request, filters) : filters.under;
    const found = { ...filters, ...(under !== undefined && { under }) };
    const reports = await store.reports(found, request.scope as ReadScope, page);
    return sendPage(request, reply, reports, ({ agencyId, year }) => ({ agencyId, year }));
  });

  app.get('/v1/agencies/:agencyId/reports/:year', get, async (request, reply) => {
    const format = preferredFormat(request);
    if (format !== 'json') return sendDocument(service, request, reply, format);
    const key = keyOf(request);
    const as = readAs(request);
    if (request.headers['if-none-match'] !== undefined && as.asOf === undefined) {
      const version = await store.reportVersion(key, as.scope);
      if (version && isKnown(request, reportTag(version))) return sendUnchanged(reply, reportTag(version));
    }
    const report = await readReport(service, key, as);
    if (!report) throw await whyMissing(service, request, key, as.asOf);
    return sendTagged(request, reply, report.tag, report.answer);
  });

  app.put('/v1/agencies/:agencyId/reports/:year', { ...put, ...replaces }, async (request, reply) => {
    refuseOtherIdentity(request.body, { ...keyOf(request) });
    return sendWritten(reply, await putReport(service, writeOf(request), request.body as ReportInput));
  });

  app.patch('/v1/agencies/:agencyId/reports/:year', { ...patch, ...merges }, async (request, reply) => {
    refuseOtherIdentity(request.body, { ...keyOf(request) });
    return sendWritten(reply, await patchReport(service, writeOf(request), request.body));
  });

  app.delete(
    '/v1/agencies/:agencyId/reports/:year',
    { ...deleteReportOperation, onRequest: found },
    async (request, reply) => {
      await deleteReport(service, writeOf(request));
      return reply.code(204).send();
    },
  );
}

type Query = Static<typeof query>;

/** @throws Problem `request-invalid` for a range that ends before it begins, or a time that is none. */
function reportQuery({ years, updatedAfter, limit: _, cursor: __, ...filters }: Query, today: string): ReportQuery {
  return {
    ...filters,
    today,
    ...(years !== undefined && { years: yearRanges(years) }),
    ...(updatedAfter !== undefined && { updatedAfter: timeOf(updatedAfter) }),
  };
}

function timeOf(text: string): string {
  const time = momentFrom(text);
  if (time !== undefined) return time;
  const detail = { 'zh-CN': '“{text}”不是可用的时间。', en: '“{text}” is not a time that can be used.' };
  throw new Problem('request-invalid', {
    faults: [{ in: 'query', pointer: '/updatedAfter', params: { text }, detail }],
  });
}

function isReportKey(value: unknown): value is ReportKey {
  const key = value as Partial<ReportKey> | null;
  return typeof key?.agencyId === 'string' && typeof key.year === 'number';
}
