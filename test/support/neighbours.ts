import type { Neighbours } from '../../src/domain/neighbours.ts';

const none = () => [];

/** The surroundings of a report that is the only one. */
export const alone: Neighbours = {
  predecessors: none,
  successors: none,
  children: none,
  childrenAlone: none,
  handedInBefore: none,
  yearsOf: none,
  signaturesHandedIn: none,
  contentHandedIn: () => undefined,
  contentOf: () => undefined,
  lookAlikes: none,
  resembling: none,
};
