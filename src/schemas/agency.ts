import { Type } from 'typebox';
import { agencyKinds, agencyLevels } from '../domain/agency.ts';
import { listOf } from './list.ts';
import { mergePatchOf } from './merge-patch-of.ts';
import { date, line } from './text.ts';

/** The caller's own stable code of an agency. */
export const agencyId = Type.String({
  pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$',
  maxLength: 64,
  title: '机关代码',
  description: 'The caller’s own stable code; `batch` is reserved',
});

const required = {
  name: line(200, { title: '机关名称', description: 'Full official name' }),
  level: Type.Enum([...agencyLevels], { title: '层级', description: 'Level of government' }),
  kind: Type.Enum([...agencyKinds], { title: '类别', description: 'Kind of agency' }),
};

const parentId = Type.String({ ...agencyId, title: '上级机关代码', description: 'The agency it reports to' });
const consolidates = Type.Boolean({
  title: '汇总下级',
  description: 'Its report adds up those of its children; true for a government where left out',
});
const vertical = Type.Boolean({
  title: '垂直领导',
  description: 'Led by its own system and kept out of local sums; false where left out',
});
/** Whom to call at an agency. */
export const contact = Type.Object(
  {
    name: Type.Optional(line(100, { title: '联系人' })),
    phone: Type.Optional(line(50, { title: '电话' })),
    email: Type.Optional(line(200, { title: '电子邮箱' })),
  },
  { additionalProperties: false, title: '联系方式', description: 'Whom to call; never shown without a key' },
);

const rest = {
  creditCode: Type.String({
    minLength: 18,
    maxLength: 18,
    pattern: '^[\\x21-\\x7E]*$',
    title: '统一社会信用代码',
    description: 'Unified social credit code (GB 32100), 18 characters with a check character',
  }),
  divisionCode: Type.String({
    pattern: '^[1-8][0-9]{5}([0-9]{3}){0,2}$',
    title: '行政区划代码',
    description: 'Administrative division code (GB/T 2260): 6, 9 or 12 digits',
  }),
  contact,
  activeFrom: date({ title: '设立日期', description: 'First day it exists' }),
  activeTo: date({ title: '撤销日期', description: 'Last day it exists' }),
  succeededBy: Type.String({ ...agencyId, title: '接续机关代码', description: 'The agency that took over' }),
};

const optional = Type.Partial(Type.Object({ parentId, ...rest })).properties;

export const AgencySchema = Type.Object(
  { id: agencyId, ...required, consolidates, vertical, ...optional },
  { $id: 'Agency', additionalProperties: false, title: '机关' },
);

export const AgencyInputSchema = Type.Object(
  {
    id: Type.Optional(Type.String({ ...agencyId, description: 'May be repeated here; must be that of the address' })),
    ...required,
    consolidates: Type.Optional(consolidates),
    vertical: Type.Optional(vertical),
    ...optional,
  },
  { $id: 'AgencyInput', additionalProperties: false, title: '机关（写入）' },
);

export const AgencyPatchSchema = mergePatchOf(AgencyInputSchema, { $id: 'AgencyPatch', title: '机关（修改）' });

export const AgencyListSchema = listOf('AgencyList', Type.Ref('Agency#'));

/** The most agencies one batch holds. */
export const batchLimit = 5_000;

export const AgencyBatchSchema = Type.Object(
  {
    items: Type.Array(Type.Object({ ...AgencyInputSchema.properties, id: agencyId }, { additionalProperties: false }), {
      minItems: 1,
      maxItems: batchLimit,
      description: 'Parents may stand anywhere among them',
    }),
  },
  { $id: 'AgencyBatch', additionalProperties: false },
);

export const AgencyBatchResultSchema = Type.Object(
  { created: Type.Integer(), updated: Type.Integer(), unchanged: Type.Integer() },
  { $id: 'AgencyBatchResult', additionalProperties: false },
);
