import { Type } from 'typebox';
import { reportStatuses } from '../domain/report.ts';
import { agencyId, contact } from './agency.ts';
import { date } from './text.ts';
import { yearNumber } from './year.ts';

const count = (title: string, description?: string) =>
  Type.Integer({ minimum: 0, title, ...(description !== undefined && { description }) });

const ShareSchema = Type.Object(
  {
    numerator: count('分子'),
    denominator: count('分母'),
    value: Type.Unsafe<number | null>({ type: ['number', 'null'], description: 'null where the denominator is 0' }),
  },
  { $id: 'Share', additionalProperties: false },
);

const byStatus = Type.Object(
  Object.fromEntries(['missing', ...reportStatuses].map((status) => [status, count('数量')])),
  { additionalProperties: false, description: '`missing`: no report at all; together they are all expected' },
);

const counts = {
  expected: count('应报', 'Exist at the end of the year and are not led by a system of their own'),
  handedIn: count('已报', 'Handed in, published or as printed; one returned is not'),
  byStatus,
  overdue: count('逾期未报', 'Not handed in, and the date is past'),
  submittedLate: count('迟报', 'First handed in after the date'),
  completeness: Type.Unsafe({ ...Type.Ref('Share#'), title: '完整率', description: 'Handed in, of all expected' }),
  timeliness: Type.Unsafe({
    ...Type.Ref('Share#'),
    title: '及时率',
    description:
      'First handed in on time, of all expected but those that count without ever having been submitted here, as what is as printed: when that was nobody knows',
  }),
};

const name = Type.String({ title: '机关名称' });
const status = Type.Optional(Type.Enum([...reportStatuses], { title: '状态', description: 'Absent: no report' }));
const dueOn = date({ title: '报送期限', description: 'Extensions included' });
const overdue = Type.Boolean({ title: '逾期未报' });
const asked = { year: yearNumber, under: Type.Optional(agencyId) };
const day = date({ description: 'The day in China the dates were held against' });

const BranchProgressSchema = Type.Object(
  { agencyId, name, ...counts },
  { $id: 'BranchProgress', additionalProperties: false, title: '下级进度' },
);

const MissingReportSchema = Type.Object(
  {
    agencyId,
    name,
    status,
    dueOn,
    overdue,
    extended: Type.Boolean({ title: '已延期', description: 'It has more time than others of its level' }),
  },
  { $id: 'MissingReport', additionalProperties: false, title: '未报' },
);

const ProgressSchema = Type.Object(
  {
    ...asked,
    day,
    ...counts,
    children: Type.Array(Type.Ref('BranchProgress#'), {
      description: 'Direct children with everything below them, but those of whom nobody is expected',
    }),
    missing: Type.Array(Type.Ref('MissingReport#'), { description: 'The earliest due first' }),
  },
  { $id: 'Progress', additionalProperties: false, title: '报送进度' },
);

const ReminderSchema = Type.Object(
  {
    agencyId,
    name,
    status,
    dueOn,
    overdue,
    daysLeft: Type.Integer({ title: '剩余天数', description: 'Negative where the date is past' }),
    contact: Type.Optional(contact),
  },
  { $id: 'Reminder', additionalProperties: false, title: '催报' },
);

const RemindersSchema = Type.Object(
  {
    ...asked,
    day,
    within: count('天数', 'Beside who is overdue, whoever is due within so many days'),
    items: Type.Array(Type.Ref('Reminder#'), { description: 'The longest overdue first' }),
  },
  { $id: 'Reminders', additionalProperties: false, title: '催报名单' },
);

/** How far a year's reports have come, and whom to call. */
export const progressSchemas = [
  ShareSchema,
  BranchProgressSchema,
  MissingReportSchema,
  ProgressSchema,
  ReminderSchema,
  RemindersSchema,
];
