import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { refuseUnknownSection, sectionOfAnswer, type SectionWrite } from '../../operations/change-section.ts';
import { deleteSection } from '../../operations/delete-section.ts';
import { patchSection } from '../../operations/patch-section.ts';
import { putSection } from '../../operations/put-section.ts';
import { readReport } from '../../operations/read-report.ts';
import type { Service } from '../../operations/service.ts';
import { agencyId } from '../../schemas/agency.ts';
import { sectionComponent, type Direction } from '../../schemas/section-of.ts';
import { yearNumber } from '../../schemas/year.ts';
import { sendTagged, sendWritten } from '../answer.ts';
import { bodyCheckedLater, byEdition } from '../by-edition.ts';
import { conditionHeaders } from '../headers.ts';
import { asOf, readAs } from '../moment.ts';
import { operation } from '../operation.ts';
import { findReport, keyOf, targetForm, whyMissing, writeOf } from '../report-target.ts';
import { validateBody, type Validators } from '../../schemas/validation.ts';

const tag = 'sections';

const path = '/v1/agencies/:agencyId/reports/:year/sections/:section';

/** The section operations; which sections there are is for the forms to say. */
function operations({ forms }: Service) {
  const keys = [...forms.values()].flatMap(({ edition }) => edition.sections.map(({ key }) => key));
  const section = Type.String({ maxLength: 50, description: [...new Set(keys)].map((key) => `\`${key}\``).join(' ') });
  const params = Type.Object({ agencyId, year: yearNumber, section });
  const components = (direction: Direction) =>
    byEdition(
      [...forms.values()].flatMap((form) => form.edition.sections.map((one) => sectionComponent(form, one, direction))),
    );
  const missing = ['agency-not-found', 'year-not-found', 'report-not-found', 'section-not-found'] as const;
  const common = { tag, params, problems: missing };
  const conditional = {
    ...common,
    headers: conditionHeaders,
    problems: [
      ...missing,
      'precondition-failed',
      'precondition-required',
      'report-state',
      'year-not-open',
      'agency-not-there',
      'year-changed',
    ] as const,
  };
  return {
    get: operation({
      ...common,
      id: 'getSection',
      open: true,
      summary: 'One section of a report',
      query: Type.Object({ asOf }, { additionalProperties: false }),
      problems: [...missing, 'report-not-yet'],
      answers: { 200: components('read'), 304: null },
    }),
    put: operation({
      ...conditional,
      id: 'putSection',
      summary: 'Write one section; what is left out is blank',
      description: 'If-Match takes the ETag of the section, so that two people may fill in two sections.',
      body: components('write'),
      answers: { 200: components('read') },
    }),
    patch: operation({
      ...conditional,
      id: 'patchSection',
      mergePatch: true,
      summary: 'Change some members of a section (JSON Merge Patch)',
      description: '`null` blanks a cell or a row.',
      body: components('write'),
      answers: { 200: components('read') },
    }),
    delete: operation({ ...conditional, id: 'deleteSection', summary: 'Blank a section', answers: { 204: null } }),
  };
}

/** Sections have addresses of their own under their report. */
export function sectionRoutes(app: FastifyInstance, service: Service, validators: Validators): void {
  const { get, put, patch, delete: remove } = operations(service);
  const target = [findReport(service), findSection];
  const body = { ...bodyCheckedLater(validators), preHandler: validateSection(validators), onRequest: target };

  app.get(path, get, async (request, reply) => {
    const key = keyOf(request);
    const as = readAs(request);
    const report = await readReport(service, key, as);
    if (!report) throw await whyMissing(service, request, key, as.asOf);
    const { resource, tag } = sectionOfAnswer(Buffer.from(report.answer).toString(), sectionKey(request));
    return sendTagged(request, reply, tag, resource);
  });

  app.put(path, { ...put, ...body }, async (request, reply) =>
    sendWritten(reply, await putSection(service, sectionWrite(request), request.body)),
  );

  app.patch(path, { ...patch, ...body }, async (request, reply) =>
    sendWritten(reply, await patchSection(service, sectionWrite(request), request.body)),
  );

  app.delete(path, { ...remove, onRequest: target }, async (request, reply) => {
    await deleteSection(service, sectionWrite(request));
    return reply.code(204).send();
  });
}

function sectionKey({ params }: FastifyRequest): string {
  return (params as { section: string }).section;
}

function sectionWrite(request: FastifyRequest): SectionWrite {
  return { ...writeOf(request), section: sectionKey(request) };
}

/** @throws Problem `section-not-found`. */
async function findSection(request: FastifyRequest): Promise<void> {
  refuseUnknownSection(
    sectionKey(request),
    targetForm(request).edition.sections.map(({ key }) => key),
  );
}

function validateSection(validators: Validators) {
  return async (request: FastifyRequest): Promise<void> => {
    const form = targetForm(request);
    const section = form.edition.sections.find(({ key }) => key === sectionKey(request));
    if (section) validateBody(validators.component(sectionComponent(form, section, 'write')), request.body);
  };
}
