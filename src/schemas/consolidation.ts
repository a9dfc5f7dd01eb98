import { Type, type TSchema } from 'typebox';
import type { CheckedForm } from '../domain/compile.ts';
import { mostNamed } from '../domain/consolidation.ts';
import { reportStatuses } from '../domain/report.ts';
import { agencyId } from './agency.ts';
import { componentName, objectSchema, sectionComponent } from './section-of.ts';
import { yearNumber } from './year.ts';

const count = (description: string) => Type.Integer({ minimum: 0, description });
const nullableNumber = (description: string) => Type.Unsafe<number | null>({ type: ['number', 'null'], description });

const child = { agencyId, name: Type.String({ title: '机关名称' }) };

const CoverageSchema = Type.Object(
  {
    expected: count('Children that exist at the end of the year and are not led by their own system'),
    reported: count('Of those, how many have handed in: published, accepted, submitted or as printed'),
    complete: Type.Boolean({ description: 'Nobody is missing' }),
    missing: Type.Array(
      Type.Object(
        {
          ...child,
          status: Type.Optional(
            Type.Enum([...reportStatuses], { description: 'Of the report it has begun; absent where there is none' }),
          ),
        },
        { additionalProperties: false },
      ),
      { description: 'Who has not handed in' },
    ),
    leftOut: Type.Array(Type.Object({ ...child, reason: Type.Enum(['vertical']) }, { additionalProperties: false }), {
      description: 'Children that are no part of the sum, with the reason',
    }),
  },
  { $id: 'Coverage', additionalProperties: false, title: '报送情况' },
);

const ConsolidatedCellSchema = Type.Object(
  {
    cell: Type.String({ description: 'Cell address, section.row.column' }),
    label: Type.String({ description: 'Official words for the cell' }),
    sum: nullableNumber(
      'What the children that have reported add up to; null where one left it blank, nobody has reported, or the sum is greater than a cell holds',
    ),
    contributors: count('How many children state a figure'),
    blank: count('How many of those that have reported left it blank'),
    blankWith: Type.Array(agencyId, { description: `The first ${mostNamed} that left it blank`, maxItems: mostNamed }),
    stated: nullableNumber('What the agency’s own report says; null where it is blank or there is none'),
    difference: nullableNumber('stated − sum'),
    values: Type.Optional(
      Type.Array(
        Type.Object({ ...child, value: nullableNumber('As stated; blank is null') }, { additionalProperties: false }),
        { description: 'What each child that has reported says; only where cells were asked for' },
      ),
    ),
  },
  { $id: 'ConsolidatedCell', additionalProperties: false },
);

/** The name of an edition's component. */
export const consolidationName = (form: CheckedForm): string => componentName(form, 'Consolidation', 'read');

/** The sum of the children's reports, for each edition. */
export function consolidationSchemas(forms: readonly CheckedForm[]): TSchema[] {
  return [CoverageSchema, ConsolidatedCellSchema, ...forms.map(consolidationSchema)];
}

function consolidationSchema(form: CheckedForm): TSchema {
  const tables = form.edition.sections.filter(({ kind }) => kind === 'table');
  const sections = tables.map((section) => {
    return [section.key, Type.Ref(`${sectionComponent(form, section, 'read')}#`)] as const;
  });
  return Type.Object(
    {
      agencyId,
      year: yearNumber,
      edition: Type.Literal(form.edition.id),
      coverage: Type.Ref('Coverage#'),
      sections: objectSchema(Object.fromEntries(sections), 'read', { description: 'The sums, as a report has them' }),
      cells: Type.Array(Type.Ref('ConsolidatedCell#')),
    },
    { $id: consolidationName(form), additionalProperties: false, title: '汇总' },
  );
}
