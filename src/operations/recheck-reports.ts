import { recheck } from '../domain/judge.ts';
import type { ReportKey } from '../domain/report.ts';
import type { Recheck } from '../domain/store.ts';
import { surroundingsOf, type Service } from './service.ts';

/** The reports to judge anew after a write, and how; see `recheck` for when their texts are read again. */
export function rechecking(
  service: Service,
  keys: readonly ReportKey[],
  readAgain = false,
): { readonly recheck?: Recheck } {
  if (keys.length === 0) return {};
  const now = service.now().toISOString();
  return {
    recheck: {
      keys,
      decide: (found) =>
        found.report && recheck(surroundingsOf(service, found, found.report.edition), found.report, now, readAgain),
    },
  };
}

const setting = 'rulesVersion';

/** How many reports are judged in one transaction. */
const together = 200;

/**
 * Judges every report anew where the rules are not those they were judged by: another version of the program, other
 * thresholds. Stopped half way, it starts again.
 *
 * @returns how many reports there were to judge.
 */
export async function recheckReports(service: Service): Promise<number> {
  const { store, rulesVersion } = service;
  if ((await store.setting(setting)) === rulesVersion) return 0;
  let judged = 0;
  for (let after: ReportKey | undefined; ;) {
    const page = await store.reports({ today: '' }, 'all', { after, limit: together });
    const last = page.at(-1);
    if (!last) break;
    await Promise.all(page.map((key) => recheckReport(service, key)));
    judged += page.length;
    after = { agencyId: last.agencyId, year: last.year };
  }
  await store.saveSetting(setting, rulesVersion);
  return judged;
}

async function recheckReport(service: Service, key: ReportKey): Promise<void> {
  await service.store.changeReport(key, ({ report }) => {
    return { ...(report && rechecking(service, [key], true)), result: () => undefined };
  });
}
