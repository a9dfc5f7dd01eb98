import type { Claim, Topic } from '../claim.ts';
import type { Lexicon } from '../lexicon.ts';
import { isDate, isFigure, sentencesOf, tells, type Clause, type Sentence } from './clauses.ts';
import { mentionFee, readDecisions, readDocuments, readFee } from './disclosure.ts';
import { readDisputes } from './disputes.ts';
import { compileSpelling, normalise, placeAsWritten, type Normalised, type Spelling } from './normalise.ts';
import { periodOf, type Whose } from './period.ts';
import { readRequests } from './requests.ts';
import { addPart, leaveParts, namesDisclosure, sceneAfter, setMatter, setPart, type Scene } from './scene.ts';
import { isShare, readShare } from './share.ts';
import { readStatedPeriod } from './stated-period.ts';
import { bringDoubt, isDoubted, setDivided } from './doubt.ts';
import { says, statementOf, type Draft, type Statement } from './statement.ts';
import { agencyOf, compileNames, subjectOf, type Agency, type KnownNames } from './subject.ts';
import { compileVocabulary, tokenise, type Token, type Vocabulary } from './tokens.ts';

/** A lexicon made ready to read with: once per edition, used by any number of readings. */
export interface Reader {
  readonly spelling: Spelling;
  readonly vocabulary: Vocabulary;
  readonly agencies: KnownNames;
}

/** Whose report it is; what is not known makes more of it doubtful. */
export interface ReadingContext {
  readonly year?: number | undefined;
  readonly agencyName?: string | undefined;
}

/** @throws Error when a word stands in the lexicon twice. */
export function compileLexicon(lexicon: Lexicon): Reader {
  return {
    spelling: compileSpelling(lexicon.characters, lexicon.synonyms),
    vocabulary: compileVocabulary(lexicon),
    agencies: compileNames(lexicon.agencies),
  };
}

/** What one reading knows from beginning to end. */
interface Reading {
  readonly text: string;
  readonly year: number | undefined;
  readonly agency: Agency;
  /** What was read and turned out to be of something else. */
  readonly retracted: Set<Draft>;
}

/**
 * What a narrative says that can be held against the tables, in the order of the text. It reads only what it has
 * understood word for word: a doubtful sentence says nothing. Never throws, and takes time in proportion to the text.
 */
export function readClaims(reader: Reader, text: string, context: ReadingContext): readonly Claim[] {
  const normalised = normalise(reader.spelling, text);
  const agencyName = normalise(reader.spelling, context.agencyName ?? '').text;
  const sentences = sentencesOf(tokenise(reader.vocabulary, normalised.text));
  const agency = agencyOf(reader.agencies, agencyName);
  const reading: Reading = { text: normalised.text, year: context.year, agency, retracted: new Set() };
  const drafts: Draft[] = [];
  let scene: Scene | undefined;
  for (const sentence of sentences) {
    // Once figures were passed over, any sentence may say that those that follow are this report's again.
    if (!tells(sentence.tokens) && scene?.passedOver !== true) continue;
    scene = sceneAfter(scene);
    drafts.push(...readStatedPeriod(sentence), ...readSentence(reading, scene, sentence));
  }
  return drafts.filter((draft) => !reading.retracted.has(draft)).map((draft) => asWritten(normalised, draft));
}

function asWritten(normalised: Normalised, draft: Draft): Claim {
  const [start, last] = [placeAsWritten(normalised, draft.start), placeAsWritten(normalised, draft.end - 1)];
  return { ...draft, start, end: last + 1 };
}

/** Reads clause by clause; the scene takes up what each has said. */
function readSentence(reading: Reading, scene: Scene, sentence: Sentence): readonly Draft[] {
  const claims: (Draft | undefined)[] = [];
  const sumsUp = sentence.tokens.some((token) => token.role === 'thisPeriod' || isDate(token));
  const brackets: Outside[] = [];
  let [before, last]: [Draft | undefined, Clause | undefined] = [undefined, undefined];
  for (const clause of sentence.clauses()) {
    if (clause.mark === 'open') brackets.push({ ...scene, name: unknownEnd(last) });
    const outside = clause.mark === 'close' ? brackets.pop() : undefined;
    if (outside !== undefined) leaveBrackets(scene, outside);
    last = clause;
    if (clause.unread) scene.period = comparedPeriod(clause, reading.year) ?? scene.period;
    if (clause.unread || clause.tokens.length === 0) continue;
    const words = outside?.name === undefined ? clause.tokens : [outside.name, ...clause.tokens];
    const tokens = withOwners(reading, scene, words);
    const tellsNothing = !beginsOrEndsPart(clause) && !tells(tokens);
    const statement = tellsNothing ? undefined : statementOf(sumsUp ? tokens.map(asTotal) : tokens, clause.mark);
    before = statement && takeUp(reading, scene, statement, before, claims).at(-1);
  }
  const read = claims.filter((claim) => claim !== undefined && !isDoubted(scene, claim)) as Draft[];
  return sentence.question ? [] : withoutContradictions(read);
}

