import type { Finding } from '../domain/finding.ts';
import { Problem } from '../domain/problem.ts';
import { isBoundTo, valuesOf, type Waiver } from '../domain/waiver.ts';
import { changeWaiver, type WaiverKey, type WaiverWrite } from './change-waivers.ts';
import type { Service } from './service.ts';
import type { WriteOutcome } from './write-outcome.ts';

/** What is said in defence of an error: `waive` where a reviewer lets it pass, else an explanation. */
export interface WaiverInput {
  readonly reason: string;
  readonly waive: boolean;
}

export interface WrittenWaiver {
  readonly outcome: WriteOutcome;
  readonly waiver: Waiver;
}

/**
 * Explains or waives a waivable error, for as long as the figures it compares stay as they are. A new explanation of
 * other figures leaves no old waiver in force. Saying the same again changes nothing.
 *
 * @throws Problem `report-not-found`, `precondition-failed`; `finding-not-found` where the report has no such error now; `not-waivable`.
 */
export async function putWaiver(
  service: Service,
  key: WaiverKey,
  write: WaiverWrite,
  { reason, waive }: WaiverInput,
): Promise<WrittenWaiver> {
  return changeWaiver<WrittenWaiver>(service, key, write, (finding, stored) => {
    const values = valuesOf(waivable(finding, key));
    const before = stored && isBoundTo(stored, values) ? stored : undefined;
    const member = waive ? 'waived' : 'explanation';
    if (before && before[member]?.reason === reason) {
      return { waiver: stored, result: { outcome: 'unchanged', waiver: before } };
    }
    const statement = { by: write.by.keyId, at: service.now().toISOString(), reason };
    const waiver: Waiver = { ...before, rule: key.rule, at: key.at, values, [member]: statement };
    return { waiver, result: { outcome: stored ? 'updated' : 'created', waiver } };
  });
}

function waivable(finding: Finding | undefined, { rule, at }: WaiverKey): Finding {
  if (!finding) throw new Problem('finding-not-found', { params: { rule, at } });
  if (finding.severity !== 'errorWaivable') throw new Problem('not-waivable', { params: { rule, at } });
  return finding;
}
