import type { FigureChanges } from '../domain/statistics/figure-changes.ts';
import type { Store } from '../domain/store.ts';

/** What is made of figures and takes in what has changed of them; the first changes are everything there is. */
export interface FollowsFigures {
  apply(changes: FigureChanges): void;
}

/**
 * Keeps what `make` makes as the store is: whoever asks for it after a write is given it with that write in it, whoever
 * wrote it. It is one for all and changes with the next who asks, so it is to be read before anything is waited for.
 * Where the record has become shorter, or `apply` threw, another is made of everything.
 */
export function figureFollower<Follower extends FollowsFigures>(
  store: Pick<Store, 'lastEvent' | 'figureChanges'>,
  make: () => Follower,
): () => Promise<Follower> {
  let followed: Followed<Follower> | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  const follow = async (): Promise<Follower> => {
    const before = followed;
    if (before?.last === (await store.lastEvent())) return before.follower;
    // What has taken in half of the changes is not given to anybody.
    followed = undefined;
    followed = await store.figureChanges(before?.last, (changes) => {
      const follower = before && before.last <= changes.last ? before.follower : make();
      follower.apply(changes);
      return { follower, last: changes.last };
    });
    return followed.follower;
  };

  return () => {
    // One after the other: what somebody takes in is not taken in by others at the same time.
    const mine = turn.then(follow);
    turn = mine.catch(() => undefined);
    return mine;
  };
}

interface Followed<Follower> {
  readonly follower: Follower;
  /** The last event it has taken in. */
  readonly last: number;
}
