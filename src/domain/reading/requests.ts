import type { Topic } from '../claim.ts';
import { isDate } from './clauses.ts';
import type { TokenRole } from './tokens.ts';
import type { Scene } from './scene.ts';
import { claim, count, holdsOnly, says, tokensOf, type Draft, type Statement } from './statement.ts';

const requestWords: readonly TokenRole[] = ['request', 'bareRequest'];

const carrying = new Set<TokenRole>([
  ...requestWords,
  'carriedIn',
  'carriedOut',
  'carry',
  'including',
  'adding',
  'part',
  'occur',
  'negation',
]);
const arriving = new Set<TokenRole>([...requestWords, 'receive', 'receiveNew', 'handle', 'channel', 'part']);
const ending = new Set<TokenRole>([...requestWords, 'conclude', 'answer', 'part', 'every', 'closureRate']);
const answering = new Set<TokenRole>([...requestWords, 'outcome', 'conclude', 'answer', 'reason', 'part']);
const denying = new Set<TokenRole>([...requestWords, 'receive', 'receiveNew', 'occur', 'negation', 'affair', 'nil']);

/** What a clause says of requests for information. */
export function readRequests(scene: Scene, statement: Statement): Draft[] {
  if (says(statement, 'carriedIn', 'carriedOut', 'carry')) return readCarried(scene, statement);
  if (says(statement, 'every', 'closureRate')) return readAll(scene, statement);
  if (says(statement, 'negation', 'nil')) return readNone(scene, statement);
  if (statement.figure === undefined) return awaitFigure(scene, statement);
  if (says(statement, 'outcome')) return readOutcome(scene, statement);
  if (says(statement, 'conclude', 'answer')) return readEnding(scene, statement);
  return readArrival(scene, statement);
}

/** What came over from last year or goes over to the next; 结转 alone is clear only after what was concluded. */
function readCarried(scene: Scene, statement: Statement): Draft[] {
  if (isAccepted(statement))
    return count('accepted', statement, 'including', 'carriedIn', 'receive', 'handle', ...requestWords);
  const role = says(statement, 'carriedIn') ? 'carriedIn' : says(statement, 'carriedOut') ? 'carriedOut' : 'carry';
  if (says(statement, 'negation')) return readNothingCarried(scene, statement, role);
  if (role === 'carry' && scene.head?.topic !== 'concluded') return [];
  if (statement.figure === undefined || !holdsOnly(statement, carrying) || !mayBeRequests(scene)) return [];
  if (says(statement, 'carriedIn') && says(statement, 'carriedOut')) return [];
  return count(role === 'carriedIn' ? 'carriedIn' : 'carriedOut', statement, role, ...requestWords);
}

/** 含上年结转共收到申请37件. */
function isAccepted(statement: Statement): boolean {
  const all =
    says(statement, 'carriedIn') && says(statement, 'including', 'adding') && says(statement, 'receive', 'handle');
  return (
    all &&
    !says(statement, 'carriedOut') &&
    holdsOnly(statement, new Set([...arriving, 'carriedIn', 'including', 'adding']))
  );
}

const denyingCarried = new Set<TokenRole>([...carrying, 'receive', 'affair']);

function readNothingCarried(scene: Scene, statement: Statement, role: TokenRole): Draft[] {
  if (statement.figures > 0 || !holdsOnly(statement, denyingCarried) || !mayBeRequests(scene)) return [];
  const topic = role === 'carry' ? (scene.head?.topic === 'concluded' ? 'carriedOut' : undefined) : role;
  return topic === undefined ? [] : [claim(topic as Topic, 'none', statement, 'negation', role, ...requestWords)];
}

