import { Piscina } from 'piscina';

/** Copies a database's log into it, in a thread: it takes tens of milliseconds, some of which the disk is waited for. */
export interface Checkpoints {
  readonly copy: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** How long a thread without work is kept, in milliseconds. */
const idleTimeout = 60_000;

/** A thread that is not started before there is something to copy, nor keeps the process alive. */
export function checkpoints(file: string): Checkpoints {
  const pool = new Piscina<string, void>({
    filename: new URL('./checkpoint-worker.ts', import.meta.url).href,
    minThreads: 0,
    maxThreads: 1,
    idleTimeout,
    recordTiming: false,
  });
  // Whoever waits for a thread that fails is told by its own promise.
  pool.on('error', () => undefined);
  return { copy: () => pool.run(file), close: () => pool.destroy() };
}
