import type { Topic } from '../claim.ts';
import type { Scene } from './scene.ts';
import { claim, count, holdsOnly, says, tokensOf, type Draft, type Statement } from './statement.ts';
import type { Token, TokenRole } from './tokens.ts';

const documented = new Set<TokenRole>(['document', 'documentVerb', 'part']);
const decided = new Set<TokenRole>(['decision', 'ruling', 'decide', 'handle']);
const undecided = new Set<TokenRole>(['decision', 'ruling', 'decide', 'negation', 'occur']);

const charging = new Set<TokenRole>(['charge', 'request', 'receive', 'occur', 'negation', 'nil', 'every', 'affair']);

/** What a clause says of 规章 and 规范性文件: how many were issued, repealed or are in force. Published is not issued. */
export function readDocuments(scene: Scene, statement: Statement): Draft[] {
  const { figure } = statement;
  const [document, anotherDocument] = tokensOf(statement, 'document');
  const [verb, another] = tokensOf(statement, 'documentVerb');
  const goesOn = statement.mark === 'enumeration' || statement.mark === 'comma';
  if (document !== undefined && !goesOn) scene.documentVerb = '';
  if (verb !== undefined) scene.documentVerb = verb.topic;
  if (says(statement, 'publish') || another !== undefined || anotherDocument !== undefined) scene.documentVerb = '';
  if (figure === undefined || scene.within || !holdsOnly(statement, documented)) return [];
  if (scene.document === '' || scene.documentVerb === '') return [];
  return count(`${scene.document}.${scene.documentVerb}` as Topic, statement, 'document', 'documentVerb');
}

/** What a clause says of licences, penalties and coercion: decisions made, not what was published about them. */
export function readDecisions(scene: Scene, statement: Statement): Draft[] {
  const named = decisionsIn(statement);
  if (statement.mark !== 'enumeration' && statement.mark !== 'comma') scene.decided = false;
  if (!holdsOnly(statement, says(statement, 'negation') ? undecided : decided)) {
    scene.decided = false;
    return [];
  }
  // 办理行政许可 may only have taken it up; 办理行政许可决定 has decided.
  if (says(statement, 'decide') || (says(statement, 'handle') && says(statement, 'ruling'))) scene.decided = true;
  if (says(statement, 'negation')) return noDecisions(statement);
  const [first, another] = named;
  if (!scene.decided || first === undefined || another !== undefined || statement.figure?.unit !== 'case') return [];
  return count(first.topic as Topic, statement, 'decision', 'ruling', 'decide', 'handle');
}

function decisionsIn({ tokens }: Statement): Token[] {
  return tokens.filter(({ role }) => role === 'decision' || role === 'ruling');
}

function noDecisions(statement: Statement): Draft[] {
  const [negation] = tokensOf(statement, 'negation');
  const named = decisionsIn(statement);
  if (statement.figures > 0 || (negation?.start ?? 0) > (named[0]?.start ?? 0)) return [];
  return named.map(({ topic }) => claim(topic as Topic, 'none', statement, 'negation', 'decision', 'ruling'));
}

/**
 * What a clause says of fees for processing requests; 行政事业性收费 is another thing and no such word. 规范信息处理费管理
 * tells of no fee.
 */
export function readFee(statement: Statement): Draft[] {
  if (!says(statement, 'fee') && !isCharge(statement)) return [];
  const amount = statement.tokens.find(({ unit, role }) => role === 'amount' && unit === 'money');
  const nothing = says(statement, 'negation', 'nil') || amount?.value === 0;
  const told = nothing || statement.tokens.some(({ role }) => role === 'amount');
  if (!told && says(statement, 'opener', 'plan', 'unknown')) return [];
  return [claim('processingFee', nothing ? 'none' : 'mention', statement, 'negation', 'charge', 'fee', 'disclosure')];
}

/** 政府信息公开未发生收费: charging is of requests only where nothing else is in the clause. */
function isCharge(statement: Statement): boolean {
  return says(statement, 'charge') && says(statement, 'disclosure', 'request') && holdsOnly(statement, charging);
}

/** Where another collects the fee or does not, it is spoken of all the same. */
export function mentionFee(statement: Statement): Draft[] {
  return readFee(statement).map((read) => ({ ...read, kind: 'mention' }));
}
