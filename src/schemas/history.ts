import { Type, type TSchema } from 'typebox';
import type { CheckedForm } from '../domain/compile.ts';
import { agencyId } from './agency.ts';
import { listOf } from './list.ts';
import { count, reportSchema, revision, verdict } from './report.ts';
import { componentName } from './section-of.ts';
import { dateTime } from './text.ts';
import { yearNumber } from './year.ts';

const published = Type.Optional(dateTime({ title: '公开时间', description: 'When it was first made public' }));
const reason = Type.Optional(
  Type.String({
    title: '理由',
    description: 'Why it was made; of a revision that was published, why the report had been reopened',
  }),
);

const imported = {
  kind: Type.Literal('import', { description: 'Read from a document' }),
  fileName: Type.String(),
  sha256: Type.String({ description: 'Of the document’s bytes, in hexadecimal' }),
  importedAt: dateTime(),
};

const provenance = Type.Record(Type.String(), Type.Ref('Provenance#'), {
  description: 'Where in the document each figure stood, by cell address',
});

const consolidated = {
  kind: Type.Literal('consolidation', { description: 'Added up from the children’s reports' }),
  consolidatedAt: dateTime(),
};

const contributors = Type.Array(Type.Object({ agencyId, revision }, { additionalProperties: false }), {
  description: 'The reports that were added up, and which revision of each',
});

const closed = { additionalProperties: false };

const OriginSchema = Type.Union([Type.Object(imported, closed), Type.Object(consolidated, closed)], {
  $id: 'Origin',
  title: '来源',
  description: 'Where the content came from, where nobody wrote it here. Never without a key',
});

const OriginInFullSchema = Type.Union(
  [Type.Object({ ...imported, provenance }, closed), Type.Object({ ...consolidated, contributors }, closed)],
  { $id: 'OriginInFull', title: '来源' },
);

const RevisionSummarySchema = Type.Object(
  {
    revision,
    at: dateTime({ title: '时间' }),
    by: Type.Optional(Type.String({ description: 'The key of whoever made it. Never without a key' })),
    act: Type.Optional(Type.String({ description: 'The operation that made it' })),
    reason,
    verdict,
    errors: count('错误数'),
    warnings: count('警告数'),
    published,
    origin: Type.Optional(Type.Ref('Origin#')),
  },
  { $id: 'RevisionSummary', additionalProperties: false },
);

const figure = Type.Unsafe<number | null>({ type: ['number', 'null'], description: 'As written; blank is null' });
const member = Type.Unsafe<string | boolean | null>({
  type: ['string', 'boolean', 'null'],
  description: 'Null where it is not there',
});

const CellChangeSchema = Type.Object(
  { cell: Type.String({ description: 'Cell address' }), label: Type.String(), before: figure, after: figure },
  { $id: 'CellChange', additionalProperties: false },
);

const MemberChangeSchema = Type.Object(
  {
    member: Type.String({ description: 'A member of the report, or `notes.` and the address of the cell' }),
    before: member,
    after: member,
  },
  { $id: 'MemberChange', additionalProperties: false },
);

const TextPartSchema = Type.Object(
  { kind: Type.Enum(['same', 'removed', 'added']), text: Type.String() },
  { $id: 'TextPart', additionalProperties: false },
);

const TextChangeSchema = Type.Object(
  {
    section: Type.String(),
    title: Type.String(),
    parts: Type.Array(Type.Ref('TextPart#'), {
      description: 'Without `added` they are the whole text before, without `removed` the whole text after',
    }),
  },
  { $id: 'TextChange', additionalProperties: false },
);

const ChangesSchema = Type.Object(
  {
    agencyId,
    year: yearNumber,
    edition: Type.String(),
    revision,
    since: Type.Optional(
      Type.Integer({ minimum: 1, description: 'Absent for the first revision: compared with a blank report' }),
    ),
    at: dateTime({ description: 'When the revision was made' }),
    published,
    reason,
    cells: Type.Array(Type.Ref('CellChange#')),
    members: Type.Array(Type.Ref('MemberChange#')),
    texts: Type.Array(Type.Ref('TextChange#')),
  },
  { $id: 'Changes', additionalProperties: false },
);

/** The name of an edition's component of a revision. */
export const revisionName = (form: CheckedForm): string => componentName(form, 'Revision', 'read');

/** A report as it was, and where it came from. */
function revisionSchema(form: CheckedForm): TSchema {
  return Type.Object(
    { ...reportSchema(form).properties, origin: Type.Optional(Type.Ref('OriginInFull#')) },
    { $id: revisionName(form), additionalProperties: false, title: form.edition.title['zh-CN'] },
  );
}

/** Every component of the history of reports. */
export function historySchemas(forms: readonly CheckedForm[]): TSchema[] {
  return [
    OriginSchema,
    OriginInFullSchema,
    RevisionSummarySchema,
    listOf('RevisionList', Type.Ref('RevisionSummary#')),
    CellChangeSchema,
    MemberChangeSchema,
    TextPartSchema,
    TextChangeSchema,
    ChangesSchema,
    ...forms.map(revisionSchema),
  ];
}
