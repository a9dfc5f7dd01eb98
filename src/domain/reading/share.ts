import type { Topic } from '../claim.ts';
import type { Scene } from './scene.ts';
import type { Draft, Statement } from './statement.ts';
import { claim, holdsOnly, says, tokensOf } from './statement.ts';
import type { TokenRole } from './tokens.ts';

const sharing = new Set<TokenRole>([
  'share',
  'amount',
  'request',
  'bareRequest',
  'conclude',
  'answer',
  'outcome',
  'part',
]);

/** 占12.5%: of the outcome named in the clause, or counted in the one before. Of what, is not said here. */
export function readShare(scene: Scene, statement: Statement, before: Draft | undefined): Draft[] {
  const percents = statement.tokens.filter(({ role, unit }) => role === 'amount' && unit === 'percent');
  const others = statement.tokens.some(({ role, unit }) => role === 'amount' && (unit === 'money' || unit === 'other'));
  const [percent] = percents;
  if (percents.length !== 1 || percent?.value == null || others || !says(statement, 'share')) return [];
  const topic = sharedTopic(statement, before);
  if (topic === undefined || scene.matter !== 'requests' || scene.loose || !holdsOnly(statement, sharing)) return [];
  const read = claim(topic, 'share', { ...statement, figure: percent }, 'share', 'outcome', 'amount');
  return [{ ...read, value: percent.value, precision: percent.precision }];
}

/** 占不予公开的60% names what it is a share of, not what has it. */
function sharedTopic(statement: Statement, before: Draft | undefined): Topic | undefined {
  const [outcome, another] = tokensOf(statement, 'outcome');
  const [share] = tokensOf(statement, 'share');
  if (outcome === undefined) return before?.kind === 'count' && isOutcome(before.topic) ? before.topic : undefined;
  const sharesOther = another !== undefined || share === undefined || share.start < outcome.start;
  return sharesOther || statement.figures > 1 ? undefined : (outcome.topic as Topic);
}

const outcomes: ReadonlySet<Topic> = new Set(['granted', 'partlyGranted', 'refused', 'unable', 'declined', 'closed']);

function isOutcome(topic: Topic): boolean {
  return outcomes.has(topic);
}

/** Whether a clause speaks of a share, so that no amount in it counts things. */
export function isShare(statement: Statement): boolean {
  return says(statement, 'share');
}
