import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Agency } from '../domain/agency.ts';
import type { CheckedForm } from '../domain/compile.ts';
import { Problem } from '../domain/problem.ts';
import type { ReportKey } from '../domain/report.ts';
import type { ReadScope } from '../domain/store.ts';
import { editionOf } from '../domain/year.ts';
import type { ReportWrite } from '../operations/change-report.ts';
import { formOf, type Service } from '../operations/service.ts';
import { conditionsOf } from './answer.ts';
import { orderOf } from './auth.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The form of the report a write is about, known before its body is read. */
    form: CheckedForm | undefined;
  }
}

interface ReportParams {
  readonly agencyId: string;
  readonly year: number | string;
}

/** The report an address names. */
export function keyOf(request: FastifyRequest): ReportKey {
  const { agencyId, year } = request.params as ReportParams;
  return { agencyId, year: Number(year) };
}

/** What a write to a report comes with besides its body. */
export function writeOf(request: FastifyRequest): ReportWrite {
  const edition = targetForm(request).edition.id;
  return { key: keyOf(request), conditions: conditionsOf(request), edition, ...orderOf(request) };
}

/** The form of the report a write is about, found by `findTarget`. */
export function targetForm({ form }: FastifyRequest): CheckedForm {
  if (!form) throw new Error('the route has no target: findTarget did not run');
  return form;
}

/** Lets routes that write to reports find out what they write to before the body is read. */
export function decorateTarget(app: FastifyInstance): void {
  app.decorateRequest('form', undefined);
}

/**
 * A hook for the write that may make a report: finds the agency, the year and with it the form. What is not there is
 * said before the body is looked at.
 *
 * @throws Problem see `targetOf`.
 */
export function findTarget(service: Service) {
  return async (request: FastifyRequest): Promise<void> => {
    request.form = (await targetOf(service, keyOf(request))).form;
  };
}

/** Whose report it is or would be, and on which form. */
export interface ReportTarget {
  readonly agency: Agency;
  readonly form: CheckedForm;
}

/**
 * What a report that is there, or may be made, is written to.
 *
 * @throws Problem `agency-not-found`, `year-not-found`; `year-without-edition` where no form could ever be.
 */
export async function targetOf(service: Service, { agencyId, year }: ReportKey): Promise<ReportTarget> {
  const { store, editions } = service;
  const agency = await store.agency(agencyId);
  if (!agency) throw new Problem('agency-not-found', { params: { agencyId } });
  const registered = await store.year(year);
  if (registered) return { agency, form: formOf(service, registered.edition) };
  editionOf(year, editions);
  throw new Problem('year-not-found', { params: { year } });
}

/**
 * A hook for writes to a report that is there, and its form.
 *
 * @throws Problem `agency-not-found`, `year-not-found`, `report-not-found`.
 */
export function findReport(service: Service) {
  return async (request: FastifyRequest): Promise<void> => {
    const key = keyOf(request);
    const [report, year] = [await service.store.reportVersion(key, 'all'), await service.store.year(key.year)];
    if (!report || !year) throw await whyMissing(service, request, key);
    request.form = formOf(service, year.edition);
  };
}

/**
 * Why there is no report to read: the agency, the year or the report itself, or that it was not there as of a time.
 * Without a key it is not told whether there is a draft.
 */
export async function whyMissing(
  { store }: Service,
  request: FastifyRequest,
  key: ReportKey,
  asOf?: string,
): Promise<Problem> {
  const { agencyId, year } = key;
  if (asOf !== undefined && (await store.reportVersion(key, request.scope as ReadScope))) {
    return new Problem('report-not-yet', { params: { ...key, asOf } });
  }
  if (!request.principal) return new Problem('key-missing');
  if (request.scope !== 'all') return new Problem('report-not-found', { params: { ...key } });
  if (!(await store.agency(agencyId))) return new Problem('agency-not-found', { params: { agencyId } });
  if (!(await store.year(year))) return new Problem('year-not-found', { params: { year } });
  return new Problem('report-not-found', { params: { ...key } });
}
