import { Problem } from '../domain/problem.ts';
import type { ReportContent, SectionsInput } from '../domain/report.ts';
import { changeReport, type ReportWrite } from './change-report.ts';
import type { Service } from './service.ts';
import { contentTag } from './tags.ts';
import type { Written } from './write-outcome.ts';

export interface SectionWrite extends ReportWrite {
  readonly section: string;
}

/** One section as it is answered: JSON text with the tag of its content. */
export interface SectionAnswer {
  readonly resource: string;
  readonly tag: string;
}

/**
 * Writes one section of a report; the condition is on that section, so that two people may fill in two sections.
 *
 * @throws Problem `report-not-found`, and what writing a report throws.
 */
export async function changeSection(
  service: Service,
  write: SectionWrite,
  sectionFrom: (stored: SectionsInput[string]) => unknown,
): Promise<Written<string>> {
  const { key, section } = write;
  const written = await changeReport(
    service,
    write,
    (stored) => {
      if (!stored) throw new Problem('report-not-found', { params: { ...key } });
      const content = JSON.parse(stored.content) as ReportContent;
      const next = sectionFrom(content.sections[section] as SectionsInput[string]) as SectionsInput[string];
      return { ...content, sections: { ...content.sections, [section]: next } };
    },
    (stored) => sectionOfAnswer(stored.content, section).tag,
  );
  return { outcome: written.outcome, ...sectionOfAnswer(written.resource, section) };
}

/**
 * A section of a report's JSON, be it the content kept or the answer sent.
 *
 * @throws Problem `section-not-found`.
 */
export function sectionOfAnswer(report: string, section: string): SectionAnswer {
  const { sections } = JSON.parse(report) as ReportContent;
  refuseUnknownSection(section, Object.keys(sections));
  const resource = JSON.stringify(sections[section]);
  return { resource, tag: contentTag(resource) };
}

/** @throws Problem `section-not-found`. */
export function refuseUnknownSection(section: string, sections: readonly string[]): void {
  if (!sections.includes(section)) {
    throw new Problem('section-not-found', { params: { section, sections: sections.join(', ') } });
  }
}
