import prepareInThread from '../../src/threads/text-worker.ts';
import type { PreparedTexts, TextsToPrepare } from '../../src/domain/prepared-texts.ts';

/** The worker of the thread for narratives; it ends in the middle where an agency is called so. */
export default function prepareOrEnd(texts: readonly TextsToPrepare[]): PreparedTexts[] {
  if (texts.some(({ agencyName }) => agencyName === 'ends')) process.exit(1);
  return prepareInThread(texts);
}
