import { Piscina } from 'piscina';
import type { PreparedTexts, PrepareTexts, TextsToPrepare } from '../domain/prepared-texts.ts';

/** Reads narratives in a thread of its own, so that some are read while others are written. */
export interface TextThread {
  /** Waits for the thread to be started, which takes a fraction of a second; nothing is given where it is lost. */
  readonly prepare: PrepareTexts;
  /** Ends the thread, whatever it is at. */
  readonly close: () => Promise<void>;
}

/** How long a thread without work is kept, in milliseconds: starting one takes half a second. */
const idleTimeout = 60_000;

/** How many texts go in one message: while it is answered the next are read. */
const together = 16;

/** How many messages may lie before the thread, so that it has work while who sends them has other things to do. */
const ahead = 16;

interface Waiting {
  readonly texts: TextsToPrepare;
  readonly resolve: (prepared: PreparedTexts | undefined) => void;
}

/** A thread that is not started before something is to be read, nor keeps the process alive. */
export function textThread(worker = new URL('./text-worker.ts', import.meta.url)): TextThread {
  const pool = new Piscina<readonly TextsToPrepare[], readonly PreparedTexts[]>({
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
    const texts = sent.map((one) => one.texts);
    const prepared = await pool.run(texts, { signal: lost.signal }).catch((): PreparedTexts[] => []);
    sent.forEach(({ resolve }, place) => resolve(prepared[place]));
  };

  return {
    prepare: async (texts) => {
      // What is asked for in one turn goes together.
      if (waiting.length === 0) setImmediate(() => void send());
      return new Promise((resolve) => waiting.push({ texts, resolve }));
    },
    close: () => pool.destroy(),
  };
}
