import { meetConditions } from '../domain/precondition.ts';
import { Problem } from '../domain/problem.ts';
import { agencyTag, type AgencyWrite } from './change-agency.ts';
import type { Service } from './service.ts';

/**
 * Removes an agency nothing refers to.
 *
 * @throws Problem `agency-not-found`, `precondition-failed`, `agency-in-use`.
 */
export async function deleteAgency({ store }: Service, { id, conditions }: AgencyWrite): Promise<void> {
  await store.changeAgencies(({ find, references }) => {
    const stored = find(id);
    if (!stored) throw new Problem('agency-not-found', { params: { agencyId: id } });
    meetConditions(conditions, agencyTag(stored), false);
    const { reports, children, predecessors } = references(id);
    if (reports + children + predecessors > 0) {
      throw new Problem('agency-in-use', { params: { agencyId: id, reports, children, predecessors } });
    }
    return { remove: id, result: undefined };
  });
}
