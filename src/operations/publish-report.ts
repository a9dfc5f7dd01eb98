import type { Service } from './service.ts';
import { takeStep, type StepOrder } from './take-step.ts';
import type { Written } from './write-outcome.ts';

/**
 * Makes the current revision public (发布): what anybody reads from then on.
 *
 * @throws Problem what `takeStep` throws.
 */
export async function publishReport(service: Service, order: StepOrder): Promise<Written<string>> {
  return takeStep(service, 'publish', order);
}
