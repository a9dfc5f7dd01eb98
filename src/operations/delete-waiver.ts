import { relationInside } from '../domain/access.ts';
import { Problem } from '../domain/problem.ts';
import { notAllowed } from './permission.ts';
import { changeWaiver, type WaiverKey, type WaiverWrite } from './change-waivers.ts';
import type { Service } from './service.ts';

/**
 * Takes back what was said in defence of an error, whether or not it still fails. What a reviewer waived is for a
 * reviewer to take back.
 *
 * @throws Problem `report-not-found`, `waiver-not-found`, `not-allowed`, `agency-not-yours`.
 */
export async function deleteWaiver(service: Service, key: WaiverKey, write: WaiverWrite): Promise<void> {
  await changeWaiver(service, key, write, (_finding, stored) => {
    const { rule, at } = key;
    if (!stored) throw new Problem('waiver-not-found', { params: { rule, at } });
    if (stored.waived && !write.mayWaive) {
      throw notAllowed(write.by, 'waiveFinding', relationInside(write.by, key.agencyId));
    }
    return { waiver: undefined, result: undefined };
  });
}
