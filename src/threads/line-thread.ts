import { Piscina } from 'piscina';
import type { PreparedLine, PrepareLine, UnreadLine } from '../schemas/report-line.ts';

/** Reads the lines of many reports in a thread of its own, so that some are read while others are written. */
export interface LineThread {
  /** Waits for the thread to be started, which takes a fraction of a second; nothing is given where it is lost. */
  readonly prepare: PrepareLine;
  /** Ends the thread, whatever it is at. */
  readonly close: () => Promise<void>;
}

/** How long a thread without work is kept, in milliseconds: starting one takes half a second. */
const idleTimeout = 60_000;

/** How many lines go in one message: while it is answered the next are read. */
const together = 16;

/** How many messages may lie before the thread, so that it has work while who sends them has other things to do. */
const ahead = 16;

interface Waiting {
  readonly line: UnreadLine;
  readonly resolve: (prepared: PreparedLine | undefined) => void;
}

/** A thread that is not started before something is to be read, nor keeps the process alive. */
export function lineThread(worker = new URL('./line-worker.ts', import.meta.url)): LineThread {
  const pool = new Piscina<readonly UnreadLine[], readonly (PreparedLine | undefined)[]>({
    filename: worker.href,
    minThreads: 0,
    maxThreads: 1,
    concurrentTasksPerWorker: ahead,
    idleTimeout,
    recordTiming: false,
  });
  const waiting: Waiting[] = [];
  let lost = new AbortController();
  // Whoever waits for a thread that fails is told by its own promise.
  pool.on('error', () => undefined);
  // What no thread has taken yet would wait for the next one to be asked for.
  pool.on('workerDestroy', () => {
    lost.abort();
    lost = new AbortController();
  });

  const send = async (): Promise<void> => {
    const sent = waiting.splice(0, together);
    if (waiting.length > 0) setImmediate(() => void send());
    const lines = sent.map(({ line }) => line);
    const prepared = await pool.run(lines, { signal: lost.signal }).catch((): undefined[] => []);
    sent.forEach(({ resolve }, place) => resolve(prepared[place]));
  };

  return {
    prepare: async (line) => {
      // What is asked for in one turn goes together.
      if (waiting.length === 0) setImmediate(() => void send());
      return new Promise((resolve) => waiting.push({ line, resolve }));
    },
    close: () => pool.destroy(),
  };
}
