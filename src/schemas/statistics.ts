import { Type } from 'typebox';
import { bases } from '../domain/statistics/figure-changes.ts';
import { dimensions } from '../domain/statistics/query.ts';
import { agencyId } from './agency.ts';
import { yearNumber } from './year.ts';

const strict = { additionalProperties: false };
const count = (title: string, description?: string) =>
  Type.Integer({ minimum: 0, title, ...(description !== undefined && { description }) });
const figureId = Type.String({ title: '指标', description: 'Permanent: a cell’s address, an indicator’s id' });
const label = Type.String({
  title: '名称',
  description: 'In the words of the latest form; in English where asked for',
});
const unit = Type.Optional(Type.String({ title: '单位' }));
const additive = 'May be added up over rows; a ratio may not';
const kind = ['cell', 'subtotal', 'indicator'];
const basis = Type.Enum([...bases], { title: '口径', description: 'What of a report counts' });

const ExpectedReportSchema = Type.Object(
  { agencyId, name: Type.String({ title: '机关名称' }), year: yearNumber },
  { $id: 'ExpectedReport', ...strict, title: '缺报', description: 'Expected, and not there' },
);

const ColumnSchema = Type.Object(
  {
    name: Type.String({
      title: '列名',
      description: '`year`, `agencyId`, a figure, or what is told of one after a dot',
    }),
    label,
    kind: Type.Enum(['group', 'coverage', ...kind], { title: '类别' }),
    type: Type.Enum(['text', 'number', 'list'], { title: '类型' }),
    unit,
    codes: Type.Optional(Type.Record(Type.String(), Type.String(), { title: '代码含义' })),
    measure: Type.Optional(figureId),
    statistic: Type.Optional(
      Type.String({ title: '统计量', description: 'What is told of the figure; absent for itself' }),
    ),
    additive: Type.Optional(Type.Boolean({ title: '可加', description: additive })),
  },
  { $id: 'StatisticsColumn', ...strict, title: '列' },
);

const EditionNoteSchema = Type.Object(
  {
    edition: Type.String({ title: '表样版本' }),
    years: Type.Array(yearNumber, { title: '年度' }),
    absent: Type.Array(figureId, { title: '表样中没有的指标', description: 'Asked for, and not on this form' }),
  },
  { $id: 'EditionNote', ...strict, title: '版本说明' },
);

const head = {
  dataVersion: Type.Integer({
    minimum: 0,
    title: '数据版本',
    description: 'Greater whenever anything that may be seen here has changed',
  }),
  basis,
  groupBy: Type.Array(Type.Enum([...dimensions]), { title: '分组' }),
  columns: Type.Array(Type.Ref('StatisticsColumn#'), { title: '列' }),
  editions: Type.Array(Type.Ref('EditionNote#'), { title: '表样版本' }),
  coverage: Type.Object(
    {
      reports: count('报告数'),
      expected: count('应报数'),
      missing: count('缺报数'),
      consolidated: count('汇总报告数', 'Of the reports: beside what they add up they count twice'),
    },
    { ...strict, title: '覆盖', description: 'Of all rows, on every page' },
  ),
};
const next = Type.Optional(Type.String({ description: 'The cursor of the next page; absent on the last one' }));

const value = Type.Unsafe<unknown>({
  type: ['string', 'number', 'null', 'array'],
  items: { $ref: 'ExpectedReport#' },
});

const StatisticsSchema = Type.Object(
  {
    ...head,
    items: Type.Array(Type.Record(Type.String(), value), {
      title: '行',
      description: 'Each with a member for every column; `null` where there is no figure',
    }),
    next,
  },
  { $id: 'Statistics', ...strict, title: '统计（行）' },
);

const StatisticsColumnsSchema = Type.Object(
  {
    ...head,
    dimensions: Type.Array(
      Type.Object({ name: Type.String(), displayName: label, type: Type.Enum(['ordinal', 'number']) }, { ...strict }),
      { description: 'As an ECharts `dataset` has them' },
    ),
    source: Type.Record(Type.String(), Type.Array(value), {
      title: '列值',
      description: 'The values of every column, by its name, as many as there are rows',
    }),
    next,
  },
  { $id: 'StatisticsColumns', ...strict, title: '统计（列）' },
);

const FigureSchema = Type.Object(
  {
    id: figureId,
    kind: Type.Enum(kind, { title: '类别' }),
    label,
    unit,
    formula: Type.Optional(Type.String({ title: '计算方法' })),
    additive: Type.Boolean({ title: '可加', description: additive }),
    editions: Type.Array(Type.String(), { title: '表样版本', description: 'Those that have it, oldest first' }),
    since: Type.Unsafe<number | null>({
      type: ['integer', 'null'],
      title: '起始年度',
      description: 'The first year of which there is a figure the caller may see',
    }),
  },
  { $id: 'StatisticsFigure', ...strict, title: '指标' },
);

const CatalogueSchema = Type.Object(
  { basis, items: Type.Array(Type.Ref('StatisticsFigure#')) },
  { $id: 'StatisticsCatalogue', ...strict, title: '指标目录' },
);

/** Figures for dashboards, and what can be asked for. */
export const statisticsSchemas = [
  ExpectedReportSchema,
  ColumnSchema,
  EditionNoteSchema,
  StatisticsSchema,
  StatisticsColumnsSchema,
  FigureSchema,
  CatalogueSchema,
];
