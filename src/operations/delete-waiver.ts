import { Problem } from '../domain/problem.ts';
import { notAllowed } from './permission.ts';
import { changeWaiver, type WaiverKey, type WaiverWrite } from './change-waivers.ts';
import type { Service } from './service.ts';

/**
 * Takes back what was said in defence of an error, whether or not it still fails. What a reviewer waived is for a
 * reviewer to take back (`mayWaive`).
 *
 * @throws Problem `report-not-found`, `waiver-not-found`, `not-allowed`.
 */
export async function deleteWaiver(
  service: Service,
  key: WaiverKey,
  write: WaiverWrite,
  mayWaive: boolean,
): Promise<void> {
  await changeWaiver(service, key, write, (_finding, stored) => {
    const { rule, at } = key;
    if (!stored) throw new Problem('waiver-not-found', { params: { rule, at } });
    if (stored.waived && !mayWaive) throw notAllowed(write.by, 'waiveFinding');
    return { waiver: undefined, result: undefined };
  });
}
