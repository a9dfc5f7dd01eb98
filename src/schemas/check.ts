import { Type } from 'typebox';
import { ruleKinds, severities } from '../domain/rule.ts';
import { agencyId } from './agency.ts';
import { verdict } from './report.ts';
import { yearNumber } from './year.ts';

const nullableNumber = (description: string) => Type.Unsafe<number | null>({ type: ['number', 'null'], description });

const address = Type.String({ description: 'Cell address, section.row.column' });
const ruleId = Type.String({ description: 'Rule id, see GET /v1/forms/{edition}/rules' });
const at = Type.String({ description: 'The row, column or section this instance of the rule is about' });
const kind = Type.Enum([...ruleKinds]);
const severity = Type.Enum([...severities]);
const missing = Type.Array(Type.String(), { description: 'Blank cells by address, blank narratives by section' });

const TermSchema = Type.Object(
  {
    cell: address,
    label: Type.String({ description: 'Official words for the cell' }),
    value: nullableNumber('As stated; blank is null'),
    side: Type.Enum(['left', 'right']),
    sign: Type.Enum([1, -1]),
  },
  { $id: 'Term', additionalProperties: false },
);

const FindingSchema = Type.Object(
  {
    rule: ruleId,
    at,
    severity,
    kind,
    message: Type.String({ description: 'What is wrong, in words a clerk reads' }),
    expression: Type.String({ description: 'What is compared, in official labels' }),
    left: nullableNumber('Sum of the left side'),
    right: nullableNumber('Sum of the right side'),
    delta: nullableNumber('left − right'),
    terms: Type.Array(Type.Ref('Term#')),
    missing,
  },
  { $id: 'Finding', additionalProperties: false, description: 'A flaw of the report: a rule that failed' },
);

const NotAssessableSchema = Type.Object(
  { rule: ruleId, at, reason: Type.String(), missing },
  { $id: 'NotAssessable', additionalProperties: false },
);

const TotalSchema = Type.Object(
  {
    cell: address,
    of: Type.String({ description: 'What it adds up, as a selector: a key, a group’s key, or * on either axis' }),
    stated: nullableNumber('What the report says'),
    derived: nullableNumber('What the parts add up to; null where one is blank'),
    agrees: Type.Unsafe<boolean | null>({ type: ['boolean', 'null'] }),
  },
  { $id: 'Total', additionalProperties: false },
);

const answer = {
  verdict,
  totals: Type.Array(Type.Ref('Total#')),
  subtotals: Type.Record(Type.String(), nullableNumber('Derived sum'), {
    description: 'Sums the form has no cell for, by address',
  }),
  findings: Type.Array(Type.Ref('Finding#')),
  notAssessable: Type.Array(Type.Ref('NotAssessable#')),
};

const edition = Type.String({ description: 'Edition of the form' });

/** The computed resource, and its parts. */
export const checkSchemas = [
  TermSchema,
  FindingSchema,
  NotAssessableSchema,
  TotalSchema,
  Type.Object(
    { agencyId, year: yearNumber, edition, revision: Type.Integer({ minimum: 1 }), ...answer },
    { $id: 'ReportCheck', additionalProperties: false },
  ),
  Type.Object({ year: yearNumber, edition, ...answer }, { $id: 'UnstoredCheck', additionalProperties: false }),
];
