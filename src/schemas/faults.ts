import type { ErrorObject } from 'ajv/dist/2020.js';
import type { Params, Words } from '../domain/language.ts';
import type { Fault } from '../domain/problem.ts';
import { linePattern, saidPattern, textPattern } from './text.ts';

/** How much of a wrong value is quoted. */
const quotedLength = 40;

interface Sentence {
  readonly detail: Words;
  readonly params?: Params;
  /** The member the fault is about, below the place ajv names. */
  readonly member?: string;
}

/** Patterns that are better told in words. */
const patternWords: Readonly<Record<string, Words>> = {
  [textPattern]: {
    'zh-CN': '含有控制字符或不完整的字符，请删除后再提交。',
    en: 'Contains control characters or half of a character; remove them.',
  },
  [saidPattern]: {
    'zh-CN': '不能空白，也不能含控制字符或不完整的字符。',
    en: 'Should say something, without control characters or half of a character.',
  },
  [linePattern]: {
    'zh-CN': '应为一行文字：不能空白，不能含换行或控制字符。',
    en: 'Should be one line of text: not blank, without line breaks or control characters.',
  },
};

/** What each keyword of a schema says when it is not met; errors carry their schema and data (`verbose`). */
const sentences: Readonly<Record<string, (error: ErrorObject) => Sentence>> = {
  type: ({ params, data }) => ({
    detail: { 'zh-CN': '应为{expected}，收到的是 {got}。', en: 'Should be {expected}; got {got}.' },
    params: { expected: expectedType(params['type'] as string | string[]), got: quoted(data) },
  }),
  required: ({ params }) => ({
    detail: { 'zh-CN': '缺少“{name}”。', en: '“{name}” is missing.' },
    params: { name: params['missingProperty'] as string },
    member: params['missingProperty'] as string,
  }),
  additionalProperties: ({ params, parentSchema }) => ({
    detail: { 'zh-CN': '没有“{name}”这一项；可填：{allowed}。', en: 'There is no “{name}”; there are: {allowed}.' },
    params: { name: params['additionalProperty'] as string, allowed: membersOf(parentSchema) },
    member: params['additionalProperty'] as string,
  }),
  propertyNames: ({ params }) => ({
    detail: {
      'zh-CN': '“{name}”不是这一版表样的指标地址，格式为 部分.行.列。',
      en: '“{name}” is not a cell address of this edition, section.row.column.',
    },
    params: { name: params['propertyName'] as string },
    member: params['propertyName'] as string,
  }),
  minimum: ({ params, data }) => ({
    detail: { 'zh-CN': '不得小于 {limit}，收到的是 {got}。', en: 'Must be at least {limit}; got {got}.' },
    params: { limit: params['limit'] as number, got: quoted(data) },
  }),
  maximum: ({ params, data }) => ({
    detail: { 'zh-CN': '不得大于 {limit}，收到的是 {got}。', en: 'Must be at most {limit}; got {got}.' },
    params: { limit: params['limit'] as number, got: quoted(data) },
  }),
  'x-maxDecimals': ({ data }) => ({
    detail: {
      'zh-CN': '以万元计，最多 6 位小数（精确到分），收到的是 {got}。',
      en: 'In 10,000 yuan with at most 6 decimals (one fen); got {got}.',
    },
    params: { got: quoted(data) },
  }),
  minLength: ({ params }) => ({
    detail: { 'zh-CN': '至少 {limit} 个字符。', en: 'At least {limit} characters.' },
    params: { limit: params['limit'] as number },
  }),
  maxLength: ({ params, data }) => ({
    detail: {
      'zh-CN': '最多 {limit} 个字符，收到 {length} 个。',
      en: 'At most {limit} characters; got {length}.',
    },
    params: { limit: params['limit'] as number, length: Array.from(data as string).length },
  }),
  minItems: ({ params }) => ({
    detail: { 'zh-CN': '至少 {limit} 项。', en: 'At least {limit} items.' },
    params: { limit: params['limit'] as number },
  }),
  maxItems: ({ params }) => ({
    detail: { 'zh-CN': '最多 {limit} 项。', en: 'At most {limit} items.' },
    params: { limit: params['limit'] as number },
  }),
  enum: ({ params, data }) => ({
    detail: { 'zh-CN': '只能是 {allowed}，收到的是 {got}。', en: 'Must be one of {allowed}; got {got}.' },
    params: { allowed: (params['allowedValues'] as unknown[]).join(', '), got: quoted(data) },
  }),
  const: ({ params, data }) => ({
    detail: { 'zh-CN': '应为 {expected}，收到的是 {got}。', en: 'Must be {expected}; got {got}.' },
    params: { expected: quoted(params['allowedValue']), got: quoted(data) },
  }),
  format: ({ params, data }) => ({
    detail: { 'zh-CN': '格式应为 {format}，收到的是 {got}。', en: 'Must be a {format}; got {got}.' },
    params: { format: params['format'] as string, got: quoted(data) },
  }),
  pattern: ({ params, data }) => ({
    detail: patternWords[params['pattern'] as string] ?? {
      'zh-CN': '格式应为 {pattern}，收到的是 {got}。',
      en: 'Must match {pattern}; got {got}.',
    },
    params: { pattern: params['pattern'] as string, got: quoted(data) },
  }),
};

const unexplained: Sentence = { detail: { 'zh-CN': '不符合要求。', en: 'Does not fit the schema.' } };

/** Every fault ajv found, each with its place and what to do about it. */
export function faultsOf(errors: readonly ErrorObject[], part: NonNullable<Fault['in']>): Fault[] {
  return errors
    .filter((error) => error.propertyName === undefined)
    .map((error) => {
      const { detail, params, member } = sentences[error.keyword]?.(error) ?? unexplained;
      const pointer = member === undefined ? error.instancePath : `${error.instancePath}/${escaped(member)}`;
      return { in: part, pointer, detail, ...(params && { params }) };
    });
}

/** A member's name as a token of a JSON pointer. */
function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

const typeNames: Readonly<Record<string, Words>> = {
  integer: { 'zh-CN': '整数', en: 'an integer' },
  number: { 'zh-CN': '数', en: 'a number' },
  string: { 'zh-CN': '字符串', en: 'a string' },
  boolean: { 'zh-CN': 'true 或 false', en: 'true or false' },
  object: { 'zh-CN': '对象', en: 'an object' },
  array: { 'zh-CN': '数组', en: 'an array' },
  null: { 'zh-CN': 'null（空白）', en: 'null (blank)' },
};

function expectedType(type: string | readonly string[]): Words {
  const names = (Array.isArray(type) ? type : [type]).map((name: string) => typeNames[name]);
  return {
    'zh-CN': names.map((name) => name?.['zh-CN']).join('或'),
    en: names.map((name) => name?.en).join(' or '),
  };
}

/** A wrong value as a sentence shows it; what holds others is not spelled out, however deep it goes. */
function quoted(value: unknown): string {
  if (Array.isArray(value)) return '[…]';
  if (typeof value === 'object' && value !== null) return '{…}';
  const text = typeof value === 'string' ? JSON.stringify(value.slice(0, quotedLength)) : String(value);
  return typeof value === 'string' && value.length > quotedLength ? `${text.slice(0, -1)}…"` : text;
}

function membersOf(schema: unknown): string {
  const { properties = {} } = schema as { properties?: object };
  return Object.keys(properties).join(', ');
}
