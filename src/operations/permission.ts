import { may, relationOf, roleInWords, rolesOf, scopeOf, type Principal, type Relation } from '../domain/access.ts';
import type { Agency, FindAgency } from '../domain/agency.ts';
import { enumerated, type Words } from '../domain/language.ts';
import { Problem, type Fault } from '../domain/problem.ts';
import type { ReportKey } from '../domain/report.ts';
import type { Store } from '../domain/store.ts';

/** Where an agency stands to the one a key is bound to; no agency in particular stands above them all. */
export async function relationTo(
  store: Pick<Store, 'relation'>,
  { agencyId: root }: Principal,
  agencyId: string | undefined,
): Promise<Relation> {
  if (root === undefined) return 'below';
  if (agencyId === undefined) return 'outside';
  return agencyId === root ? 'own' : store.relation(root, agencyId);
}

/**
 * Refuses what somebody may not do with an agency.
 *
 * @throws Problem `agency-not-found` for one the caller need not know of, else `not-allowed`.
 */
export async function refuseUnlessMay(
  store: Pick<Store, 'relation' | 'isPublic'>,
  by: Principal,
  operation: string,
  agencyId: string,
): Promise<void> {
  const relation = await relationTo(store, by, agencyId);
  if (!may(by, operation, relation)) throw await refusalOf(store, by, operation, { agencyId, relation });
}

/** Whether somebody may read a report as it stands: within its reach; elsewhere if published, no correction under way. */
export async function mayReadAsItStands(
  store: Pick<Store, 'relation' | 'reportVersion'>,
  by: Principal,
  key: ReportKey,
): Promise<boolean> {
  const scope = scopeOf(by, 'getReport', await relationTo(store, by, key.agencyId));
  if (scope !== 'published') return scope === 'all';
  const published = await store.reportVersion(key, 'published');
  return published !== undefined && published.revision === (await store.reportVersion(key, 'all'))?.revision;
}

/** How somebody is refused: of an agency outside its reach it need not know, unless a report of it is public. */
export async function refusalOf(
  store: Pick<Store, 'isPublic'>,
  by: Principal,
  operation: string,
  { agencyId, relation }: { readonly agencyId: string | undefined; readonly relation: Relation },
): Promise<Problem> {
  const unknown = agencyId !== undefined && relation === 'outside' && !(await store.isPublic(agencyId));
  return unknown ? new Problem('agency-not-found', { params: { agencyId } }) : notAllowed(by, operation, relation);
}

/**
 * Refuses to register anew what somebody else has registered, or the agency the key itself is bound to.
 *
 * @throws Problem `agency-not-found` for an agency the caller need not know of, `not-allowed` for its own.
 */
export function refuseOthers(by: Principal, ids: readonly string[], find: FindAgency): void {
  for (const id of ids) {
    if (!find(id)) continue;
    const relation = relationOf(by.agencyId, id, (agencyId) => find(agencyId)?.parentId);
    if (relation === 'outside') throw new Problem('agency-not-found', { params: { agencyId: id } });
    if (!may(by, 'registerAgency', relation)) throw notAllowed(by, 'registerAgency', relation);
  }
}

/**
 * A key that is bound to an agency registers others below it and nowhere else.
 *
 * @throws Problem `agency-refused`, each fault named by its index where there are several.
 */
export function refuseMisplaced(by: Principal, agencies: readonly Agency[], find: FindAgency): void {
  const misplaced = (agency: Agency) =>
    !may(
      by,
      'placeUnderAgency',
      relationOf(by.agencyId, agency.parentId, (id) => find(id)?.parentId),
    );
  const faults = agencies.flatMap((agency, index): Fault[] => {
    const pointer = agencies.length > 1 ? `/items/${index}/parentId` : '/parentId';
    return misplaced(agency) ? [{ pointer, params: { root: by.agencyId ?? '' }, detail }] : [];
  });
  if (faults.length > 0) throw new Problem('agency-refused', { faults });
}

const detail = {
  'zh-CN': '这个密钥只能登记“{root}”及其下级机关之下的机关。',
  en: 'This key registers agencies under “{root}” and those below it only.',
};

/**
 * The agencies that one to be registered may name as its parent or successor: for a key that is bound, none is
 * registered outside its reach. A successor that somebody else has named (`stored`) stays.
 */
export function nameable(by: Principal, stored: Agency | undefined, find: FindAgency): FindAgency {
  const relation = (id: string) => relationOf(by.agencyId, id, (one) => find(one)?.parentId);
  return (id) => (id === stored?.succeededBy || may(by, 'placeUnderAgency', relation(id)) ? find(id) : undefined);
}

/** What somebody is told who may know of an agency but not do this with it: that its role may not, or not with this one. */
export function notAllowed(by: Principal, operation: string, relation: Relation): Problem {
  const { keyId, role, agencyId: root = '' } = by;
  const able = rolesOf(operation);
  if (able.includes(role)) return new Problem('agency-not-yours', { params: { keyId, root, why: why[relation] } });
  const holders = enumerated(able.map((one) => roleInWords[one]));
  return new Problem('not-allowed', { params: { keyId, role: roleInWords[role], operation, roles: holders } });
}

const why: Readonly<Record<Relation, Words>> = {
  own: {
    'zh-CN': '本机关的登记、延期和报告审核须由上级公开办办理。',
    en: 'what is registered of that agency itself, its extensions and the review of its report are for the office above.',
  },
  below: { 'zh-CN': '填报密钥只能用于本机关。', en: 'a reporter’s key is for that agency alone.' },
  outside: {
    'zh-CN': '只能用于该机关及其下级机关，不能用于其他机关或全市共有的内容。',
    en: 'it is for that agency and those below it, not for others or for what all have in common.',
  },
};
