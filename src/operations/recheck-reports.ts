import { recheck } from '../domain/judge.ts';
import type { ReportKey, ReportSummary } from '../domain/report.ts';
import type { Recheck, Store } from '../domain/store.ts';
import { surroundingsOf, type Rulebook, type Service } from './service.ts';

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
  if (await areJudgedBy(service, service.store)) return 0;
  let judged = 0;
  for await (const page of everyReport(service.store, together)) {
    await Promise.all(page.map((key) => recheckReport(service, key)));
    judged += page.length;
  }
  await service.store.saveSetting(setting, service.rulesVersion);
  return judged;
}

/** Every report has been judged by the rules as they are. */
export async function areJudgedBy({ rulesVersion }: Rulebook, store: Store): Promise<boolean> {
  return (await store.setting(setting)) === rulesVersion;
}

/** All reports, so many at a time. */
export async function* everyReport(store: Store, limit: number): AsyncGenerator<readonly ReportSummary[]> {
  for (let after: ReportKey | undefined; ;) {
    const page = await store.reports({ today: '' }, 'all', { after, limit });
    const last = page.at(-1);
    if (!last) return;
    yield page;
    after = { agencyId: last.agencyId, year: last.year };
  }
}

async function recheckReport(service: Service, key: ReportKey): Promise<void> {
  await service.store.changeReport(key, ({ report }) => {
    return { ...(report && rechecking(service, [key], true)), result: () => undefined };
  });
}
