import { changeSection, type SectionWrite } from './change-section.ts';
import type { Service } from './service.ts';

/** Blanks a section. */
export async function deleteSection(service: Service, write: SectionWrite): Promise<void> {
  await changeSection(service, write, () => null);
}
