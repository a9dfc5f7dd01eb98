import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** A server in a process of its own. */
export interface Server {
  readonly port: number;
  /** Processor time used so far, in seconds; NaN where the system does not tell. */
  readonly cpuSeconds: () => number;
  readonly stop: () => Promise<void>;
}

interface Start {
  /** The program, relative to this folder, and its arguments. */
  readonly command: readonly [string, ...string[]];
  readonly environment: Readonly<Record<string, string>>;
  /** The open file the log goes to, or nowhere. */
  readonly log: number | 'ignore';
  /** Whether it may use every core, as where it is run; otherwise the servers' core alone. */
  readonly everyCore?: true;
}

/** Which core servers run on and which one asks them; `undefined` where they cannot be kept apart. */
const cores = findCores();

/** Moves this process, which asks, to its core and says where everything runs. */
export function pinAsker(): void {
  if (!cores) {
    console.log('No taskset or only one core: servers and load generator share cores, so the ratios are rough.\n');
    return;
  }
  spawnSync('taskset', ['-acp', cores.asker, String(process.pid)]);
  console.log(`Servers on core ${cores.server}, load generator on core ${cores.asker}.\n`);
}

/** Starts a server; it listens on the PORT it is told. Comes back when it answers and has come to rest. */
export async function startServer({ command, environment, log, everyCore }: Start): Promise<Server> {
  const [program, ...args] = command;
  const port = await freePort();
  const node = [process.execPath, fileURLToPath(new URL(program, import.meta.url)), ...args];
  const [executable, ...rest] = cores && !everyCore ? ['taskset', '-c', cores.server, ...node] : node;
  const child = spawn(executable as string, rest, {
    env: { ...process.env, ...environment, PORT: String(port) },
    stdio: ['ignore', log, 'inherit'],
  });
  const server = { port, cpuSeconds: () => cpuSeconds(child.pid as number), stop: () => stop(child) };
  await answers(port, child, program);
  await rests(server);
  return server;
}

/** A server may get something ready once it answers, as threads: that is no part of what is measured. */
async function rests({ cpuSeconds }: Server): Promise<void> {
  for (let [turn, before] = [0, -1]; turn < 20 && cpuSeconds() - before > 0.01; turn++) {
    before = cpuSeconds();
    await setTimeout(200);
  }
}

async function answers(port: number, child: ChildProcess, program: string): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`${program} ended with exit code ${child.exitCode}`);
    const response = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
    if (response) {
      await response.arrayBuffer();
      return;
    }
    await setTimeout(20);
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill();
  await once(child, 'exit');
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

/** User and system time of a process from Linux's /proc, which counts in hundredths. */
function cpuSeconds(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return Number.NaN;
  }
}

function findCores(): { readonly server: string; readonly asker: string } | undefined {
  const { stdout } = spawnSync('taskset', ['-cp', String(process.pid)], { encoding: 'utf8' });
  const list = /: ([\d,-]+)\s*$/.exec(stdout ?? '')?.[1]?.split(/[,-]/) ?? [];
  const [server, asker] = [list[0], list.at(-1)];
  return server === undefined || asker === undefined || server === asker ? undefined : { server, asker };
}
