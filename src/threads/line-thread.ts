import { Piscina } from 'piscina';
import type { LinesElsewhere, PreparedLine, UnreadLine } from '../schemas/report-line.ts';

/** Reads the lines of many reports in a thread of its own, so that some are read while others are written. */
export interface LineThread extends LinesElsewhere {
  /** Ends the thread, whatever it is at. */
  readonly close: () => Promise<void>;
}

/** How many lines go in one message at most. */
const together = 32;

/**
 * How many messages are under way at once, so that the thread has work while who sends them has other things to do. What
 * is asked for meanwhile goes together: a message costs as much as reading some lines.
 */
const ahead = 3;

interface Waiting {
  readonly line: UnreadLine;
  readonly resolve: (prepared: PreparedLine | undefined) => void;
}

/** A thread that is not started before it is to get ready, nor keeps the process alive. */
export function lineThread(worker = new URL('./line-worker.ts', import.meta.url)): LineThread {
  const pool = new Piscina<readonly UnreadLine[], readonly (PreparedLine | undefined)[]>({
    filename: worker.href,
    minThreads: 0,
    maxThreads: 1,
    concurrentTasksPerWorker: ahead,
    // Starting one takes most of a second, keeping it 100 MB.
    idleTimeout: Infinity,
    recordTiming: false,
  });
  const waiting: Waiting[] = [];
  let lost: AbortController | undefined;
  let [starting, ready]: [Promise<boolean> | undefined, boolean] = [undefined, false];
  // Whoever waits for a thread that fails is told by its own promise.
  pool.on('error', () => undefined);
  pool.on('workerDestroy', () => {
    [starting, ready] = [undefined, false];
    // What has not been sent would start another thread and wait for it.
    for (const { resolve } of waiting.splice(0)) resolve(undefined);
    // What no thread has taken would wait until somebody asks for the next one.
    lost?.abort();
  });

  const start = async (): Promise<boolean> => {
    lost = new AbortController();
    const { signal } = lost;
    const started = await pool.run([], { signal }).then(
      () => !signal.aborted,
      () => false,
    );
    [starting, ready] = [undefined, started];
    return started;
  };

  let underWay = 0;
  const send = async (): Promise<void> => {
    if (underWay === ahead || waiting.length === 0) return;
    const sent = waiting.splice(0, together);
    underWay += 1;
    const lines = sent.map(({ line }) => ownBytes(line));
    const transferList = lines.map(({ bytes }) => bytes.buffer as ArrayBuffer);
    // Without a signal: what can be aborted is kept back until the thread has nothing else to do.
    const read = pool.run(lines, { transferList }).catch((): undefined[] => []);
    void send();
    const prepared = await read;
    sent.forEach(({ resolve }, place) => resolve(prepared[place]));
    underWay -= 1;
    void send();
  };

  return {
    isReady: () => ready,
    getReady: async () => ready || (starting ??= start()),
    prepare: async (line) => {
      if (!ready) return undefined;
      // What is asked for in one turn goes together.
      if (waiting.length === 0) setImmediate(() => void send());
      return new Promise((resolve) => waiting.push({ line, resolve }));
    },
    close: () => pool.destroy(),
  };
}

/** The line with bytes that are its own: of those that share their memory with others all of it would be sent. */
function ownBytes(line: UnreadLine): UnreadLine {
  return { ...line, bytes: new Uint8Array(line.bytes) };
}
