import type { WriteStream } from 'node:tty';

/** How far something that takes a while has come. */
export interface Progress {
  readonly step: () => void;
  /** Takes the bar away. */
  readonly end: () => void;
}

const width = 30;

/** A bar on a terminal, and nothing where nobody looks. */
export function showProgress(stream: WriteStream, of: number): Progress {
  if (!stream.isTTY || of < 2) return { step: () => undefined, end: () => undefined };
  let done = 0;
  const draw = () => {
    const filled = Math.round((width * done) / of);
    stream.write(`\r${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${done}/${of}`);
  };
  draw();
  return {
    step: () => {
      done += 1;
      draw();
    },
    end: () => void stream.write(`\r${' '.repeat(width + 2 + 2 * String(of).length)}\r`),
  };
}
