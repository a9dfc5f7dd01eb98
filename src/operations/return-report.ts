import type { Service } from './service.ts';
import { takeStep, type StepOrder } from './take-step.ts';
import type { Written } from './write-outcome.ts';

/**
 * Gives a report back to its reporter (退回), who is told why.
 *
 * @throws Problem what `takeStep` throws.
 */
export async function returnReport(service: Service, order: StepOrder): Promise<Written<string>> {
  return takeStep(service, 'return', order);
}
