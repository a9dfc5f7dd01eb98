import { Problem } from '../domain/problem.ts';

/** How many there may be at once: each holds some ten megabytes and takes its turn to be computed. */
const places = 8;

/**
 * Lets so many long answers of statistics be sent at once: takes a place and says how to give it back.
 *
 * @throws Problem `statistics-busy` where there is none.
 */
export function longAnswers(): () => () => void {
  let taken = 0;
  return () => {
    if (taken === places) throw new Problem('statistics-busy', { params: { places } });
    taken += 1;
    return () => {
      taken -= 1;
    };
  };
}
