import type { Service } from './service.ts';
import { takeStep, type StepOrder } from './take-step.ts';
import type { Written } from './write-outcome.ts';

/**
 * Hands a report in (报送): to the disclosure office, which accepts or returns it.
 *
 * @throws Problem what `takeStep` throws.
 */
export async function submitReport(service: Service, order: StepOrder): Promise<Written<string>> {
  return takeStep(service, 'submit', order);
}
