import type { Check } from '../domain/check.ts';
import type { Finding, Term } from '../domain/finding.ts';
import type { Language, Words } from '../domain/language.ts';
import type { Severity } from '../domain/rule.ts';
import type { SuspectAnswer } from '../domain/suspicion.ts';

/** How a text is shown on a terminal. */
export type Style = (format: 'red' | 'yellow' | 'bold' | 'dim', text: string) => string;

const severityWords: Readonly<Record<Severity, Words>> = {
  error: { 'zh-CN': '错误', en: 'error' },
  errorWaivable: { 'zh-CN': '错误（可说明）', en: 'error (waivable)' },
  warning: { 'zh-CN': '提示', en: 'warning' },
};

const verdictWords: Readonly<Record<Check['verdict'], Words>> = {
  consistent: { 'zh-CN': '数据一致', en: 'consistent' },
  incomplete: { 'zh-CN': '没有填完', en: 'incomplete' },
  inconsistent: { 'zh-CN': '数据有误', en: 'inconsistent' },
};

/** A check in the manner of a compiler: `file: place: severity: message [rule]`, then what the finding rests on. */
export function checkAsLines(file: string, check: Check, language: Language, style: Style): string[] {
  const { verdict, findings, suspects, suspectBlocks, notAssessable } = check;
  const notes = notAssessable.length > 0 ? [unassessed(notAssessable.length)[language]] : [];
  return [
    ...findings.flatMap((finding) => findingLines(file, finding, language, style)),
    ...suspectBlocks.map(({ message }) => `${file}: ${style('bold', message)}`),
    ...suspects.map((suspect) => `    ${suspectLine(suspect)}`),
    `${file}: ${style('bold', verdictWords[verdict][language])}${notes.map((note) => style('dim', note)).join('')}`,
  ];
}

function findingLines(file: string, finding: Finding, language: Language, style: Style): string[] {
  const { rule, at, severity, message, expression, left, right, delta, terms, quotes = [] } = finding;
  const colour = severity === 'warning' ? 'yellow' : 'red';
  const head = `${file}: ${at}: ${style(colour, severityWords[severity][language])}: ${message} ${style('dim', `[${rule}]`)}`;
  const sides =
    left === null || right === null ? [] : [`    ← ${left}  → ${right}${delta === null ? '' : `  Δ ${delta}`}`];
  return [
    head,
    style('dim', `    ${expression}`),
    ...sides,
    ...termsOf(terms).map((term) => style('dim', `      ${termLine(term)}`)),
    ...quotes.map(({ section, start, end, text }) => style('dim', `      ${section}[${start}–${end}] “${text}”`)),
  ];
}

/** Of a long sum the zeros say nothing. */
function termsOf(terms: readonly Term[]): readonly Term[] {
  return terms.length > 4 ? terms.filter(({ value }) => value !== 0) : terms;
}

function termLine({ cell, label, value, sign, side, year }: Term): string {
  const where = year === undefined ? cell : `${year} ${cell}`;
  return `${side === 'left' ? '←' : '→'} ${sign === 1 ? '+' : '−'}${value ?? ''} ${label} (${where})`;
}

function suspectLine({ set, cell, label, stated, implied, pattern }: SuspectAnswer): string {
  return `${set}. ${label}: ${stated} → ${implied ?? '?'} (${cell})${pattern === undefined ? '' : ` ${pattern}`}`;
}

function unassessed(count: number): Words {
  return { 'zh-CN': `；另有 ${count} 项未能核对`, en: `; ${count} not assessable` };
}