/** 全部办结. 均按时答复 may leave out what is pending, and a part of them is not all. */
function readAll(scene: Scene, statement: Statement): Draft[] {
  if (!holdsOnly(statement, new Set([...ending, 'amount'])) || !isAboutRequests(scene, statement)) return [];
  if (tokensOf(statement, 'amount').some((token) => token.unit === 'other' || token.unit === 'money')) return [];
  if (scene.within || scene.loose || scene.excepted || says(statement, 'part', 'rest')) return [];
  if (says(statement, 'closureRate')) return readClosureRate(statement);
  const weak = tokensOf(statement, 'every').every(({ topic }) => topic === 'weak');
  if ((weak && says(statement, 'timely', 'answer')) || !isWhole(scene, statement)) return [];
  if (says(statement, 'conclude')) return [claim('concluded', 'all', statement, 'every', 'conclude')];
  return says(statement, 'answer') ? [claim('answered', 'all', statement, 'every', 'answer')] : [];
}

function readClosureRate(statement: Statement): Draft[] {
  const [rate, another] = tokensOf(statement, 'amount').filter((token) => !isDate(token));
  const hundred = rate?.unit === 'percent' && rate.value === 100 && rate.precision === 'exact';
  const whole = hundred && another === undefined && !says(statement, 'timely');
  return whole ? [claim('concluded', 'all', { ...statement, figure: rate }, 'closureRate', 'amount')] : [];
}

/** 35件均已办结: whole if those were all there were. */
function isWhole({ head }: Scene, { figure, figures }: Statement): boolean {
  return figures === 0 || (figure !== undefined && head?.value === figure.value);
}

function readNone(scene: Scene, statement: Statement): Draft[] {
  if (statement.figures > 0 || scene.within || !holdsOnly(statement, denying)) return [];
  if (!isAboutRequests(scene, statement) && !isBare(scene, statement)) return [];
  const [denied] = tokensOf(statement, says(statement, 'negation') ? 'negation' : 'nil');
  const noun = statement.tokens.find(({ role }) => requestWords.includes(role));
  if (denied === undefined || noun === undefined) return [];
  const follows = denied.role === 'nil' || says(statement, 'receive', 'receiveNew', 'occur');
  if (denied.start > noun.start && !follows) return [];
  return [claim('requests', 'none', statement, 'negation', 'nil', 'receive', 'receiveNew', ...requestWords)];
}

/** Whether nothing else is spoken of: disputes are carried over too. */
function mayBeRequests({ matter }: Scene): boolean {
  return matter === 'requests' || matter === undefined;
}

/** Whether requests for information are named here or in what came before. */
function isAboutRequests(scene: Scene, statement: Statement): boolean {
  return says(statement, 'request') || scene.matter === 'requests';
}

/** 收到申请 without saying for what: for information, unless something else was spoken of. */
function isBare(scene: Scene, statement: Statement): boolean {
  return says(statement, 'bareRequest') && says(statement, 'receive', 'receiveNew') && scene.matter === undefined;
}

function readOutcome(scene: Scene, statement: Statement): Draft[] {
  const [outcome, another] = tokensOf(statement, 'outcome');
  if (outcome === undefined || another !== undefined || scene.loose) return [];
  if (!holdsOnly(statement, answering) || !isAboutRequests(scene, statement)) return [];
  // 因不掌握无法提供8件 is one row of several; with 等 it stands for all of them.
  const reasons = tokensOf(statement, 'reason');
  if (reasons.length > 0 && !reasons.some(({ topic }) => topic === 'open')) return [];
  return count(outcome.topic as Topic, statement, 'outcome');
}

function readEnding(scene: Scene, statement: Statement): Draft[] {
  if (scene.loose || !holdsOnly(statement, ending) || !isAboutRequests(scene, statement)) return [];
  if (isTimelyPart(statement) || (scene.within && (isOfSome(statement) || isEnded(scene)))) return [];
  const topic = says(statement, 'conclude') ? 'concluded' : 'answered';
  return count(topic, statement, 'conclude', 'answer', ...requestWords);
}

/** 办结35件，其中答复33件: the others were answered in another way. */
function isEnded({ head }: Scene): boolean {
  return head?.topic === 'concluded' || head?.topic === 'answered';
}

