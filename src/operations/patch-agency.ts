import type { Agency, AgencyInput } from '../domain/agency.ts';
import { mergePatch } from '../domain/merge-patch.ts';
import { Problem } from '../domain/problem.ts';
import { changeAgency, type AgencyWrite } from './change-agency.ts';
import type { Service } from './service.ts';
import type { Written } from './write-outcome.ts';

/**
 * Changes the members of an agency that the merge patch names; `null` removes one.
 *
 * @throws Problem `agency-not-found`.
 */
export async function patchAgency(service: Service, write: AgencyWrite, patch: unknown): Promise<Written<Agency>> {
  return changeAgency(service, write, (stored) => {
    if (!stored) throw new Problem('agency-not-found', { params: { agencyId: write.id } });
    return mergePatch(stored, patch) as AgencyInput;
  });
}
