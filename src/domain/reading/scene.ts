import type { Topic } from '../claim.ts';
import { isDate } from './clauses.ts';
import type { Whose } from './period.ts';
import type { Draft, Statement } from './statement.ts';
import { says, tokensOf } from './statement.ts';

/** What a sentence is about. */
export type Matter = 'requests' | 'disputes' | 'documents' | 'decisions' | 'other' | undefined;

/** A total that parts may follow: 收到申请35件，其中 … */
export interface Head {
  readonly topic: Topic;
  readonly value: number;
  /** What was read of it. */
  readonly draft: Draft;
  /** 申请 without saying for what. */
  readonly bare: boolean;
  /** Its place among the sentence's claims; -1 where it stands in the sentence before. */
  readonly place: number;
}

/** What the sentence has said so far that decides how the next clause is to be read. It changes as the reader goes on. */
export interface Scene {
  period: Whose;
  subject: Whose;
  matter: Matter;
  /** The disputes the next results belong to; `undefined` where that is not clear. */
  dispute: Topic | undefined;
  /** The beginning of a document's topics, and what is said to have been done with it. */
  document: string;
  documentVerb: string;
  /** 作出 was said, and holds for an enumeration of decisions. */
  decided: boolean;
  /** 政府信息公开 was named: disputes are about it. */
  linked: boolean;
  head: Head | undefined;
  /** The topics this sentence has counted. */
  readonly said: Set<Topic>;
  /** 收到申请, and the number is still to come: 收到申请，…，共35件. */
  awaited: Topic | undefined;
  /** Inside 其中: amounts are parts of the head, of which `parts` have been named. */
  within: boolean;
  /** The head is said to hold the parts: 其中, 含. In brackets alone they may stand beside it. */
  included: boolean;
  parts: number;
  /** The ending of the topic whose own parts are listed: 无法提供8件，其中 … */
  divided: string;
  /** Endings of topics that are counted under another name as well: 予以公开20件，已主动公开12件. */
  readonly doubted: Set<string>;
  /** The last part was of another division (网上30件): what follows may be of it alone. */
  loose: boolean;
  /** 主动公开 was counted in 件: what follows may be papers. */
  papers: boolean;
  /** 除1件外: nothing after it is said of all. */
  excepted: boolean;
  /** The rest of the sentence is not read: a plan, 分别. */
  closed: boolean;
  /** A figure was passed over because it is another's. */
  passedOver: boolean;
}

/** A sentence begins: it is about what the one before was about, of whose figures none were passed over. */
export function sceneAfter(before: Scene | undefined): Scene {
  const goesOn = before?.passedOver === true;
  return {
    period: goesOn ? before.period : 'own',
    subject: goesOn ? before.subject : 'own',
    matter: before?.matter,
    dispute: before?.dispute,
    document: '',
    documentVerb: '',
    decided: false,
    linked: before?.matter === 'disputes' && before.linked,
    head: before?.head && { ...before.head, place: -1 },
    said: new Set(),
    awaited: undefined,
    within: false,
    included: false,
    parts: 0,
    divided: '',
    doubted: new Set(),
    loose: false,
    papers: false,
    excepted: false,
    closed: false,
    passedOver: goesOn,
  };
}

/** Takes up what a clause is about, before it is read. */
export function setMatter(scene: Scene, statement: Statement): void {
  if (namesDisclosure(statement)) scene.linked = true;
  else if (isOverOthers(statement)) scene.linked = false;
  if (says(statement, 'except')) scene.excepted = true;
  if (says(statement, 'otherMatter')) scene.matter = 'other';
  else if (says(statement, 'dispute')) setDispute(scene, statement);
  else if (says(statement, 'document')) setDocument(scene, statement);
  else if (says(statement, 'decision', 'ruling')) scene.matter = 'decisions';
  else if (isOfUnknown(statement) || isOfPapers(scene, statement)) scene.matter = 'other';
  else if (says(statement, 'request')) scene.matter = 'requests';
  if (says(statement, 'plan', 'respectively') || isForwarded(statement)) scene.closed = true;
}

/** 经市政府转办，收到申请9件: what follows is only what was passed on. */
function isForwarded(statement: Statement): boolean {
  return says(statement, 'forward') && statement.figures === 0;
}

/**
 * 受理办件3200件, 依申请公开专栏点击2100次: something the lexicon does not know is counted, and 办结 after it is of that,
 * or somebody it does not know counts.
 */
function isOfUnknown(statement: Statement): boolean {
  const counts = statement.tokens.some((token) => token.role === 'amount' && !isDate(token));
  const named = says(statement, 'receive', 'receiveNew', 'handle', 'conclude', 'request');
  return counts && named && says(statement, 'unknown');
}

/** 主动公开201件，依申请公开73件，不予公开52件: the papers an office has written, by who may see them. */
function isOfPapers(scene: Scene, statement: Statement): boolean {
  if (statement.figures === 0) return false;
  scene.papers ||= tokensOf(statement, 'publish').some(({ topic }) => topic === 'proactive');
  return scene.papers && !says(statement, 'receive', 'receiveNew', 'handle', 'conclude', 'answer', 'bareRequest');
}

/** 因行政处罚被申请行政复议5件: of other things than disclosure, whatever was spoken of before. */
function isOverOthers(statement: Statement): boolean {
  const others = says(statement, 'otherMatter', 'decision', 'ruling', 'unknown');
  return others && statement.figures > 0 && says(statement, 'dispute');
}

/** Whether it is said to be about disclosure; in 因政府信息公开引起 the cause is part of the word. */
export function namesDisclosure(statement: Statement): boolean {
  const caused = tokensOf(statement, 'occur').some(({ topic }) => topic === 'disclosure');
  return caused || says(statement, 'disclosure', 'request');
}

function setDispute(scene: Scene, statement: Statement): void {
  const named = new Set(tokensOf(statement, 'dispute').map(({ topic }) => topic));
  scene.matter = 'disputes';
  scene.dispute = named.size === 1 ? ([...named][0] as Topic) : undefined;
}

function setDocument(scene: Scene, statement: Statement): void {
  scene.matter = 'documents';
  scene.document = tokensOf(statement, 'document')[0]?.topic ?? '';
}

/** Enters and leaves 其中 and brackets. */
export function setPart(scene: Scene, statement: Statement): void {
  if (statement.mark === 'semicolon') leaveParts(scene);
  if (says(statement, 'part') || statement.mark === 'open') {
    // 自然人30件，其中予以公开20件: of those 30 only.
    const { loose } = scene;
    leaveParts(scene);
    scene.within = true;
    scene.loose = loose;
  }
  if (says(statement, 'part', 'including')) scene.included = true;
}

export function leaveParts(scene: Scene): void {
  scene.within = false;
  scene.included = false;
  scene.loose = false;
  scene.parts = 0;
}

/** A part was named; once the parts make up the whole, what follows is about the whole again. */
export function addPart(scene: Scene, value: number, ofAnotherDivision: boolean): void {
  scene.parts += value;
  scene.loose ||= ofAnotherDivision;
  if (scene.head !== undefined && scene.parts === scene.head.value) leaveParts(scene);
}
