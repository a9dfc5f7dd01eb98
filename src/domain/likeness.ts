import type { Agency } from './agency.ts';
import type { Likeness } from './assessed.ts';
import type { CheckedForm } from './compile.ts';
import { textOf } from './narrative.ts';
import type { LookAlike, Neighbours } from './neighbours.ts';
import type { ReportContent, ReportKey, SectionsInput } from './report.ts';
import { threshold } from './instance.ts';
import { bandsOf, estimate, jaccard, shinglesOf, signatureOf } from './similarity.ts';

/** What is kept of a narrative, so that look-alikes among others of the section and year are found without reading all. */
export interface Signature {
  readonly section: string;
  readonly signature: Uint32Array;
}

/** How many look-alikes are read to find one that is one: the likeliest first, so the first mostly is. */
const mostRead = 4;

/**
 * How far an estimate of 64 values may be below the truth: four standard deviations of it at 0.85. Of pairs that are just
 * so alike one in 15,000 is taken to be less, and fewer where the texts are short.
 */
const doubt = 0.18;

/** A narrative as it is compared. */
export interface ComparedText extends Signature {
  readonly shingles: Uint32Array;
}

/** What a report's narratives are compared by, and what came of it. */
export interface Comparison {
  readonly signatures: Signature[];
  /** The agency's own report of last year, and the most alike of others' this year: the most alike first. */
  readonly likenesses: Likeness[];
  /** Others that may be much the same and whose own findings tell of none yet. */
  readonly untold: ReportKey[];
}

/** Compares a report's narratives with others. */
export function compareTexts(
  form: CheckedForm,
  key: ReportKey,
  texts: readonly ComparedText[],
  agency: Agency,
  neighbours: Neighbours,
): Comparison {
  if (texts.length === 0) return { signatures: [], likenesses: [], untold: [] };
  const least = leastShare(form);
  const found = neighbours.lookAlikes(key, texts);
  const compared = texts.map((narrative) => ({ narrative, others: likeliest(found, narrative, least) }));
  const likenesses = [
    ...likeLastYear(texts, key, agency, least, neighbours),
    ...compared.flatMap(({ narrative, others }) => mostAlike(narrative, others, least, key, neighbours)),
  ];
  const untold = compared.flatMap(({ others }) => others.filter(({ told }) => !told));
  return {
    signatures: texts.map(({ section, signature }) => ({ section, signature })),
    likenesses: likenesses.sort((a, b) => b.share - a.share),
    untold: untold.map(({ agencyId }) => ({ agencyId, year: key.year })),
  };
}

/** How alike two reports of one agency are, for a report that is not stored. */
export function likenessesBetween(
  form: CheckedForm,
  content: ReportContent,
  { agencyId, year, sections }: ReportKey & Pick<ReportContent, 'sections'>,
): Likeness[] {
  return textsToCompare(form, content.sections, undefined).flatMap(({ section, shingles }) => {
    const other = shinglesOf(textOf(sections[section]) ?? '', undefined);
    return other.length === 0 ? [] : [{ section, agencyId, year, share: jaccard(shingles, other) }];
  });
}

/** The narratives an edition compares, with those of others of the year; one too short to be anybody's is none of them. */
export function textsToCompare(
  form: CheckedForm,
  sections: SectionsInput,
  agencyName: string | undefined,
): ComparedText[] {
  return sectionsCompared(form).flatMap((section) => {
    const shingles = shinglesOf(textOf(sections[section]) ?? '', agencyName);
    if (shingles.length === 0) return [];
    return [{ section, shingles, signature: signatureOf(shingles) }];
  });
}

/** What narratives are found by among those of their sections. */
export function bandsOfTexts(texts: readonly Signature[]): number[] {
  return texts.flatMap(({ section, signature }) => bandsOf(signature, section));
}

/** Those narratives that are much the same as last year's, which is read where their signatures leave a doubt. */
function likeLastYear(
  texts: readonly ComparedText[],
  { agencyId, year }: ReportKey,
  agency: Agency,
  least: number,
  neighbours: Neighbours,
): Likeness[] {
  const last = { agencyId, year: year - 1 };
  const signed = neighbours.signaturesHandedIn(last);
  const doubtful = texts.filter(({ section, signature }) => {
    const other = signed.find((one) => one.section === section);
    return !other || estimate(signature, other.signature) >= least - doubt;
  });
  const content = doubtful.length === 0 ? undefined : neighbours.contentHandedIn(last);
  if (content === undefined) return [];
  const { sections } = JSON.parse(content) as ReportContent;
  return doubtful
    .map(({ section, shingles }) => ({ section, ...last, share: shareWith(shingles, sections[section], agency.name) }))
    .filter(({ share }) => share >= least);
}

/** The first of the likeliest that is really much the same; a text everybody copied is told of by one of them. */
function mostAlike(
  { section, shingles }: ComparedText,
  others: readonly LookAlike[],
  least: number,
  { year }: ReportKey,
  neighbours: Neighbours,
): Likeness[] {
  for (const { agencyId, agencyName } of others.slice(0, mostRead)) {
    const content = neighbours.contentOf({ agencyId, year });
    if (content === undefined) continue;
    const { sections } = JSON.parse(content) as ReportContent;
    const share = shareWith(shingles, sections[section], agencyName);
    if (share >= least) return [{ section, agencyId, year, share }];
  }
  return [];
}

/** Look-alikes whose signatures leave no great doubt, the likeliest first. */
function likeliest(found: readonly LookAlike[], { section, signature }: ComparedText, least: number): LookAlike[] {
  return found
    .filter((one) => one.section === section)
    .map((one) => ({ one, guess: estimate(signature, one.signature) }))
    .filter(({ guess }) => guess >= least - doubt)
    .sort((a, b) => b.guess - a.guess)
    .map(({ one }) => one);
}

function shareWith(shingles: Uint32Array, narrative: SectionsInput[string] | undefined, agencyName: string): number {
  return jaccard(shingles, shinglesOf(textOf(narrative) ?? '', agencyName));
}

function ruleOf({ edition }: CheckedForm) {
  return edition.rules.find(({ test }) => test.type === 'similarity');
}

/** The narratives an edition compares. */
function sectionsCompared(form: CheckedForm): readonly string[] {
  const test = ruleOf(form)?.test;
  return test?.type === 'similarity' ? test.sections : [];
}

function leastShare(form: CheckedForm): number {
  const rule = ruleOf(form);
  return rule ? threshold(rule, 'share') : Infinity;
}
