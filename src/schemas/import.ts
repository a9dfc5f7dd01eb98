import { Type, type TSchema } from 'typebox';
import type { CheckedForm } from '../domain/compile.ts';
import { obstacleCodes, refusalReasons, unreadReasons } from '../domain/import-codes.ts';
import { problems, type Fault } from '../domain/problem.ts';
import type { ReportInput } from '../domain/report.ts';
import { agencyId } from './agency.ts';
import { ProblemSchema } from './problem.ts';
import { reportInputName } from './report.ts';
import { componentName } from './section-of.ts';
import { line } from './text.ts';
import { faultsIn, type Validators } from './validation.ts';
import { yearNumber } from './year.ts';

const count = (description: string, minimum = 0) => Type.Integer({ minimum, description });
const cell = Type.String({ description: 'Cell address, section.row.column' });
const text = Type.String({ description: 'As printed' });
const share = (description: string) => Type.Number({ minimum: 0, maximum: 1, description });
const nullable = (type: string, description: string) => Type.Unsafe<unknown>({ type: [type, 'null'], description });

const sha256 = Type.String({ pattern: '^[0-9a-f]{64}$', description: 'Of the bytes, in hexadecimal' });
const name = Type.String({ description: 'The name of the file' });

/** What is said of the documents of an import in its address. */
export const importQuery = Type.Object(
  {
    filename: Type.Optional(line(255, { description: 'The name of the one document in the body' })),
    commit: Type.Optional(
      Type.Boolean({ default: false, description: 'Write what leaves nothing to decide; otherwise nothing is stored' }),
    ),
    blanksAreZero: Type.Optional(
      Type.Boolean({
        default: false,
        description: 'Cells printed blank mean 0. Cells that could not be read stay blank all the same',
      }),
    ),
    agencyId: Type.Optional(
      Type.String({ ...agencyId, description: 'Whose report it is, whatever it says; of one document only' }),
    ),
    year: Type.Optional(
      Type.Unsafe<number>({ ...yearNumber, description: 'Its year, whatever it says; of one document only' }),
    ),
  },
  { additionalProperties: false },
);

const PlaceSchema = Type.Object(
  {
    page: Type.Optional(count('Of a document with pages', 1)),
    sheet: Type.Optional(Type.String({ description: 'The name of a workbook’s sheet' })),
    line: Type.Optional(count('Line of text, or paragraph', 1)),
    table: Type.Optional(count('The table in the document', 1)),
    row: Type.Optional(count('The row of the table', 1)),
    column: Type.Optional(count('The column of the table', 1)),
  },
  { $id: 'Place', additionalProperties: false, description: 'Where in the document; counted from 1' },
);

const ProvenanceSchema = Type.Object(
  {
    state: Type.Enum(['printed', 'blank', 'inferred'], {
      description: '`inferred`: which cell the printed figure belongs to follows from arithmetic alone',
    }),
    where: Type.Ref('Place#'),
    text,
    confidence: share('How surely it was read'),
  },
  { $id: 'Provenance', additionalProperties: false, description: 'Where a figure comes from' },
);

const UnreadSchema = Type.Object(
  {
    cell: Type.Optional(cell),
    text,
    reason: Type.Enum([...unreadReasons], { description: 'Permanent; programs go by this' }),
    detail: Type.String({ description: 'The same in words' }),
    where: Type.Ref('Place#'),
  },
  { $id: 'Unread', additionalProperties: false, description: 'What did not become part of the report' },
);

const CandidateSchema = Type.Object(
  { agencyId, name: Type.String(), score: share('How alike the names are') },
  { $id: 'AgencyCandidate', additionalProperties: false },
);

const CommittedSchema = Type.Object(
  {
    agencyId,
    year: yearNumber,
    revision: count('The revision it is now', 1),
    asPrinted: Type.Boolean({ description: 'The time to publish is over: its errors are shown and block nothing' }),
    outcome: Type.Enum(['created', 'updated', 'unchanged']),
  },
  { $id: 'CommittedImport', additionalProperties: false },
);

const LeftSchema = Type.Object(
  {
    code: Type.Enum([...obstacleCodes, ...Object.keys(problems)], {
      description: 'Permanent; programs go by this. What speaks against it, or the problem of the write',
    }),
    detail: Type.String(),
  },
  { $id: 'LeftImport', additionalProperties: false, description: 'Why a document was not written' },
);

