import { mergePatch } from '../domain/merge-patch.ts';
import { changeSection, type SectionWrite } from './change-section.ts';
import type { Service } from './service.ts';
import type { Written } from './write-outcome.ts';

/** Changes the members of a section that the merge patch names; `null` blanks. */
export async function patchSection(service: Service, write: SectionWrite, patch: unknown): Promise<Written<string>> {
  return changeSection(service, write, (stored) => mergePatch(stored, patch));
}
