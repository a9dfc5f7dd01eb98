import type { Agency } from './agency.ts';
import type { Edition } from './edition.ts';
import type { Words } from './language.ts';
import { Problem, type Fault } from './problem.ts';

/**
 * Who shares a due date: governments by level, townships and streets, and every other body (departments, offices,
 * institutions) whatever its level.
 */
export const dueLevels = ['province', 'prefecture', 'county', 'township', 'department'] as const;
export type DueLevel = (typeof dueLevels)[number];
export type DatesByLevel = Readonly<Record<DueLevel, string>>;

export const dueLevelInWords: Readonly<Record<DueLevel, Words>> = {
  province: { 'zh-CN': '省级政府', en: 'province' },
  prefecture: { 'zh-CN': '市级政府', en: 'prefecture' },
  county: { 'zh-CN': '县级政府', en: 'county' },
  township: { 'zh-CN': '乡镇、街道', en: 'townships and streets' },
  department: { 'zh-CN': '部门和其他单位', en: 'departments and other bodies' },
};

export const yearStatuses = ['planned', 'open', 'closed'] as const;
export type YearStatus = (typeof yearStatuses)[number];

export const yearStatusInWords: Readonly<Record<YearStatus, Words>> = {
  planned: { 'zh-CN': '尚未开始', en: 'not open yet' },
  open: { 'zh-CN': '正在填报', en: 'open' },
  closed: { 'zh-CN': '已经截止', en: 'closed' },
};

/** What a caller says of a year; what is left out or `null` follows from the law. */
export interface YearInput {
  readonly year?: number;
  readonly edition?: string | null;
  readonly status?: YearStatus | null;
  readonly due?: Partial<DatesByLevel> | null;
  readonly publishBy?: Partial<DatesByLevel> | null;
}

/** A reporting year; dates are ISO 8601 days of the year after. */
export interface Year {
  readonly year: number;
  readonly edition: string;
  readonly status: YearStatus;
  readonly due: DatesByLevel;
  readonly publishBy: DatesByLevel;
}

/** 《政府信息公开条例》 art. 49 and the notices of 2019 and 2021: month and day of the year after. */
const statutoryDue: DatesByLevel = {
  province: '03-31',
  prefecture: '03-10',
  county: '02-20',
  township: '01-31',
  department: '01-31',
};

const statutoryPublishBy: DatesByLevel = {
  province: '03-31',
  prefecture: '03-31',
  county: '03-31',
  township: '01-31',
  department: '01-31',
};

/**
 * The year an input describes, with the law's dates where it names none.
 *
 * @throws Problem `year-without-edition` when no edition covers the year.
 */
export function yearFrom(year: number, input: YearInput, editions: readonly Edition[]): Year {
  const byYear = editionOf(year, editions);
  return {
    year,
    edition: input.edition ?? byYear.id,
    status: input.status ?? 'open',
    due: datesFrom(year, statutoryDue, input.due),
    publishBy: datesFrom(year, statutoryPublishBy, input.publishBy),
  };
}

/**
 * The edition in force for a year.
 *
 * @throws Problem `year-without-edition`.
 */
export function editionOf(year: number, editions: readonly Edition[]): Edition {
  const edition = editions.find(({ years }) => years.first <= year && year <= (years.last ?? year));
  if (edition) return edition;
  const covered = editions.map(({ id, years }) => `${years.first}–${years.last ?? ''} (${id})`).join(', ');
  throw new Problem('year-without-edition', { params: { year, covered } });
}

/** Which due date an agency has. */
export function dueLevelOf({ level, kind }: Pick<Agency, 'level' | 'kind'>): DueLevel {
  if (level === 'township' || kind === 'township' || kind === 'street') return 'township';
  return kind === 'government' ? level : 'department';
}

/** The day by which an agency's report of the year has to be public. */
export function publishByOf({ publishBy }: Year, agency: Pick<Agency, 'level' | 'kind'>): string {
  return publishBy[dueLevelOf(agency)];
}

/**
 * What forbids the dates of a year, level by level: a day before there was anything to report, a report due after it has
 * to be public. A level whose dates stay as they are stored is not looked at again: whoever closes the year need not mend it.
 */
export function dateFaults(year: Year, stored: Year | undefined): Fault[] {
  const moved = dueLevels.filter((level) =>
    dateMembers.some((member) => stored?.[member][level] !== year[member][level]),
  );
  return moved.flatMap((level) => {
    const params = {
      level: dueLevelInWords[level],
      due: year.due[level],
      publishBy: year.publishBy[level],
      year: year.year,
    };
    const early = dateMembers.filter((member) => year[member][level] <= `${year.year}-12-31`);
    if (early.length > 0)
      return early.map((member) => ({ pointer: `/${member}/${level}`, params, detail: tooEarly[member] }));
    return params.due <= params.publishBy ? [] : [{ pointer: `/due/${level}`, params, detail: afterPublication }];
  });
}

const dateMembers = ['due', 'publishBy'] as const;

const tooEarly = {
  due: {
    'zh-CN': '{level}的报送期限 {due} 在 {year} 年度结束之前（公布期限是 {publishBy}）。',
    en: '{due}, when reports are due ({level}), is before the end of {year}; they have to be public by {publishBy}.',
  },
  publishBy: {
    'zh-CN': '{level}的公布期限 {publishBy} 在 {year} 年度结束之前（报送期限是 {due}）。',
    en: '{publishBy}, by when reports have to be public ({level}), is before the end of {year}; they are due on {due}.',
  },
};
const afterPublication = {
  'zh-CN': '{level}的报送期限 {due} 晚于公布期限 {publishBy}；确需推后的，请同时修改 publishBy。',
  en: 'Reports are due ({level}) on {due}, after they have to be public by {publishBy}; to move the one, move publishBy as well.',
};

function datesFrom(year: number, statutory: DatesByLevel, given: YearInput['due']): DatesByLevel {
  const dates = dueLevels.map((level) => [level, given?.[level] ?? `${year + 1}-${statutory[level]}`] as const);
  return Object.fromEntries(dates) as Record<DueLevel, string>;
}
