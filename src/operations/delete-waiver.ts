import { Problem } from '../domain/problem.ts';
import { changeWaiver, type WaiverKey, type WaiverWrite } from './change-waivers.ts';
import type { Service } from './service.ts';

/**
 * Takes back what was said in defence of an error, whether or not it still fails.
 *
 * @throws Problem `report-not-found`, `waiver-not-found`.
 */
export async function deleteWaiver(service: Service, key: WaiverKey, write: WaiverWrite): Promise<void> {
  await changeWaiver(service, key, write, (_finding, stored) => {
    const { rule, at } = key;
    if (!stored) throw new Problem('waiver-not-found', { params: { rule, at } });
    return { waiver: undefined, result: undefined };
  });
}
