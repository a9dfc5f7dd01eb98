import type { Service } from './service.ts';
import { takeStep, type StepOrder } from './take-step.ts';
import type { Written } from './write-outcome.ts';

/**
 * Begins the correction of what was published (更正), in a revision of its own; the public goes on reading the other.
 *
 * @throws Problem what `takeStep` throws.
 */
export async function reopenReport(service: Service, order: StepOrder): Promise<Written<string>> {
  return takeStep(service, 'reopen', order);
}