function beginsOrEndsPart({ mark }: Clause): boolean {
  return mark === 'open' || mark === 'semicolon';
}

/** 较2022年收到35件、办结33件: what follows is of that year too. */
function comparedPeriod({ tokens }: Clause, year: number | undefined): Whose | undefined {
  const tells = tokens.some(({ role }) => role === 'receive' || role === 'receiveNew' || role === 'conclude');
  return tells && tokens.some(isFigure) ? periodOf(tokens, year) : undefined;
}

/** What brackets interrupt, to be gone on with after them. */
interface Outside extends Pick<Scene, 'within' | 'included' | 'parts' | 'loose' | 'divided' | 'period' | 'subject'> {
  /** 开发区（高新区）收到12件: who received them stands before the brackets. */
  readonly name: Token | undefined;
}

function leaveBrackets(scene: Scene, outside: Outside): void {
  const { within, included, parts, loose, divided, period, subject } = outside;
  Object.assign(scene, { within, included, parts, loose, divided, period, subject });
}

/** Words not known at the end of a clause without a figure. */
function unknownEnd(clause: Clause | undefined): Token | undefined {
  const end = clause?.tokens.at(-1);
  return end?.role === 'unknown' && !clause?.tokens.some(isFigure) ? end : undefined;
}

/** Settles whose figures the clause speaks of, and with it the words that said so. */
function withOwners(reading: Reading, scene: Scene, words: readonly Token[]): readonly Token[] {
  const carried = withCarryYears(words, reading.year);
  const { subject, tokens } = subjectOf(reading.agency, reading.text, carried);
  scene.subject = subject ?? scene.subject;
  scene.period = periodOf(tokens, reading.year) ?? scene.period;
  return tokens;
}

function asTotal(token: Token): Token {
  return token.role === 'cumulative' ? { ...token, role: 'total' } : token;
}

/** 2022年结转 in a report of 2023 came over from last year, 结转2024年 goes over to the next; so does 结转下年度办理. */
function withCarryYears(tokens: readonly Token[], year: number | undefined): readonly Token[] {
  const at = tokens.findIndex(({ role }) => role === 'carry' || role === 'carriedOut');
  if (at < 0) return tokens;
  const carry = tokens[at] as Token;
  const role = carryRole(tokens, at, year);
  const words = tokens.map((token, place) => {
    if (place === at) return { ...carry, role };
    const belongs = place > at && (token.role === 'handle' || token.role === 'answer' || token.role === 'conclude');
    const names = role !== 'carry' && token.unit === 'year' && token.value !== year;
    return (role === 'carriedOut' && belongs) || names ? { ...token, role: 'filler' as const } : token;
  });
  return words;
}

function carryRole(tokens: readonly Token[], at: number, year: number | undefined): Token['role'] {
  const { role } = tokens[at] as Token;
  if (role === 'carriedOut' || year === undefined) return role;
  if (tokens.some(({ unit, value }) => unit === 'year' && value === year - 1)) return 'carriedIn';
  const next = tokens.some(({ unit, value }, place) => unit === 'year' && value === year + 1 && place > at);
  return next ? 'carriedOut' : role;
}

/** What the statement says, and the scene with it. */
function takeUp(
  reading: Reading,
  scene: Scene,
  statement: Statement,
  before: Draft | undefined,
  claims: (Draft | undefined)[],
): Draft[] {
  setMatter(scene, statement);
  setPart(scene, statement);
  setDivided(scene, statement, before);
  const read = readStatement(scene, statement, before);
  take(reading, scene, statement, read, claims);
  return read;
}

/** What the statement says, unless it is another's or not a fact. */
function readStatement(scene: Scene, statement: Statement, before: Draft | undefined): Draft[] {
  if (scene.closed || scene.period === 'other' || scene.subject === 'other') {
    scene.passedOver ||= statement.figures > 0 && !scene.closed;
    return scene.closed || scene.period === 'other' ? [] : mentionFee(statement);
  }
  const fee = readFee(statement);
  if (fee.length > 0) return fee;
  if (isShare(statement)) return readShare(scene, statement, before);
  if (says(statement, 'dispute', 'result')) return readDisputes(scene, statement);
  if (says(statement, 'document', 'documentVerb')) return readDocuments(scene, statement);
  if (says(statement, 'decision', 'ruling')) return readDecisions(scene, statement);
  return readRequests(scene, statement);
}