/** 其中8件已办结, 其中按时答复28件: so many of them, and the others may have been so too, in another way. */
function isOfSome(statement: Statement): boolean {
  return says(statement, 'timely') || isBefore(statement, 'conclude', 'answer');
}

/** 申请90件按期答复: of others it may be said that they were late. */
function isTimelyPart(statement: Statement): boolean {
  return says(statement, 'timely') && isBefore(statement, 'conclude', 'answer');
}

/** Whether the figure stands before the verb: 90件答复, not 答复90件. */
function isBefore({ tokens, figure }: Statement, ...verbs: readonly TokenRole[]): boolean {
  const verb = tokens.find(({ role }) => verbs.includes(role));
  return verb !== undefined && figure !== undefined && figure.start < verb.start;
}

function readArrival(scene: Scene, statement: Statement): Draft[] {
  if (scene.matter === 'other' || !holdsOnly(statement, arriving)) return [];
  if (!isCountable(statement) || isOneChannel(statement)) return [];
  if (says(statement, 'receiveNew')) return readNew(scene, statement);
  if (isGrandTotal(scene, statement)) return count('accepted', statement, 'total', 'handle', ...requestWords);
  if (scene.within && !says(statement, 'total')) return [];
  // 申请92件予以受理: those that were; of others it may be said that they were not.
  if (isRelative(statement) || isBefore(statement, 'receive', 'handle')) return [];
  if (says(statement, 'request') || isBare(scene, statement) || isCarriedOn(scene, statement)) {
    // 办理 may be all there were, or those concluded: it is told apart from 收到.
    const topic = says(statement, 'handle') && !says(statement, 'receive') ? 'handled' : 'requests';
    return count(topic, statement, 'receive', 'handle', ...requestWords);
  }
  return says(statement, 'receive', 'handle', 'bareRequest', 'part') ? [] : readTotal(scene, statement);
}

/** 申请公开政府信息的35件: those of some sort, not all there were. */
function isRelative(statement: Statement): boolean {
  return says(statement, 'of') && !says(statement, 'receive', 'handle');
}

/** 收到35件, where the sentence speaks of requests for information. */
function isCarriedOn(scene: Scene, statement: Statement): boolean {
  return scene.matter === 'requests' && says(statement, 'receive', 'bareRequest');
}

function readNew(scene: Scene, statement: Statement): Draft[] {
  if (!isAboutRequests(scene, statement) && scene.matter !== undefined) return [];
  return count('received', statement, 'receiveNew', ...requestWords);
}

/** Papers are requests only where a request is named beside the number: 8份政府信息公开申请. */
function isCountable(statement: Statement): boolean {
  return statement.figure?.unit === 'case' || says(statement, ...requestWords);
}

/** 网上收到30件 is a part; 通过邮寄、网络收到各类申请共81件 is the whole. */
function isOneChannel(statement: Statement): boolean {
  const channels = tokensOf(statement, 'channel').length;
  return channels === 1 || (channels > 1 && !says(statement, 'total'));
}

/** 共35件: of what was announced without a number. */
function readTotal(scene: Scene, statement: Statement): Draft[] {
  if (!says(statement, 'total') || statement.figure?.unit !== 'case') return [];
  return scene.awaited === undefined ? [] : count(scene.awaited, statement, 'total');
}

/** 新收35件，上年结转2件，共37件. */
function isGrandTotal({ said }: Scene, statement: Statement): boolean {
  const both = said.has('carriedIn') && (said.has('received') || said.has('requests'));
  return both && says(statement, 'total') && !says(statement, 'part') && !said.has('accepted');
}

/** Remembers 收到申请 whose number comes later. */
function awaitFigure(scene: Scene, statement: Statement): Draft[] {
  const announces = says(statement, 'request') && says(statement, 'receive', 'receiveNew', 'handle');
  if (statement.figures > 0 || !announces || !holdsOnly(statement, arriving)) return [];
  scene.awaited = says(statement, 'receiveNew') ? 'received' : says(statement, 'receive') ? 'requests' : 'handled';
  return [];
}
