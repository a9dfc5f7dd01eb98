import { may, relationOf, rolesOf, type Principal } from '../domain/access.ts';
import type { Agency, FindAgency } from '../domain/agency.ts';
import { Problem, type Fault } from '../domain/problem.ts';

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
    if (!may(by, 'registerAgency', relation)) throw notAllowed(by, 'registerAgency');
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

/** What somebody is told who may know of an agency but not do this with it. */
export function notAllowed({ keyId, role }: Principal, operation: string): Problem {
  return new Problem('not-allowed', { params: { keyId, role, operation, roles: rolesOf(operation).join(', ') } });
}
