import fc from 'fast-check';
import type { Test } from 'tap';

/** Asserts a property of arbitrary values; a failure tells the smallest counterexample and its seed. */
export function holds<Values>(
  t: Test,
  property: fc.IRawProperty<Values, false>,
  parameters?: fc.Parameters<Values>,
): void {
  const run = fc.check(property, parameters ?? {});
  t.notOk(run.failed, fc.defaultReportMessage(run) ?? 'it holds');
}

/** The same of a property that has to wait for something. */
export async function holdsAfterWaiting<Values>(
  t: Test,
  property: fc.IAsyncProperty<Values>,
  parameters?: fc.Parameters<Values>,
): Promise<void> {
  const run = await fc.check(property, parameters ?? {});
  t.notOk(run.failed, fc.defaultReportMessage(run) ?? 'it holds');
}
