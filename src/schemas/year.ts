import { Type, type TSchema } from 'typebox';
import { dueLevels, yearStatuses } from '../domain/year.ts';
import { listOf } from './list.ts';
import { date } from './text.ts';

/** A year as a number in an address: its edition is another matter. */
export const yearNumber = Type.Integer({
  minimum: 1000,
  maximum: 2999,
  title: '报告年度',
  description: 'Year reported',
});

const status = Type.Enum([...yearStatuses], { title: '状态', description: '计划 planned, 开放 open, 关闭 closed' });
const levels = (member: TSchema) => Object.fromEntries(dueLevels.map((level) => [level, member]));
const dates = (title: string) =>
  Type.Object(levels(date()), {
    additionalProperties: false,
    title,
    description: 'By level of government; `department` is every body that is no government, whatever its level',
  });

const datesInput = (title: string) =>
  Type.Unsafe<Record<string, string>>({
    type: ['object', 'null'],
    properties: levels(Type.Unsafe({ ...date(), type: ['string', 'null'] })),
    additionalProperties: false,
    title,
    description: 'What is left out or null is what the law says',
  });

/** The schemas of years; `editions` are those a year may name. */
export function yearSchemas(editions: readonly string[]) {
  const edition = Type.Enum([...editions], { title: '表样版本', description: 'Edition of the form' });
  return [
    Type.Object(
      { year: yearNumber, edition, status, due: dates('报送期限'), publishBy: dates('公布期限') },
      { $id: 'Year', additionalProperties: false, title: '报告年度' },
    ),
    Type.Object(
      {
        year: Type.Optional(yearNumber),
        edition: Type.Optional(Type.Unsafe({ enum: [...editions, null], description: 'By year where left out' })),
        status: Type.Optional(Type.Unsafe({ enum: [...yearStatuses, null], description: '`open` where left out' })),
        due: Type.Optional(datesInput('报送期限')),
        publishBy: Type.Optional(datesInput('公布期限')),
      },
      {
        $id: 'YearInput',
        additionalProperties: false,
        title: '报告年度（写入）',
        description: 'Whatever is left out or null follows from the law and the year',
      },
    ),
    listOf('YearList', Type.Ref('Year#')),
  ];
}
