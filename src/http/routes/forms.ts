import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import type { CheckedForm } from '../../domain/check.ts';
import { Problem } from '../../domain/problem.ts';
import { contentTag } from '../../operations/tags.ts';
import type { Service } from '../../operations/service.ts';
import { documentSchema } from '../../schemas/document-schema.ts';
import { sendInWords, sendTagged } from '../answer.ts';
import { inLanguage, languageOf } from '../language.ts';
import { operation } from '../operation.ts';

const tag = 'forms';
const schemaType = 'application/schema+json';
const params = Type.Object({
  edition: Type.String({ maxLength: 20, title: '表样版本', description: 'Edition of the form, `2021`' }),
});

const listFormsOperation = operation({
  id: 'listForms',
  tag,
  open: true,
  summary: 'The editions of the form',
  answers: { 200: { $ref: 'FormList#' }, 304: null },
});

const getFormOperation = operation({
  id: 'getForm',
  tag,
  open: true,
  summary: 'One edition: sections, tables, rows, columns and cells',
  description: 'The cells stand in their permanent order.',
  params,
  answers: { 200: { $ref: 'Form#' }, 304: null },
  problems: ['form-not-found'],
});

const listRulesOperation = operation({
  id: 'listRules',
  tag,
  open: true,
  summary: 'The rules of an edition, each with its basis and what it compares',
  params,
  answers: { 200: { $ref: 'RuleList#' }, 304: null },
  problems: ['form-not-found'],
});

const getReportSchemaOperation = operation({
  id: 'getReportSchema',
  tag,
  open: true,
  summary: 'JSON Schema of a whole report as it is written',
  mediaType: schemaType,
  params,
  answers: { 200: Type.Object({}, { additionalProperties: true, description: 'JSON Schema 2020-12' }), 304: null },
  problems: ['form-not-found'],
});

/** The statutory form as data. */
export function formRoutes(app: FastifyInstance, { forms }: Service): void {
  const schemas = new Map([...forms.values()].map((form) => [form, JSON.stringify(documentSchema(form))] as const));
  const formNamed = (request: { params: unknown }): CheckedForm => {
    const { edition } = request.params as { edition: string };
    const form = forms.get(edition);
    if (!form) throw new Problem('form-not-found', { params: { edition, editions: [...forms.keys()].join(', ') } });
    return form;
  };

  app.get('/v1/forms', listFormsOperation, async (request, reply) =>
    sendInWords(request, reply, inLanguage({ items: [...forms.values()].map(headOf) }, languageOf(request))),
  );

  app.get('/v1/forms/:edition', getFormOperation, async (request, reply) =>
    sendInWords(request, reply, inLanguage(describeForm(formNamed(request)), languageOf(request))),
  );

  app.get('/v1/forms/:edition/rules', listRulesOperation, async (request, reply) =>
    sendInWords(request, reply, inLanguage({ items: describeRules(formNamed(request)) }, languageOf(request))),
  );

  app.get('/v1/forms/:edition/schema', getReportSchemaOperation, async (request, reply) => {
    const schema = schemas.get(formNamed(request)) ?? '';
    return sendTagged(request, reply, contentTag(schema), schema, schemaType);
  });
}

function headOf({ edition: { id, title, notice, years } }: CheckedForm) {
  return { id, title, notice, years };
}

function describeForm(form: CheckedForm) {
  const cells = form.cells.map((cell) => {
    const totals = form.totalCells.filter((total) => total.cell === cell).map((total) => total.of);
    return totals.length > 0 ? { ...cell, totals } : cell;
  });
  return { ...headOf(form), sections: form.edition.sections, cells };
}

function describeRules(form: CheckedForm) {
  return form.edition.rules.map(({ id, title, severity, kind, basis, message }) => ({
    id,
    title,
    severity,
    kind,
    basis,
    message,
    instances: form.instances
      .filter(({ rule }) => rule.id === id)
      .map(({ at, place, expression }) => ({ at, place, expression })),
  }));
}
