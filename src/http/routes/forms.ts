import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Type, type Static } from 'typebox';
import type { CheckedForm } from '../../domain/compile.ts';
import type { Language } from '../../domain/language.ts';
import { Problem } from '../../domain/problem.ts';
import { documentTypes } from '../../operations/get-document.ts';
import { getTemplate } from '../../operations/get-template.ts';
import { contentTag } from '../../operations/tags.ts';
import type { Service } from '../../operations/service.ts';
import { documentSchema } from '../../schemas/document-schema.ts';
import { sendTagged } from '../answer.ts';
import { sendFile } from '../file.ts';
import { inLanguages, languageOf } from '../language.ts';
import { fileSchema, operation } from '../operation.ts';

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

const getTemplateOperation = operation({
  id: 'getTemplate',
  tag,
  open: true,
  summary: 'A blank workbook to fill in offline, and to import',
  mediaType: documentTypes.xlsx,
  params,
  answers: { 200: fileSchema(documentTypes.xlsx), 304: null },
  problems: ['form-not-found'],
});

/** What is answered about a form, made once: a form does not change while the program runs. */
interface FormAnswers {
  readonly form: Readonly<Record<Language, string>>;
  readonly rules: Readonly<Record<Language, string>>;
  readonly schema: string;
}

/** The statutory form as data. */
export function formRoutes(app: FastifyInstance, service: Service): void {
  const { forms } = service;
  const list = inLanguages({ items: [...forms.values()].map(headOf) });
  const answers = new Map([...forms.values()].map((form) => [form, answersAbout(form)]));
  const asked = (request: FastifyRequest): CheckedForm => {
    const { edition } = request.params as Static<typeof params>;
    const found = forms.get(edition);
    if (!found) throw new Problem('form-not-found', { params: { edition, editions: [...forms.keys()].join(', ') } });
    return found;
  };
  const about = (request: FastifyRequest) => answers.get(asked(request)) as FormAnswers;

  app.get('/v1/forms', listFormsOperation, async (request, reply) => sendInWords(request, reply, list));

  app.get('/v1/forms/:edition', getFormOperation, async (request, reply) =>
    sendInWords(request, reply, about(request).form),
  );

  app.get('/v1/forms/:edition/rules', listRulesOperation, async (request, reply) =>
    sendInWords(request, reply, about(request).rules),
  );

  app.get('/v1/forms/:edition/schema', getReportSchemaOperation, async (request, reply) => {
    const { schema } = about(request);
    return sendTagged(request, reply, contentTag(schema), schema, schemaType);
  });

  app.get('/v1/forms/:edition/template.xlsx', getTemplateOperation, async (request, reply) => {
    const form = asked(request);
    const plainName = `nianbao-${form.edition.id}.xlsx`;
    return sendFile(request, reply, getTemplate(service, form), {
      kind: 'attachment',
      mediaType: documentTypes.xlsx,
      plainName,
    });
  });
}

function sendInWords(request: FastifyRequest, reply: FastifyReply, texts: FormAnswers['form']): FastifyReply {
  const language = languageOf(request);
  return sendTagged(request, reply.header('content-language', language), contentTag(texts[language]), texts[language]);
}

function answersAbout(form: CheckedForm): FormAnswers {
  return {
    form: inLanguages(describeForm(form)),
    rules: inLanguages({ items: describeRules(form) }),
    schema: JSON.stringify(documentSchema(form)),
  };
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
  return form.edition.rules.map(({ id, title, severity, kind, basis, thresholds, message }) => ({
    id,
    title,
    severity,
    kind,
    basis,
    ...(thresholds && { thresholds }),
    message,
    instances: form.instances
      .filter(({ rule }) => rule.id === id)
      .map(({ at, severity: atPlace, place, expression }) => ({ at, severity: atPlace, place, expression })),
  }));
}
