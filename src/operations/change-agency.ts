import { agencyFaults, agencyFrom, type Agency, type AgencyInput } from '../domain/agency.ts';
import { dependentsOfAgency } from '../domain/dependents.ts';
import type { Order } from '../domain/event.ts';
import { meetConditions, type Conditions } from '../domain/precondition.ts';
import { Problem } from '../domain/problem.ts';
import { nameable, refuseMisplaced, refuseOthers } from './permission.ts';
import { rechecking } from './recheck-reports.ts';
import type { Service } from './service.ts';
import { contentTag } from './tags.ts';
import type { Written } from './write-outcome.ts';

export interface AgencyWrite extends Order {
  readonly id: string;
  readonly conditions: Conditions;
}

/**
 * Writes one agency, decided from what is stored.
 *
 * @throws Problem `precondition-failed`, `agency-refused`, and what `inputFrom` throws.
 */
export async function changeAgency(
  service: Service,
  { id, conditions, act, by }: AgencyWrite,
  inputFrom: (stored: Agency | undefined) => AgencyInput,
): Promise<Written<Agency>> {
  return service.store.changeAgencies<Written<Agency>>((registry) => {
    const { find } = registry;
    const stored = find(id);
    refuseOthers(by, [id], find);
    const agency = agencyFrom(id, inputFrom(stored));
    const tag = agencyTag(agency);
    const storedTag = stored && agencyTag(stored);
    if (tag === storedTag) return { result: { outcome: 'unchanged', resource: agency, tag } };
    meetConditions(conditions, storedTag, false);
    const named = nameable(by, stored, find);
    refuseFaults([...idFaults(agency), ...agencyFaults(agency, (other) => (other === id ? agency : named(other)))]);
    refuseMisplaced(by, [agency], find);
    const dependents = dependentsOfAgency(stored, agency, registry);
    return {
      write: [agency],
      deed: { act, by, at: service.now().toISOString() },
      ...rechecking(service, dependents, true),
      result: { outcome: stored ? 'updated' : 'created', resource: agency, tag },
    };
  });
}

/** An agency's entity tag. */
export function agencyTag(agency: Agency): string {
  return contentTag(JSON.stringify(agency));
}

/** @throws Problem `agency-refused` with every fault. */
export function refuseFaults(faults: ReturnType<typeof agencyFaults>): void {
  if (faults.length > 0) throw new Problem('agency-refused', { faults });
}

/** `batch` is the address of the batch. */
export function idFaults({ id }: Agency, at = ''): ReturnType<typeof agencyFaults> {
  if (id !== 'batch') return [];
  const detail = {
    'zh-CN': '“batch”是保留字，不能作机关代码。',
    en: '“batch” is reserved and cannot be an agency’s id.',
  };
  return [{ pointer: `${at}/id`, detail }];
}
