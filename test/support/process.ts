import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Test } from 'tap';

/** The root of the repository. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** A program that runs, and what it has said so far. */
export interface Running {
  readonly child: ChildProcess;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** What the program said of this on standard output, as soon as it has; an error if it ends without saying so. */
  readonly said: (pattern: RegExp) => Promise<RegExpExecArray>;
  /** The exit code, once the program has ended and everything it said has been read. */
  readonly ended: Promise<number | null>;
}

interface Start {
  /** `node` where left out. */
  readonly program?: string;
  readonly args: readonly string[];
  /** The environment beside PATH and HOME; nothing of the tests' own is passed on. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Whether to end the program's children with it. */
  readonly group?: boolean;
}

/** Starts a program in the root of the repository; it is killed when the test ends, if it still runs. */
export function run(t: Pick<Test, 'teardown'>, { program, args, environment, group = false }: Start): Running {
  const { PATH, HOME } = process.env;
  const child = spawn(program ?? process.execPath, args, {
    cwd: root,
    env: { PATH, HOME, ...environment },
    detached: group,
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  let over = false;
  const ended = once(child, 'close').then(([code]) => {
    over = true;
    return code as number | null;
  });
  t.teardown(async () => {
    if (!over) process.kill(group ? -(child.pid as number) : (child.pid as number), 'SIGKILL');
    await ended;
  });

  async function said(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = pattern.exec(stdout);
      if (found) return found;
      if (over) throw new Error(`ended without saying ${pattern}: ${stdout}${stderr}`);
      await Promise.race([once(child.stdout, 'data'), ended]);
    }
  }
  return { child, ended, said, stdout: () => stdout, stderr: () => stderr };
}

/** The service, answering at `url`. */
export interface RunningService extends Running {
  readonly url: string;
  /** Tells the service to stop and answers with its exit code. */
  readonly stop: () => Promise<number | null>;
}

/** Starts the service on a free port, as an operator would, and waits until it listens. */
export async function startService(
  t: Pick<Test, 'teardown'>,
  environment: Readonly<Record<string, string>>,
): Promise<RunningService> {
  const service = run(t, { args: ['src/start.js'], environment: { PORT: '0', ...environment } });
  const [, url = ''] = await service.said(listening);
  return {
    ...service,
    url,
    stop: () => {
      service.child.kill('SIGTERM');
      return service.ended;
    },
  };
}

/** The log line by which a service says where it answers. */
export const listening = /Server listening at (http:\/\/[\d.]+:\d+)/;
