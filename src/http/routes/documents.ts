import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Type, type Static } from 'typebox';
import { Problem } from '../../domain/problem.ts';
import { documentTypes, getDocument, type WrittenFormat } from '../../operations/get-document.ts';
import type { Service } from '../../operations/service.ts';
import { agencyId } from '../../schemas/agency.ts';
import { yearNumber } from '../../schemas/year.ts';
import { json } from '../answer.ts';
import { sendFile } from '../file.ts';
import { languageOf } from '../language.ts';
import { asOf, readAs } from '../moment.ts';
import { preferredType } from '../negotiation.ts';
import { operation } from '../operation.ts';
import { keyOf, whyMissing } from '../report-target.ts';

const documentFormats = Object.keys(documentTypes) as WrittenFormat[];
const { json: dataType, ...otherTypes } = documentTypes;

/** What a report comes as besides JSON, by `Accept`. */
export const otherDocumentTypes = Object.values(otherTypes);

const params = Type.Object({
  agencyId,
  year: yearNumber,
  format: Type.Enum(documentFormats, { description: 'The format of the document' }),
});

const query = Type.Object(
  { asOf, bom: Type.Optional(Type.Boolean({ description: 'CSV begins with a mark that tells Excel it is UTF-8' })) },
  { additionalProperties: false },
);

const DocumentSchema = Type.Object(
  { agencyName: Type.String({ title: '机关名称' }) },
  { additionalProperties: true, description: 'The report as `getReport` answers it, and the name of its agency' },
);

const getDocumentOperation = operation({
  id: 'getDocument',
  tag: 'reports',
  open: true,
  summary: 'The official document, for people (HTML, Word, Excel) or as data (CSV, JSON)',
  description:
    'Without a key: the published revision. The document is in Chinese; `Accept-Language` is for the labels in CSV. A text in CSV that a spreadsheet would take for a formula has an apostrophe before it, and so has one that begins with an apostrophe.',
  params,
  query,
  answers: { 200: DocumentSchema, 304: null },
  mediaType: dataType,
  otherTypes: otherDocumentTypes,
  problems: ['agency-not-found', 'year-not-found', 'report-not-found', 'report-not-yet'],
});

/** The documents a report comes as. */
export function documentRoutes(app: FastifyInstance, service: Service): void {
  app.get('/v1/agencies/:agencyId/reports/:year/document.:format', getDocumentOperation, async (request, reply) => {
    const { format } = request.params as Static<typeof params>;
    const { bom = false } = request.query as Static<typeof query>;
    preferredType(request, [documentTypes[format]]);
    if (bom && format !== 'csv') throw new Problem('request-invalid', { faults: [bomElsewhere] });
    return sendDocument(service, request, reply, format, bom);
  });
}

/**
 * The format a request for a report likes best.
 *
 * @throws Problem `not-acceptable`.
 */
export function preferredFormat(request: FastifyRequest): WrittenFormat {
  const type = preferredType(request, Object.values(documentTypes));
  return documentFormats.find((format) => documentTypes[format] === type) as WrittenFormat;
}

/** Answers with a report's document, or with 304 before it is made. */
export async function sendDocument(
  service: Service,
  request: FastifyRequest,
  reply: FastifyReply,
  format: WrittenFormat,
  bom = false,
): Promise<FastifyReply> {
  const key = keyOf(request);
  const language = languageOf(request);
  const as = readAs(request);
  const found = await getDocument(service, key, as, { format, language, bom });
  if (!found) throw await whyMissing(service, request, key, as.asOf);
  reply.header('content-language', format === 'csv' ? language : 'zh-CN');
  return sendFile(request, reply, found, { ...served[format], plainName: `${key.agencyId}-${key.year}.${format}` });
}

/** How each format is sent. */
const served = {
  html: {
    kind: 'inline',
    mediaType: `${documentTypes.html}; charset=utf-8`,
    // Nothing is loaded, nothing runs: what agencies write is shown as text.
    headers: { 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'" },
  },
  json: { kind: 'inline', mediaType: json },
  csv: { kind: 'attachment', mediaType: `${documentTypes.csv}; charset=utf-8; header=present` },
  docx: { kind: 'attachment', mediaType: documentTypes.docx },
  xlsx: { kind: 'attachment', mediaType: documentTypes.xlsx },
} as const;

const bomElsewhere = {
  in: 'query',
  pointer: '/bom',
  detail: { 'zh-CN': '只有 CSV 可以带 BOM。', en: 'Only CSV can have a BOM.' },
} as const;
