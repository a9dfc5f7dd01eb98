import { dependentsOfAgency } from '../domain/dependents.ts';
import { meetConditions } from '../domain/precondition.ts';
import { Problem } from '../domain/problem.ts';
import { agencyTag, type AgencyWrite } from './change-agency.ts';
import { rechecking } from './recheck-reports.ts';
import type { Service } from './service.ts';

/**
 * Removes an agency nothing refers to.
 *
 * @throws Problem `agency-not-found`, `precondition-failed`, `agency-in-use`.
 */
export async function deleteAgency(service: Service, { id, conditions, act, by }: AgencyWrite): Promise<void> {
  await service.store.changeAgencies((registry) => {
    const { find, references } = registry;
    const stored = find(id);
    if (!stored) throw new Problem('agency-not-found', { params: { agencyId: id } });
    meetConditions(conditions, agencyTag(stored), false);
    const { reports, extensions, children, predecessors, keys } = references(id);
    if (reports + extensions + children + predecessors + keys > 0) {
      const params = { agencyId: id, reports, extensions, children, predecessors, keys };
      throw new Problem('agency-in-use', { params });
    }
    const dependents = dependentsOfAgency(stored, undefined, registry);
    const deed = { act, by, at: service.now().toISOString() };
    return { remove: id, deed, ...rechecking(service, dependents), result: undefined };
  });
}
