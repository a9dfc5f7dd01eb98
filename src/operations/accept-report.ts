import type { Service } from './service.ts';
import { takeStep, type StepOrder } from './take-step.ts';
import type { Written } from './write-outcome.ts';

/**
 * Accepts a report that was handed in (审核通过): nothing is left that has not been mended or waived.
 *
 * @throws Problem what `takeStep` throws.
 */
export async function acceptReport(service: Service, order: StepOrder): Promise<Written<string>> {
  return takeStep(service, 'accept', order);
}
