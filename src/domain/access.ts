import type { Words } from './language.ts';

/** What a key is for: an operator, a disclosure office, an agency that reports, and whoever only reads. */
export const roles = ['admin', 'collector', 'reporter', 'reader'] as const;
export type Role = (typeof roles)[number];

export const roleInWords: Readonly<Record<Role, Words>> = {
  admin: { 'zh-CN': '管理员', en: 'an administrator' },
  collector: { 'zh-CN': '公开办', en: 'a disclosure office' },
  reporter: { 'zh-CN': '填报单位', en: 'a reporter' },
  reader: { 'zh-CN': '查阅者', en: 'a reader' },
};

/** Who asks: the holder of a key. */
export interface Principal {
  readonly keyId: string;
  readonly role: Role;
  /** The agency the key is bound to, with everything below it; absent where it is bound to none. */
  readonly agencyId?: string;
}

/**
 * Where the agency a request is about stands to that of the caller's key. All agencies are below a key bound to none,
 * and so is what belongs to no agency: years, keys bound to none.
 */
export const relations = ['own', 'below', 'outside'] as const;
export type Relation = (typeof relations)[number];

/** How much of what a request is about the caller may have: everything, only what has been published, or nothing. */
export type Scope = 'all' | 'published' | 'none';

/** What may be done by whom: for each role the relations at which it may; `anybody` is what all may have. */
interface Grant {
  readonly anybody: Scope;
  readonly to: Partial<Readonly<Record<Role, readonly Relation[]>>>;
}

const inside: readonly Relation[] = ['own', 'below'];
const anywhere: readonly Relation[] = relations;

/** Nothing that is anybody's in particular: the forms, the documentation, whether the service runs. */
const open: Grant = { anybody: 'all', to: everyRole(anywhere) };
/** Drafts inside, what has been published elsewhere. */
const reading: Grant = { anybody: 'published', to: everyRole(inside) };
/** What is not published at all: agencies, checks, progress. */
const readingInside: Grant = { anybody: 'none', to: everyRole(inside) };
/** What every holder of a key may have, whosever it is: years, a check of what is not stored. */
const withKey: Grant = { anybody: 'none', to: everyRole(anywhere) };
/** A reporter fills in its own agency's report and nobody else's; a disclosure office may help everybody it collects from. */
const writing: Grant = { anybody: 'none', to: { admin: inside, collector: inside, reporter: ['own'] } };
/** Nobody reviews the report of its own agency: that is for the office above. */
const reviewing: Grant = { anybody: 'none', to: { admin: ['below'], collector: ['below'] } };
/** What a disclosure office is told and nobody it collects from. */
const collecting: Grant = { anybody: 'none', to: { admin: inside, collector: inside } };
/** What all agencies have in common is for a key that is bound to none. */
const operating: Grant = { anybody: 'none', to: { admin: ['below'] } };
/** How the service itself does is for whoever has to do with all of it. A reader's key will do: a program keeps it. */
const watching: Grant = { anybody: 'none', to: { admin: ['below'], collector: ['below'], reader: ['below'] } };
/** Which agencies a body names is known when it is read: what is allowed of each is then asked by another name. */
const registering: Grant = { anybody: 'none', to: { admin: anywhere, collector: anywhere } };
/** The same of reports, which agencies hand in themselves. */
const filing: Grant = { anybody: 'none', to: { admin: anywhere, collector: anywhere, reporter: anywhere } };
const administering: Grant = { anybody: 'none', to: { admin: anywhere } };
const administeringInside: Grant = { anybody: 'none', to: { admin: inside } };

function everyRole(relations: readonly Relation[]): Grant['to'] {
  return { admin: relations, collector: relations, reporter: relations, reader: relations };
}

/**
 * Who may do what, by operation. What a report's status allows besides stands in `workflow.ts`. An operation that is
 * missing here cannot be served.
 */
const grants: Readonly<Record<string, Grant>> = {
  listForms: open,
  getForm: open,
  listRules: open,
  getReportSchema: open,
  getTemplate: open,
  getLiveness: open,
  getReadiness: open,
  getMetrics: watching,

  listAgencies: readingInside,
  getAgency: readingInside,
  putAgencies: registering,
  putAgency: registering,
  registerAgency: reviewing,
  placeUnderAgency: collecting,
  patchAgency: reviewing,
  deleteAgency: reviewing,

  listYears: withKey,
  getYear: withKey,
  putYear: operating,
  patchYear: operating,
  deleteYear: operating,

  listExtensions: readingInside,
  getExtension: readingInside,
  putExtension: reviewing,
  deleteExtension: reviewing,
  getProgress: readingInside,
  getReminders: collecting,
  getCalendar: readingInside,

  listReports: reading,
  getStatistics: reading,
  getStatisticsCatalogue: reading,
  getReport: reading,
  getSection: reading,
  getDocument: reading,
  listRevisions: reading,
  getRevision: reading,
  getChanges: reading,
  checkReport: readingInside,
  checkUnstored: withKey,
  getConsolidation: readingInside,
  importDocuments: withKey,

  putReport: writing,
  putReports: filing,
  patchReport: writing,
  deleteReport: writing,
  prefillReport: writing,
  putSection: writing,
  patchSection: writing,
  deleteSection: writing,
  deleteWaiver: writing,
  putWaiver: writing,
  waiveFinding: reviewing,
  consolidateReport: writing,
  recordAsPrinted: reviewing,

  submitReport: writing,
  acceptReport: reviewing,
  returnReport: reviewing,
  publishReport: reviewing,
  reopenReport: reviewing,

  listEvents: readingInside,
  showAddresses: administering,

  issueKey: administeringInside,
  listKeys: administeringInside,
  createKey: administering,
  getKey: administering,
  patchKey: administering,
  rotateKey: administering,
  deleteKey: administering,
};

/** Whether there is a decision on an operation. */
export function isDecided(operation: string): boolean {
  return operation in grants;
}

/** The one place that decides who may do what; `principal` absent is anybody without a key. */
export function scopeOf(principal: Principal | undefined, operation: string, relation: Relation): Scope {
  const grant = grants[operation];
  if (!grant) return 'none';
  return principal && grant.to[principal.role]?.includes(relation) ? 'all' : grant.anybody;
}

/**
 * Where an agency stands to the one a key is bound to (`root`): within its subtree or not. `parentOf` gives an agency's
 * parent; a tree of agencies has no cycles.
 */
export function relationOf(
  root: string | undefined,
  agencyId: string | undefined,
  parentOf: (agencyId: string) => string | undefined,
): Relation {
  if (root === undefined) return 'below';
  if (root === agencyId) return 'own';
  for (let id = agencyId; id !== undefined; id = parentOf(id)) if (id === root) return 'below';
  return 'outside';
}

/** Where an agency that is known to be within a key's subtree stands. */
export function relationInside({ agencyId: root }: Principal, agencyId: string): Relation {
  return root === agencyId ? 'own' : 'below';
}

/** Whether the holder of a key may do something with an agency in this relation. */
export function may(principal: Principal | undefined, operation: string, relation: Relation): boolean {
  return scopeOf(principal, operation, relation) === 'all';
}

/** The roles that may do something with any agency at all. */
export function rolesOf(operation: string): Role[] {
  return roles.filter((role) => grants[operation]?.to[role]);
}
