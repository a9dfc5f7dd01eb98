import type { Conditions } from '../domain/precondition.ts';
import { Problem } from '../domain/problem.ts';
import { changeWaiver, type WaiverKey } from './change-waivers.ts';
import type { Service } from './service.ts';

/**
 * Takes back what was said in defence of an error, whether or not it still fails.
 *
 * @throws Problem `report-not-found`, `waiver-not-found`.
 */
export async function deleteWaiver(service: Service, key: WaiverKey, conditions: Conditions): Promise<void> {
  await changeWaiver(service, key, conditions, (_finding, stored) => {
    const { rule, at } = key;
    if (!stored) throw new Problem('waiver-not-found', { params: { rule, at } });
    return { waiver: undefined, result: undefined };
  });
}
