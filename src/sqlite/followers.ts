/** How often it is looked whether another process has written, in milliseconds, while anybody waits. */
const lookEvery = 500;

interface Follower {
  readonly after: number;
  readonly wake: () => void;
}

/** Those who wait for the next event; `last` is the number of the last one there is. */
export function followerQueue(last: () => number) {
  const waiting = new Set<Follower>();
  let timer: NodeJS.Timeout | undefined;

  const look = (): void => {
    if (waiting.size === 0) return;
    const newest = last();
    for (const { after, wake } of [...waiting]) if (newest > after) wake();
  };

  const after = (sequence: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const follower: Follower = { after: sequence, wake };
      function wake(): void {
        waiting.delete(follower);
        signal.removeEventListener('abort', wake);
        if (waiting.size === 0) timer = void clearInterval(timer);
        resolve();
      }
      if (signal.aborted || last() > sequence) return resolve();
      waiting.add(follower);
      signal.addEventListener('abort', wake);
      timer ??= setInterval(look, lookEvery).unref();
    });

  return {
    after,
    /** Wakes whoever has waited for what there is now. */
    look,
    /** Wakes everybody: nothing more will come. */
    close: (): void => {
      for (const { wake } of [...waiting]) wake();
    },
  };
}
