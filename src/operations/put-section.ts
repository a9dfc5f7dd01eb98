import { changeSection, type SectionWrite } from './change-section.ts';
import type { Service } from './service.ts';
import type { Written } from './write-outcome.ts';

/** Replaces a section; what is left out is blank. */
export async function putSection(service: Service, write: SectionWrite, section: unknown): Promise<Written<string>> {
  return changeSection(service, write, () => section);
}
