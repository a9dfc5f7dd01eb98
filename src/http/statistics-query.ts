import { Type, type Static } from 'typebox';
import { agencyKinds, agencyLevels } from '../domain/agency.ts';
import { bases } from '../domain/statistics/figure-changes.ts';
import { dimensions, extras } from '../domain/statistics/query.ts';
import { agencyId } from '../schemas/agency.ts';
import { years } from './year-ranges.ts';

/** The most rows of one answer that is not CSV. */
export const mostRows = 5_000;

const list = (description: string) => Type.Optional(Type.String({ maxLength: 10_000, description }));

const words = (known: readonly string[]) => known.map((word) => `\`${word}\``).join(', ');

/** The agencies both statistics and their catalogue are about. */
export const under = Type.Optional(Type.String({ ...agencyId, description: 'Of this agency and everything below it' }));

/** What of all reports is counted. */
const selection = {
  years,
  agency: Type.Optional(Type.String({ ...agencyId, description: 'Of this agency' })),
  parent: Type.Optional(Type.String({ ...agencyId, description: 'Of the direct children of this agency' })),
  under,
  level: Type.Optional(Type.Enum([...agencyLevels], { description: 'Of agencies of this level' })),
  kind: Type.Optional(Type.Enum([...agencyKinds], { description: 'Of agencies of this kind' })),
  basis: Type.Optional(
    Type.Enum([...bases], {
      description:
        'What counts of a report: as it stands, drafts too; as it was handed in, which others go by; as it was published. `current` where left out, without a key `published`',
    }),
  ),
  consolidated: Type.Optional(
    Type.Enum(['include', 'exclude'], {
      default: 'include',
      description: 'Whether reports that add up others (汇总) count: beside what stands below them it counts twice',
    }),
  ),
};

/** How the rows are laid out. */
const layout = {
  groupBy: list(`A row for each, with commas between: ${words(dimensions)}; \`none\`, as where left out: one row`),
  with: list(`What else to tell, with commas between: ${words(extras)}`),
  sort: Type.Optional(
    Type.String({
      maxLength: 200,
      description: 'The name of a column; `-` before it for the greatest first. What has no figure comes last',
    }),
  ),
  top: Type.Optional(Type.Integer({ minimum: 1, description: 'Only so many rows from the top' })),
};

/** How the answer is sent. */
const sending = {
  limit: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: mostRows,
      description: `The most rows to answer, ${mostRows} where left out; not for CSV, which has them all`,
    }),
  ),
  cursor: Type.Optional(
    Type.String({ minLength: 1, maxLength: 2_000, description: '`next` of the page before; opaque. Not for CSV' }),
  ),
  format: Type.Optional(
    Type.Enum(['json', 'columns', 'csv'], {
      description: 'Rows of JSON, columns of JSON (an ECharts `dataset`), or CSV; by `Accept` where left out',
    }),
  ),
  headings: Type.Optional(
    Type.Enum(['label', 'id'], { description: 'CSV: headings and codes in words, as where left out, or by name' }),
  ),
  bom: Type.Optional(Type.Boolean({ description: 'CSV: begins with a mark that tells Excel it is UTF-8' })),
};

export const statisticsQuery = Type.Object(
  {
    cells: list(
      'Cells and subtotals (`section.row.column`) with commas between; `*` for a part stands for every cell there, alone for all cells',
    ),
    indicators: list('Ids of indicators with commas between; `*` for all'),
    ...selection,
    ...layout,
    ...sending,
  },
  { additionalProperties: false },
);

/** What a query of statistics says, each word as it came. */
export type StatisticsParameters = Static<typeof statisticsQuery>;
