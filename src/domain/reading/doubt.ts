import type { Scene } from './scene.ts';
import { says, tokensOf, type Draft, type Statement } from './statement.ts';

/*
 * The form counts under one name what narratives give several: those told where to find what is published already are
 * 予以公开, amended documents are issued. Where a text counts the others beside it, 予以公开20件 may be all or the rest.
 */

/** Enters and leaves the parts of one topic: what is named in them is counted in it. */
export function setDivided(scene: Scene, statement: Statement, before: Draft | undefined): void {
  if (says(statement, 'part') && isOfCarried(scene, before)) scene.loose = true;
  if (says(statement, 'part', 'including') || statement.mark === 'open') scene.divided = endingOf(before?.topic ?? '');
  else if (says(statement, 'outcome', 'documentVerb') || statement.mark === 'semicolon') scene.divided = '';
}

/** 上年结转3件，其中予以公开1件: of those 3 only, where the sentence has not said how many there were in all. */
function isOfCarried({ head }: Scene, before: Draft | undefined): boolean {
  const carried = before?.topic === 'carriedIn' || before?.topic === 'carriedOut';
  return carried && (head === undefined || head.place < 0);
}

/** Takes up which topics a statement counts under another name. */
export function bringDoubt(scene: Scene, statement: Statement): void {
  if (statement.figures === 0 || !says(statement, 'reason', 'kindred')) return;
  const named = [...tokensOf(statement, 'outcome'), ...tokensOf(statement, 'documentVerb')].map(({ topic }) => topic);
  for (const { topic } of [...tokensOf(statement, 'reason'), ...tokensOf(statement, 'kindred')]) {
    if (topic === scene.divided || named.includes(topic)) continue;
    scene.doubted.add(topic);
    if (topic === 'closed' && !isOfEnded(scene)) for (const ending of endings) scene.doubted.add(ending);
  }
}

/** 收到35件，撤回2件，答复33件: those taken back have been concluded too. */
const endings = ['concluded', 'answered', 'handled'];

function isOfEnded({ head, within }: Scene): boolean {
  return within && head !== undefined && endings.includes(head.topic);
}

/** Whether a claim's topic is counted under another name as well. */
export function isDoubted({ doubted }: Scene, { topic, kind }: Draft): boolean {
  return (kind === 'count' || kind === 'share') && doubted.has(endingOf(topic));
}

function endingOf(topic: string): string {
  return topic.slice(topic.lastIndexOf('.') + 1);
}
