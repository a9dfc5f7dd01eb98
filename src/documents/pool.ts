import { Piscina } from 'piscina';
import { availableParallelism } from 'node:os';
import type { Words } from '../domain/language.ts';
import type { DocumentFile } from './read-document.ts';
import type { DocumentReading } from './reading.ts';
import { DocumentRefused } from './refusal.ts';
import { takeTurns } from './turns.ts';
import type { WorkerOutcome } from './worker.ts';

/** Reads documents in threads of their own, so that no document holds up or brings down what else goes on. */
export interface DocumentPool {
  /** How many documents are read at once. */
  readonly threads: number;
  /**
   * Reads a document; its bytes are the pool's from then on. `signal` gives it up.
   *
   * @throws DocumentRefused `timed-out`, `out-of-memory` and what the reading refuses.
   * @throws Problem `import-busy` when too many wait already.
   */
  readonly read: (file: DocumentFile, signal?: AbortSignal) => Promise<DocumentReading>;
  /** Ends the threads, whatever they are at. */
  readonly close: () => Promise<void>;
}

export interface PoolOptions {
  readonly threads?: number;
  /** In milliseconds, the start of a thread among them. */
  readonly timeLimit?: number;
  /** In MiB. What a reader inflates lies outside of it: readers bound that themselves. */
  readonly heapLimit?: number;
  /** How many documents may wait for their turn. */
  readonly mostWaiting?: number;
  /** The module whose default export reads a document in a thread. */
  readonly worker?: URL;
}

/** How long a thread without work is kept, in milliseconds: starting one takes half a second. */
const idleTimeout = 60_000;

/** A pool of threads, none of which is started before there is a document, nor keeps the process alive. */
export function documentPool({
  threads = Math.max(1, availableParallelism() - 1),
  timeLimit = 30_000,
  heapLimit = 512,
  mostWaiting = 1_000,
  worker = new URL('./worker.ts', import.meta.url),
}: PoolOptions = {}): DocumentPool {
  const pool = new Piscina<DocumentFile, WorkerOutcome>({
    filename: worker.href,
    minThreads: 0,
    maxThreads: threads,
    idleTimeout,
    recordTiming: false,
    resourceLimits: { maxOldGenerationSizeMb: heapLimit, maxYoungGenerationSizeMb: 32 },
  });
  // A thread that fails without a document loses nobody anything; the next document gets another thread.
  pool.on('error', () => undefined);
  // Piscina's own queue has no bound for work that may be given up, and its time would run while it waits.
  const inTurn = takeTurns(threads, mostWaiting);

  const run = async (file: DocumentFile, signal?: AbortSignal): Promise<DocumentReading> => {
    const timeout = AbortSignal.timeout(timeLimit);
    const bytes = ownBytes(file.bytes);
    try {
      const outcome = await pool.run(
        { ...file, bytes },
        { transferList: [bytes.buffer], signal: AbortSignal.any(signal ? [timeout, signal] : [timeout]) },
      );
      if ('reading' in outcome) return outcome.reading;
      throw new DocumentRefused(outcome.refused.reason, outcome.refused.words);
    } catch (error) {
      signal?.throwIfAborted();
      throw ended(error as NodeJS.ErrnoException, timeout);
    }
  };

  return {
    threads,
    read: (file, signal) => inTurn(() => run(file, signal), signal),
    close: () => pool.destroy(),
  };
}

/** What a thread that was ended in the middle of a document says of it; other errors as they are. */
function ended(error: NodeJS.ErrnoException, timeout: AbortSignal): Error {
  if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') return new DocumentRefused('out-of-memory', tooMuchMemory);
  if (timeout.aborted && error.name === 'AbortError') return new DocumentRefused('timed-out', tooMuchTime);
  return error;
}

const tooMuchMemory: Words = {
  'zh-CN': '读取这个文件要用的内存过多，已经中止；请换一种格式，或拆成较小的文件。',
  en: 'Reading this file takes too much memory and was stopped; try another format or a smaller file.',
};

const tooMuchTime: Words = {
  'zh-CN': '读取这个文件要用的时间过长，已经中止；请换一种格式，或拆成较小的文件。',
  en: 'Reading this file takes too long and was stopped; try another format or a smaller file.',
};

/** Bytes that may change hands: a view on memory that others use as well is copied. */
function ownBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer } = bytes;
  const whole = buffer instanceof ArrayBuffer && buffer.byteLength === bytes.byteLength;
  return whole ? new Uint8Array(buffer) : new Uint8Array(bytes);
}
