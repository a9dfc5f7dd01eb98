import { Type } from 'typebox';
import { ruleKinds, severities } from '../domain/rule.ts';
import { agencyId } from './agency.ts';
import { verdict } from './report.ts';
import { yearNumber } from './year.ts';

const nullableNumber = (description: string) => Type.Unsafe<number | null>({ type: ['number', 'null'], description });

const address = Type.String({ description: 'Cell address, section.row.column' });
const ruleId = Type.String({ description: 'Rule id, see GET /v1/forms/{edition}/rules' });
const at = Type.String({
  description: 'The row, column, section or cell this instance of the rule is about; `-` where there is one',
});
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
    year: Type.Optional(Type.Integer({ description: 'Where the figure is of another year than the report' })),
  },
  { $id: 'Term', additionalProperties: false },
);

const QuoteSchema = Type.Object(
  {
    section: Type.String({ description: 'The narrative' }),
    start: Type.Integer({ minimum: 0, description: 'First character, counted from 0 in UTF-16 code units' }),
    end: Type.Integer({ minimum: 0, description: 'The one after the last' }),
    text: Type.String(),
  },
  { $id: 'Quote', additionalProperties: false },
);

const FindingSchema = Type.Object(
  {
    rule: ruleId,
    at,
    severity,
    kind,
    message: Type.String({ description: 'What is wrong, in words a clerk reads' }),
    expression: Type.String({ description: 'What is compared, in official labels' }),
    left: nullableNumber('What the left side comes to; of a text, what it says'),
    right: nullableNumber('What the right side comes to'),
    delta: nullableNumber('left − right'),
    terms: Type.Array(Type.Ref('Term#')),
    missing,
    quotes: Type.Optional(Type.Array(Type.Ref('Quote#'), { description: 'The words of the narratives it rests on' })),
    waiver: Type.Optional(Type.Ref('FindingWaiver#')),
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

const SuspectSchema = Type.Object(
  {
    set: Type.Integer({
      minimum: 1,
      description: 'Cells of one set change together; sets are alternatives, best first',
    }),
    cell: address,
    label: Type.String({ description: 'Official words for the cell' }),
    stated: Type.Number(),
    implied: nullableNumber('What the rest of the report implies; null where several figures would do'),
    explains: Type.Integer({ minimum: 1, description: 'How many failures the set explains' }),
    pattern: Type.Optional(Type.String({ description: 'How the figure seems to have gone wrong' })),
  },
  { $id: 'Suspect', additionalProperties: false, description: 'A cell that is probably wrong' },
);

const SuspectBlockSchema = Type.Object(
  {
    at: Type.String({ description: 'The section, or one row of it, whose sums do not depend on the rest' }),
    failures: Type.Integer({ minimum: 1, description: 'How many sums fail' }),
    sets: Type.Array(Type.Integer(), {
      description: 'The sets of suspects in it; none where too many figures disagree',
    }),
    omitted: Type.Integer({ minimum: 0, description: 'How many more sets there are' }),
    message: Type.String(),
  },
  { $id: 'SuspectBlock', additionalProperties: false },
);

const IndicatorSchema = Type.Object(
  {
    numerator: nullableNumber('The sum above the line, or the count itself'),
    denominator: nullableNumber('The sum below the line; null for a count'),
    value: nullableNumber('A ratio to six decimals'),
    smallSample: Type.Boolean({ description: 'The denominator is under 30' }),
    reason: Type.Optional(Type.String({ description: 'Why there is no value' })),
    lastYear: nullableNumber('The value of last year’s report'),
    change: nullableNumber('value − lastYear'),
  },
  { $id: 'Indicator', additionalProperties: false },
);

const answer = {
  verdict,
  totals: Type.Array(Type.Ref('Total#')),
  subtotals: Type.Record(Type.String(), nullableNumber('Derived sum'), {
    description: 'Sums the form has no cell for, by address',
  }),
  findings: Type.Array(Type.Ref('Finding#')),
  notAssessable: Type.Array(Type.Ref('NotAssessable#')),
  suspects: Type.Array(Type.Ref('Suspect#'), { description: 'The smallest sets of cells whose change mends the sums' }),
  suspectBlocks: Type.Array(Type.Ref('SuspectBlock#')),
  indicators: Type.Record(Type.String(), Type.Ref('Indicator#')),
};

const edition = Type.String({ description: 'Edition of the form' });

/** The computed resource, and its parts. */
export const checkSchemas = [
  TermSchema,
  QuoteSchema,
  FindingSchema,
  NotAssessableSchema,
  TotalSchema,
  SuspectSchema,
  SuspectBlockSchema,
  IndicatorSchema,
  Type.Object(
    { agencyId, year: yearNumber, edition, revision: Type.Integer({ minimum: 1 }), ...answer },
    { $id: 'ReportCheck', additionalProperties: false },
  ),
  Type.Object({ year: yearNumber, edition, ...answer }, { $id: 'UnstoredCheck', additionalProperties: false }),
];
