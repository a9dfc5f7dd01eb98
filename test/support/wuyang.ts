import { readFileSync } from 'node:fs';
import type { Call } from './app.ts';

/** The sections of a report, as a test takes them apart. */
export type Sections = Record<string, Record<string, unknown>>;

/** The figures 舞阳县人民政府办公室 published for 2021, under texts of our own. */
export const wuyang = JSON.parse(
  readFileSync(new URL('../fixtures/wuyang-office-2021.json', import.meta.url), 'utf8'),
) as { sections: Sections };

export const wuyangReport = '/v1/agencies/wuyang-office/reports/2021';

/** Registers the agency and the year, so that the report can be handed in. */
export async function registerWuyang(call: Call): Promise<void> {
  await call('PUT', '/v1/years/2021', {});
  await call('PUT', '/v1/agencies/wuyang-office', { name: '舞阳县人民政府办公室', level: 'county', kind: 'office' });
}

/** The published figures with some sections replaced. */
export function wuyangWith(sections: Record<string, unknown>): { sections: Record<string, unknown> } {
  return { sections: { ...wuyang.sections, ...sections } };
}
