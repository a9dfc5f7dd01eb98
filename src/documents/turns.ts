import { Problem } from '../domain/problem.ts';

/** Does a piece of work when its turn comes. */
export type InTurn = <Result>(work: () => Promise<Result>, signal?: AbortSignal) => Promise<Result>;

/**
 * Lets so much work go on at once and so much wait for its turn; work that was given up meanwhile is not begun.
 *
 * @throws Problem `import-busy` from the work that comes when no more may wait.
 */
export function takeTurns(atOnce: number, mostWaiting: number): InTurn {
  const waiting: (() => void)[] = [];
  let free = atOnce;
  const turn = async (): Promise<void> => {
    if (free > 0) free -= 1;
    else if (waiting.length >= mostWaiting) throw new Problem('import-busy');
    else await new Promise<void>((resolve) => waiting.push(resolve));
  };
  return async (work, signal) => {
    await turn();
    try {
      signal?.throwIfAborted();
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