/** Takes what was read into the scene: heads, parts, and what a part says of its head. */
function take(
  { retracted }: Reading,
  scene: Scene,
  statement: Statement,
  read: readonly Draft[],
  claims: (Draft | undefined)[],
): void {
  const [claim] = read;
  const head = scene.head;
  if (head !== undefined && isOfOthersToo(scene, statement)) retracted.add(head.draft);
  if (claim?.kind === 'count' && scene.included) acceptHead(scene, claim.topic, claims, retracted);
  bringDoubt(scene, statement);
  takePart(scene, statement, claim);
  if (claim?.kind === 'count' && isHead(claim.topic) && (!scene.within || says(statement, 'total'))) {
    leaveParts(scene);
    const [value, bare] = [claim.value as number, !says(statement, 'request')];
    scene.head = { topic: claim.topic, value, draft: claim, bare, place: claims.length };
  }
  for (const { topic } of read) scene.said.add(topic);
  if (scene.matter === undefined && claim !== undefined && requestTopics.has(claim.topic)) scene.matter = 'requests';
  claims.push(...read);
}

/** 收到申请35件 alone was taken to be of requests for information, so 办结 after it is too. */
const requestTopics: ReadonlySet<Topic> = new Set(['received', 'requests', 'accepted']);

const heads: ReadonlySet<Topic> = new Set([
  'received',
  'requests',
  'handled',
  'accepted',
  'concluded',
  'answered',
  'reconsideration',
  'litigation',
  'disputes',
]);

function isHead(topic: Topic): boolean {
  return heads.has(topic);
}

/**
 * 收到申请5件，其中政府信息公开申请3件; 行政复议90件，其中涉政府信息公开4件: where a part is of disclosure, the whole is
 * of other things too.
 */
function isOfOthersToo(scene: Scene, statement: Statement): boolean {
  const { head, within, included, matter } = scene;
  if (head === undefined || !within || !included || statement.figures === 0 || !namesDisclosure(statement))
    return false;
  if (disputeTopics.has(head.topic)) return matter === 'disputes' && !says(statement, 'dispute');
  return head.bare && says(statement, 'request') && requestTopics.has(head.topic);
}

const disputeTopics: ReadonlySet<Topic> = new Set(['reconsideration', 'litigation', 'disputes']);

/** 收到申请37件，其中上年结转2件: the 37 are those received and those carried in. 新收 cannot be, and is taken back. */
function acceptHead(scene: Scene, part: Topic, claims: (Draft | undefined)[], retracted: Set<Draft>): void {
  const { head } = scene;
  if (head === undefined || (part !== 'carriedIn' && part !== 'received')) return;
  if (head.topic === 'received' && part === 'carriedIn') retracted.add(head.draft);
  if (head.place < 0 || (head.topic !== 'requests' && head.topic !== 'handled')) return;
  const draft: Draft = { ...head.draft, topic: 'accepted' };
  claims[head.place] = draft;
  scene.head = { ...head, topic: 'accepted', draft };
}

/** An amount that was not read is a part if it stands after 其中, or counts applicants or channels. */
function takePart(scene: Scene, statement: Statement, claim: Draft | undefined): void {
  const { figure } = statement;
  const divides = figure !== undefined && says(statement, 'channel', 'applicant');
  const opens = divides && !scene.within && claim === undefined;
  if (opens) {
    scene.within = true;
    scene.parts = 0;
  }
  if (!scene.within || statement.figures === 0) return;
  if (figure === undefined || isOfFewer(scene, statement, claim)) scene.loose = true;
  else addPart(scene, figure.value as number, claim === undefined && !isByResult(statement));
}

/** 公开20件, 撤回2件: not read, but parts of the division by what became of them. */
function isByResult(statement: Statement): boolean {
  if (says(statement, 'result', 'outcome')) return true;
  return says(statement, 'publish', 'reason') && !says(statement, 'unknown', 'channel', 'applicant', 'otherMatter');
}

/** 上年结转的2件中, 新收的35件中: what follows is of those only, where they are not all there were. */
function isOfFewer({ head, said }: Scene, { tokens, figure }: Statement, claim: Draft | undefined): boolean {
  const counted = figure?.start ?? 0;
  if (!tokens.some(({ role, start }) => role === 'part' && start > counted)) return false;
  if (claim?.topic === 'received') return said.has('carriedIn');
  const whole = claim !== undefined && isHead(claim.topic);
  return !whole && head?.value !== figure?.value;
}

/**
 * Two numbers for one topic in one sentence: one of them is of something else, and no one can say which. And 全部办结
 * is not meant of all where some go over to the next year.
 */
function withoutContradictions(claims: readonly Draft[]): readonly Draft[] {
  if (claims.length < 2) return claims;
  const values = new Map<string, number | null>();
  const contradicted = new Set<string>();
  for (const { topic, kind, value } of claims) {
    const said = `${topic} ${kind}`;
    if (values.has(said) && values.get(said) !== value) contradicted.add(said);
    values.set(said, value);
    if (topic === 'carriedOut' && kind === 'count' && value !== 0)
      contradicted.add('concluded all').add('answered all');
  }
  return claims.filter(({ topic, kind }) => !contradicted.has(`${topic} ${kind}`));
}
