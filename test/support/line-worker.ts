import { writeFileSync } from 'node:fs';
import type { PreparedLine, UnreadLine } from '../../src/schemas/report-line.ts';
import prepareInThread from '../../src/threads/line-worker.ts';

const writes = 'writes ';

/** The worker of the thread for lines; it ends in the middle, or writes a file, where an agency is called so. */
export default function prepareOrEnd(lines: readonly UnreadLine[]): (PreparedLine | undefined)[] {
  if (lines.some(({ agencyName }) => agencyName === 'ends')) process.exit(1);
  for (const { agencyName } of lines)
    if (agencyName.startsWith(writes)) writeFileSync(agencyName.slice(writes.length), '');
  return prepareInThread(lines);
}
