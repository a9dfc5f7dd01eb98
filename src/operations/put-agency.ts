import type { Agency, AgencyInput } from '../domain/agency.ts';
import { changeAgency, type AgencyWrite } from './change-agency.ts';
import type { Service } from './service.ts';
import type { Written } from './write-outcome.ts';

/** Registers an agency, or replaces what is known of it. */
export async function putAgency(service: Service, write: AgencyWrite, input: AgencyInput): Promise<Written<Agency>> {
  return changeAgency(service, write, () => input);
}
