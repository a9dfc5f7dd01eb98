import { creditCodeFault } from './credit-code.ts';
import type { Words } from './language.ts';
import type { Fault } from './problem.ts';

export const agencyLevels = ['province', 'prefecture', 'county', 'township'] as const;
export type AgencyLevel = (typeof agencyLevels)[number];

export const levelInWords: Readonly<Record<AgencyLevel, Words>> = {
  province: { 'zh-CN': '省级', en: 'province' },
  prefecture: { 'zh-CN': '市级', en: 'prefecture' },
  county: { 'zh-CN': '县级', en: 'county' },
  township: { 'zh-CN': '乡级', en: 'township' },
};

/** 人民政府/管委会, 政府办公厅（室）, 委办局, 乡镇, 街道办事处, 法律法规授权的组织. */
export const agencyKinds = ['government', 'office', 'department', 'township', 'street', 'institution'] as const;
export type AgencyKind = (typeof agencyKinds)[number];

export const kindInWords: Readonly<Record<AgencyKind, Words>> = {
  government: { 'zh-CN': '人民政府', en: 'government' },
  office: { 'zh-CN': '政府办公厅（室）', en: 'government office' },
  department: { 'zh-CN': '部门', en: 'department' },
  township: { 'zh-CN': '乡镇', en: 'township' },
  street: { 'zh-CN': '街道办事处', en: 'street office' },
  institution: { 'zh-CN': '授权组织', en: 'institution' },
};

/** What a caller says about an agency. Dates are ISO 8601. */
export interface AgencyInput {
  readonly id?: string;
  readonly name: string;
  readonly level: AgencyLevel;
  readonly kind: AgencyKind;
  readonly parentId?: string;
  /** Its report adds up those of its children (汇总); a government's does where nothing is said. */
  readonly consolidates?: boolean;
  /** Vertically led (垂直领导系统): kept out of the local sums. */
  readonly vertical?: boolean;
  readonly creditCode?: string;
  readonly divisionCode?: string;
  readonly contact?: { readonly name?: string; readonly phone?: string; readonly email?: string };
  readonly activeFrom?: string;
  readonly activeTo?: string;
  readonly succeededBy?: string;
}

/** An agency as registered: the caller's own id, and the two flags always told. */
export type Agency = AgencyInput & {
  readonly id: string;
  readonly consolidates: boolean;
  readonly vertical: boolean;
};

/** How an agency finds others while a change is decided. */
export type FindAgency = (id: string) => Agency | undefined;

/** The agency an input describes, members in one order, so that equal agencies have equal JSON. */
export function agencyFrom(id: string, input: AgencyInput): Agency {
  const { name, level, kind, parentId, creditCode, divisionCode, contact, activeFrom, activeTo, succeededBy } = input;
  return {
    id,
    name,
    level,
    kind,
    ...(parentId !== undefined && { parentId }),
    consolidates: input.consolidates ?? kind === 'government',
    vertical: input.vertical ?? false,
    ...(creditCode !== undefined && { creditCode }),
    ...(divisionCode !== undefined && { divisionCode }),
    ...(contact !== undefined && { contact: contactFrom(contact) }),
    ...(activeFrom !== undefined && { activeFrom }),
    ...(activeTo !== undefined && { activeTo }),
    ...(succeededBy !== undefined && { succeededBy }),
  };
}

/** Figures are as of 31 December: who reports for a year is who exists then. */
export function existedAtEndOf(
  { activeFrom, activeTo }: Pick<Agency, 'activeFrom' | 'activeTo'>,
  year: number,
): boolean {
  const end = `${year}-12-31`;
  return (activeFrom === undefined || activeFrom <= end) && (activeTo === undefined || activeTo >= end);
}

/** Whether an agency existed at any time of a year. */
export function existedDuring(
  { activeFrom, activeTo }: Pick<Agency, 'activeFrom' | 'activeTo'>,
  year: number,
): boolean {
  const [begin, end] = [`${year}-01-01`, `${year}-12-31`];
  return (activeFrom === undefined || activeFrom <= end) && (activeTo === undefined || activeTo >= begin);
}

function contactFrom({ name, phone, email }: NonNullable<AgencyInput['contact']>): NonNullable<AgencyInput['contact']> {
  return {
    ...(name !== undefined && { name }),
    ...(phone !== undefined && { phone }),
    ...(email !== undefined && { email }),
  };
}

/**
 * What forbids an agency, pointers below `at`. `find` answers with what will be stored, this agency and the rest of
 * its batch among them.
 */
export function agencyFaults(agency: Agency, find: FindAgency, at = ''): Fault[] {
  return [
    ...parentFaults(agency, find, at),
    ...successorFaults(agency, find, at),
    ...(agency.creditCode === undefined ? [] : creditCodeFault(agency.creditCode, `${at}/creditCode`)),
    ...periodFaults(agency, at),
  ];
}

function parentFaults(agency: Agency, find: FindAgency, at: string): Fault[] {
  if (agency.parentId === undefined) return [];
  const pointer = `${at}/parentId`;
  const params = { parentId: agency.parentId };
  if (!find(agency.parentId)) {
    const detail = { 'zh-CN': '没有登记上级机关“{parentId}”。', en: 'The parent “{parentId}” is not registered.' };
    return [{ pointer, params, detail }];
  }
  if (!comesBack(agency, (one) => one.parentId, find)) return [];
  const detail = {
    'zh-CN': '“{parentId}”就是本机关或其下级，不能作它的上级。',
    en: '“{parentId}” is the agency itself or below it and cannot be its parent.',
  };
  return [{ pointer, params, detail }];
}

/**
 * Whether a walk from an agency to the next leads back to it; what is stored is sound but for what is being changed, so
 * a second visit ends the walk.
 */
function comesBack(agency: Agency, nextOf: (one: Agency) => string | undefined, find: FindAgency): boolean {
  const seen = new Set<string>();
  for (let next = nextOf(agency); next !== undefined && !seen.has(next); next = followed(next, nextOf, find)) {
    if (next === agency.id) return true;
    seen.add(next);
  }
  return false;
}

function followed(id: string, nextOf: (one: Agency) => string | undefined, find: FindAgency): string | undefined {
  const found = find(id);
  return found && nextOf(found);
}

function successorFaults(agency: Agency, find: FindAgency, at: string): Fault[] {
  const { succeededBy } = agency;
  if (succeededBy === undefined) return [];
  const pointer = `${at}/succeededBy`;
  if (!find(succeededBy)) {
    const detail = {
      'zh-CN': '没有登记接续的机关“{succeededBy}”。',
      en: 'The successor “{succeededBy}” is not registered.',
    };
    return [{ pointer, params: { succeededBy }, detail }];
  }
  if (!comesBack(agency, (one) => one.succeededBy, find)) return [];
  const detail = {
    'zh-CN': '“{succeededBy}”就是本机关，或者它最终又由本机关接续。',
    en: '“{succeededBy}” is the agency itself, or is in the end succeeded by it.',
  };
  return [{ pointer, params: { succeededBy }, detail }];
}

function periodFaults({ activeFrom, activeTo }: Agency, at: string): Fault[] {
  if (activeFrom === undefined || activeTo === undefined || activeFrom <= activeTo) return [];
  const detail = {
    'zh-CN': '撤销日期 {activeTo} 早于设立日期 {activeFrom}。',
    en: 'It ends on {activeTo}, before it begins on {activeFrom}.',
  };
  return [{ pointer: `${at}/activeTo`, params: { activeFrom, activeTo }, detail }];
}
