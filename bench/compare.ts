import { median, percent, verdictOn, whole } from './figures.ts';
import { load, type Next } from './load.ts';
import type { Server } from './server.ts';

/** How often sides take turns, not counting the warm-up. */
export const rounds = 7;

/** How long a side is asked in one round, unless what is asked comes to an end by itself. */
const milliseconds = 400;

/** One server asked one thing. */
export interface Side {
  readonly name: string;
  readonly server: Server;
  /** What is asked in the next round. */
  readonly next: () => Next;
}

export interface Comparison {
  readonly what: string;
  readonly ours: Side;
  /** `limit` is the least our rate may be of theirs. */
  readonly peers: readonly { readonly side: Side; readonly limit?: number }[];
  /** Throws where the work was not really done. */
  readonly verify?: () => Promise<void>;
}

/** What one round of one side came to. */
interface Round {
  readonly answers: number;
  readonly seconds: number;
  /** Processor time the server took, and the load generator. */
  readonly serverCpu: number;
  readonly askerCpu: number;
}

export const heading = ['', 'req/s', 'busy', 'beside', 'req/s', 'busy', 'ratio', 'by CPU', 'limit', ''];

/**
 * Lets the sides take turns, forth and back, so that whatever else the machine does hits all of them alike; one line
 * for each peer, with the median of the ratios of turns that stand side by side.
 */
export async function compare({ what, ours, peers, verify }: Comparison): Promise<string[][]> {
  const sides = [ours, ...peers.map(({ side }) => side)];
  const taken = new Map<Side, Round[]>(sides.map((side) => [side, []]));
  for (const side of sides) await measure(side);
  for (let round = 0; round < rounds; round++) {
    for (const side of round % 2 === 0 ? sides : sides.toReversed()) taken.get(side)?.push(await measure(side));
  }
  await verify?.();
  const own = taken.get(ours) as Round[];
  return peers.map(({ side, limit }, line) => {
    const theirs = taken.get(side) as Round[];
    const ratio = median(own.map((round, n) => rate(round) / rate(theirs[n] as Round)));
    return [
      ...(line === 0 ? [what, ...speed(own)] : ['', '', '']),
      ...[side.name, ...speed(theirs)],
      ...[ratio.toFixed(2), (perCpu(own) / perCpu(theirs)).toFixed(2)],
      ...[limit === undefined ? '' : `≥ ${limit.toFixed(2)}`, verdictOn(ratio, limit)],
    ];
  });
}

async function measure({ server, next }: Side): Promise<Round> {
  const [server0, own0] = [server.cpuSeconds(), process.cpuUsage()];
  const answered = await load(server.port, next(), milliseconds);
  const own = process.cpuUsage(own0);
  return { ...answered, serverCpu: server.cpuSeconds() - server0, askerCpu: (own.user + own.system) / 1e6 };
}

/** Requests a second, and how busy server and load generator were. */
function speed(taken: readonly Round[]): [string, string] {
  const seconds = total(taken, 'seconds');
  const busy = (member: 'serverCpu' | 'askerCpu') => percent(total(taken, member) / seconds);
  return [whole(median(taken.map(rate))), `${busy('serverCpu')} / ${busy('askerCpu')}`];
}

function rate({ answers, seconds }: Round): number {
  return answers / seconds;
}

/** Requests for a second of the server's processor time: what other programs take of its core does not count. */
function perCpu(taken: readonly Round[]): number {
  return total(taken, 'answers') / total(taken, 'serverCpu');
}

function total(taken: readonly Round[], member: keyof Round): number {
  return taken.reduce((sum, round) => sum + round[member], 0);
}
