import { Type } from 'typebox';
import { cellValues } from '../domain/edition.ts';
import { basisSources, ruleKinds, severities } from '../domain/rule.ts';

const key = Type.String({ description: 'Permanent name' });
const label = Type.String({ description: 'Official wording; in English where asked for' });
const number = Type.Optional(Type.String({ description: 'Official number as printed' }));
const totalOf = Type.Optional(
  Type.String({ description: 'For a stated total: the group it adds up, or * for every line that is no total' }),
);
const group = Type.Optional(Type.String({ description: 'Key of the group it stands in' }));
const value = Type.Enum([...cellValues]);
const unit = Type.Optional(Type.String());

const GroupSchema = Type.Object(
  {
    key,
    number,
    label,
    within: Type.Optional(Type.String({ description: 'Key of the group around it' })),
    subtotal: Type.Optional(Type.Boolean({ description: 'Its sum is derived, though the form has no cell for it' })),
    headingOnly: Type.Optional(Type.Boolean({ description: 'Printed, but no part of what its members are called' })),
  },
  { $id: 'FormGroup', additionalProperties: false },
);

const line = { key, number, label: Type.Optional(label), group, totalOf };

const BlockSchema = Type.Object(
  {
    key,
    label: Type.Optional(label),
    rowGroups: Type.Optional(Type.Array(Type.Ref('FormGroup#'))),
    columnGroups: Type.Optional(Type.Array(Type.Ref('FormGroup#'))),
    corner: Type.Optional(Type.String({ description: 'Printed where the headings of rows and columns meet' })),
    rowsSideBySide: Type.Optional(
      Type.Boolean({ description: 'Its rows are printed side by side, in one line of figures' }),
    ),
    rows: Type.Array(Type.Object(line, { additionalProperties: false })),
    columns: Type.Array(Type.Object({ ...line, value, unit }, { additionalProperties: false })),
  },
  { $id: 'FormBlock', additionalProperties: false, description: 'Rows that have the same columns' },
);

const SectionSchema = Type.Object(
  {
    key,
    kind: Type.Enum(['narrative', 'table']),
    number: Type.String(),
    label,
    description: Type.String(),
    blocks: Type.Optional(Type.Array(Type.Ref('FormBlock#'))),
  },
  { $id: 'FormSection', additionalProperties: false },
);

const CellSchema = Type.Object(
  {
    index: Type.Integer({ minimum: 0, description: 'Place in the permanent order' }),
    address: Type.String({ description: 'section.row.column' }),
    section: key,
    row: key,
    column: key,
    value,
    label,
    unit,
    totals: Type.Optional(
      Type.Array(Type.String(), { description: 'For a stated total: selectors of what it adds up' }),
    ),
  },
  { $id: 'FormCell', additionalProperties: false },
);

const edition = {
  id: Type.String({ title: '表样版本' }),
  title: Type.String(),
  notice: Type.String({ description: 'The notice that laid it down' }),
  years: Type.Object(
    { first: Type.Integer(), last: Type.Optional(Type.Integer()) },
    { additionalProperties: false, description: 'Years reported on it; `last` is absent while it is in force' },
  ),
};

const RuleSchema = Type.Object(
  {
    id: Type.String(),
    title: Type.String(),
    severity: Type.Enum([...severities]),
    kind: Type.Enum([...ruleKinds]),
    basis: Type.Object(
      { source: Type.Enum([...basisSources]), text: Type.String() },
      { additionalProperties: false, description: 'Where the rule has its authority from' },
    ),
    thresholds: Type.Optional(
      Type.Record(Type.String(), Type.Number(), { description: 'What the operator may set otherwise, as it is set' }),
    ),
    message: Type.String({ description: 'The sentence a finding says, before its placeholders are filled' }),
    instances: Type.Array(
      Type.Object(
        {
          at: Type.String(),
          severity: Type.Enum([...severities]),
          place: Type.String({ description: 'Official words for the place' }),
          expression: Type.String({ description: 'What is compared, in official labels' }),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { $id: 'Rule', additionalProperties: false },
);

/** The form served as data. */
export const formSchemas = [
  GroupSchema,
  BlockSchema,
  SectionSchema,
  CellSchema,
  RuleSchema,
  Type.Object(
    { items: Type.Array(Type.Object(edition, { additionalProperties: false })) },
    { $id: 'FormList', additionalProperties: false },
  ),
  Type.Object(
    { ...edition, sections: Type.Array(Type.Ref('FormSection#')), cells: Type.Array(Type.Ref('FormCell#')) },
    { $id: 'Form', additionalProperties: false },
  ),
  Type.Object({ items: Type.Array(Type.Ref('Rule#')) }, { $id: 'RuleList', additionalProperties: false }),
];
