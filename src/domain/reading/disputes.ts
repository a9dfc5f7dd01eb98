import type { Topic } from '../claim.ts';
import { namesDisclosure, type Scene } from './scene.ts';
import { claim, count, holdsOnly, says, tokensOf, type Draft, type Statement } from './statement.ts';
import type { TokenRole } from './tokens.ts';

const counting = new Set<TokenRole>([
  'dispute',
  'request',
  'bareRequest',
  'occur',
  'receive',
  'part',
  'each',
  'every',
  'affair',
  'including',
]);
const denying = new Set<TokenRole>([
  'dispute',
  'request',
  'bareRequest',
  'occur',
  'receive',
  'negation',
  'nil',
  'every',
  'affair',
]);
const deciding = new Set<TokenRole>(['dispute', 'result', 'part', 'affair']);

/** Which dispute a result may be of; the form's rows of litigation are told apart, the narratives' words for results are not. */
const withResults: ReadonlySet<string> = new Set(['reconsideration', 'litigation']);

/** What a clause says of reconsideration and litigation over disclosure. */
export function readDisputes(scene: Scene, statement: Statement): Draft[] {
  if (says(statement, 'result')) return readResult(scene, statement);
  if (says(statement, 'negation', 'nil')) return readNone(statement);
  const read = readCounts(scene, statement);
  // The results of what was not understood are not understood either.
  if (read.length === 0 && statement.figures > 0) scene.dispute = undefined;
  return read;
}

function readCounts(scene: Scene, statement: Statement): Draft[] {
  const { figure } = statement;
  if (figure?.unit !== 'case' || !holdsOnly(statement, counting) || (scene.within && !isNarrower(statement))) return [];
  if (!isOverDisclosure(scene, statement)) return [];
  return readCount(statement, namedIn(statement));
}

/**
 * Agencies tell of disputes of every kind: what they are over has to be said before, and where a reviewing body may
 * have received them, in the clause itself.
 */
function isOverDisclosure({ linked }: Scene, statement: Statement): boolean {
  return says(statement, 'receive') ? namesDisclosure(statement) : linked;
}

/** 行政诉讼7件，其中未经复议直接起诉5件: the rows of litigation are counted as parts of it. */
function isNarrower(statement: Statement): boolean {
  return namedIn(statement).every(
    (topic) => topic === 'directLitigation' || topic === 'litigationAfterReconsideration',
  );
}

function readCount(statement: Statement, named: readonly Topic[]): Draft[] {
  const [first, second] = named;
  if (first === undefined || named.length > 2) return [];
  if (second === undefined) return says(statement, 'each', 'every') ? [] : count(first, statement, 'dispute');
  if (says(statement, 'each')) return named.flatMap((topic) => count(topic, statement, 'dispute'));
  if (says(statement, 'every')) return statement.figure?.value === 0 ? nones(statement, named, 'amount') : [];
  const both = named.includes('reconsideration') && named.includes('litigation');
  return both && says(statement, 'total') ? count('disputes', statement, 'dispute') : [];
}

/** 未发生行政复议、行政诉讼: none of either. 行政复议、行政诉讼均未发生 says the same from behind. */
function readNone(statement: Statement): Draft[] {
  const denied = tokensOf(statement, says(statement, 'negation') ? 'negation' : 'nil')[0];
  const dispute = tokensOf(statement, 'dispute')[0];
  if (denied === undefined || dispute === undefined || statement.figures > 0) return [];
  if (denied.start > dispute.start && !says(statement, 'occur', 'nil')) return [];
  if (!holdsOnly(statement, denying)) return [];
  const named = namedIn(statement).flatMap((topic) => (topic === 'disputes' ? bothKinds : [topic]));
  return nones(statement, [...new Set(named)], 'negation', 'nil', 'occur');
}

const bothKinds: readonly Topic[] = ['reconsideration', 'litigation'];

function nones(statement: Statement, named: readonly Topic[], ...asked: readonly TokenRole[]): Draft[] {
  return named.map((topic) => claim(topic, 'none', statement, 'dispute', ...asked));
}

/** 维持1件: of the disputes named last, where that is one kind. */
function readResult(scene: Scene, statement: Statement): Draft[] {
  const [result, another] = tokensOf(statement, 'result');
  const known = scene.matter === 'disputes' && scene.dispute !== undefined && withResults.has(scene.dispute);
  if (!known || result === undefined || another !== undefined || scene.loose || !scene.linked) return [];
  if (statement.figure?.unit !== 'case' || !holdsOnly(statement, deciding) || result.topic === 'otherOutcome')
    return [];
  return count(`${scene.dispute}.${result.topic}` as Topic, statement, 'result', 'dispute');
}

function namedIn(statement: Statement): Topic[] {
  return [...new Set(tokensOf(statement, 'dispute').map(({ topic }) => topic as Topic))];
}
