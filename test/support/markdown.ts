import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './process.ts';

/** A fenced block: the language behind its fence, and what is in it. */
export interface Block {
  readonly language: string;
  readonly text: string;
}

export function readDocument(name: string): string {
  return readFileSync(join(root, name), 'utf8');
}

/** What stands under a heading of the second level, up to the next. */
export function sectionOf(document: string, heading: string): string {
  const section = document.split(/^## /m).find((part) => part.startsWith(`${heading}\n`));
  if (section === undefined) throw new Error(`there is no section “${heading}”`);
  return section;
}

export function blocksOf(text: string): Block[] {
  return [...text.matchAll(/^```(\w+)\n([^]*?)^```$/gm)].map(([, language = '', text = '']) => ({ language, text }));
}

/** The rows of the tables in a text, without headings, each as its cells. */
export function rowsOf(text: string): string[][] {
  const rows = text.split('\n').filter((line) => line.startsWith('|'));
  const cells = rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  const rules = cells.flatMap(([cell = ''], index) => (/^-+$/.test(cell) ? [index] : []));
  return cells.filter((_, index) => !rules.includes(index) && !rules.includes(index + 1));
}

/** What stands between backticks in a text, fenced blocks left out. */
export function codeIn(text: string): string[] {
  const prose = text.replace(/^```[^]*?^```$/gm, '');
  return [...prose.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
}