const RepeatsSchema = Type.Object(
  { agencyId, year: yearNumber, importedAt: Type.String({ format: 'date-time' }) },
  { $id: 'RepeatedImport', additionalProperties: false, description: 'The report the same bytes became before' },
);

const RefusedSchema = Type.Object(
  {
    name,
    sha256,
    problem: Type.Object(
      {
        ...ProblemSchema.properties,
        reason: Type.Optional(
          Type.Enum([...refusalReasons], { description: 'Why the document cannot be read. Permanent' }),
        ),
      },
      { additionalProperties: false },
    ),
  },
  { $id: 'RefusedDocument', additionalProperties: false, description: 'A document that could not be read at all' },
);

/** Every component of an import's answer. */
export function importSchemas(forms: readonly CheckedForm[]): TSchema[] {
  return [
    PlaceSchema,
    ProvenanceSchema,
    UnreadSchema,
    CandidateSchema,
    CommittedSchema,
    LeftSchema,
    RepeatsSchema,
    RefusedSchema,
    documentSchema(forms),
    Type.Object(
      {
        documents: Type.Array(Type.Unsafe({ anyOf: [Type.Ref('ImportedDocument#'), Type.Ref('RefusedDocument#')] }), {
          description: 'In the order they were sent',
        }),
      },
      { $id: 'Import', additionalProperties: false },
    ),
  ];
}

function documentSchema(forms: readonly CheckedForm[]): TSchema {
  const sections = forms.map((form) => Type.Ref(`${componentName(form, 'Sections', 'read')}#`));
  return Type.Object(
    {
      name,
      sha256,
      agency: agencySchema,
      year: nullable('integer', 'The report’s year; null where nobody knows'),
      edition: nullable('string', 'Whose form the tables are laid out by; null where none was recognised'),
      otherEditions: Type.Record(Type.String(), Type.String(), {
        description: 'Sections, or rows of them, laid out by another edition, by section',
      }),
      confidence: share('The share of the form’s cells found in print, each weighed by how surely it was read'),
      sections: Type.Unsafe({
        anyOf: [...sections, { type: 'object', additionalProperties: false }],
        description: 'What was read; what was not is null. Empty where no table was recognised',
      }),
      people: peopleSchema,
      notes: Type.Record(Type.String(), Type.String(), { description: 'Notes printed with figures, by cell address' }),
      provenance: Type.Record(Type.String(), Type.Ref('Provenance#'), { description: 'By cell address' }),
      unread: Type.Array(Type.Ref('Unread#')),
      blanksTakenForZero: count('How many cells printed blank are 0 here, since `blanksAreZero` says so'),
      check: Type.Optional(Type.Ref('UnstoredCheck#')),
      repeats: Type.Optional(Type.Ref('RepeatedImport#')),
      committed: Type.Optional(Type.Ref('CommittedImport#')),
      left: Type.Optional(Type.Array(Type.Ref('LeftImport#'), { description: 'Every reason why it was not written' })),
    },
    { $id: 'ImportedDocument', additionalProperties: false },
  );
}

const peopleSchema = Type.Object(
  {
    preparedBy: Type.Optional(Type.String()),
    reviewedBy: Type.Optional(Type.String()),
    phone: Type.Optional(Type.String()),
    preparedOn: Type.Optional(Type.String({ format: 'date' })),
  },
  { additionalProperties: false, description: 'Who wrote it, where the document has fields for that' },
);

const agencySchema = Type.Object(
  {
    name: nullable('string', 'As the document names it'),
    agencyId: Type.Optional(
      Type.String({ ...agencyId, description: 'Only where it is certain: the very name of one agency, or said so' }),
    ),
    candidates: Type.Array(Type.Ref('AgencyCandidate#'), { maxItems: 5, description: 'The likeliest first' }),
  },
  { additionalProperties: false },
);

/** What the API would refuse of content that was read, as if it were sent. */
export function contentFaults(validators: Validators) {
  return (form: CheckedForm, content: ReportInput): Fault[] =>
    faultsIn(validators.component(reportInputName(form)), content);
}
