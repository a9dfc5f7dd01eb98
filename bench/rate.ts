import { median } from './figures.ts';

const rounds = 5;
const milliseconds = 500;

/**
 * How many of them are done in a second of one core, the median of some rounds after a round of warming up. Processor
 * time is what counts, so that a busy machine does not: the threads that collect garbage are in it. `work` returns
 * something of what came out, or it might be optimised away.
 */
export function rate<Item>(items: readonly Item[], work: (item: Item) => number): number {
  const rates = Array.from({ length: rounds + 1 }, () => oneRound(items, work));
  return median(rates.slice(1));
}

function oneRound<Item>(items: readonly Item[], work: (item: Item) => number): number {
  const start = process.cpuUsage();
  let [done, results, microseconds] = [0, 0, 0];
  while (microseconds < 1_000 * milliseconds) {
    for (const item of items) results += work(item);
    done += items.length;
    const { user, system } = process.cpuUsage(start);
    microseconds = user + system;
  }
  if (Number.isNaN(results)) throw new Error('the work gave nothing');
  return (1e6 * done) / microseconds;
}

/** How long each piece of work takes by the clock, in milliseconds. */
export function times<Item>(items: readonly Item[], work: (item: Item) => unknown): number[] {
  return items.map((item) => {
    const start = performance.now();
    work(item);
    return performance.now() - start;
  });
}

/** How long work that is waited for takes, one after the other. */
export interface Taken {
  /** By the clock. */
  readonly milliseconds: readonly number[];
  /** Processor time of one, on average: it leaves out what was spent waiting for the disk and for other programs. */
  readonly cpu: number;
}

export async function timesOf<Item>(items: readonly Item[], work: (item: Item) => Promise<unknown>): Promise<Taken> {
  const milliseconds: number[] = [];
  const cpu = process.cpuUsage();
  for (const item of items) {
    const start = performance.now();
    await work(item);
    milliseconds.push(performance.now() - start);
  }
  const { user, system } = process.cpuUsage(cpu);
  return { milliseconds, cpu: (user + system) / 1_000 / items.length };
}
