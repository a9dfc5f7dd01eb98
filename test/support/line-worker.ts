import type { PreparedLine, UnreadLine } from '../../src/schemas/report-line.ts';
import prepareInThread from '../../src/threads/line-worker.ts';

/** The worker of the thread for lines; it ends in the middle where an agency is called so. */
export default function prepareOrEnd(lines: readonly UnreadLine[]): (PreparedLine | undefined)[] {
  if (lines.some(({ agencyName }) => agencyName === 'ends')) process.exit(1);
  return prepareInThread(lines);
}
