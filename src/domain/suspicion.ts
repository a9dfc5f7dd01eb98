import type { CheckedForm } from './compile.ts';
import type { Figures } from './figures.ts';
import { sectionTitle } from './form.ts';
import { fill, type Language, type Words } from './language.ts';
import { patternWords } from './pattern.ts';
import { findSuspects, manyDisagree, type SuspectBlock, type SuspectSet } from './suspects.ts';

/** A cell that is probably wrong. Suspects of one set change together; sets of one block are alternatives, best first. */
export interface SuspectAnswer {
  /** Counted through the whole answer, from 1. */
  readonly set: number;
  readonly cell: string;
  readonly label: string;
  readonly stated: number;
  /** What the rest of the report implies; `null` where several figures would do. */
  readonly implied: number | null;
  /** How many failures the set explains. */
  readonly explains: number;
  /** How the figure seems to have gone wrong, in words. */
  readonly pattern?: string;
}

/** A part of the report whose sums do not depend on the rest, and what can be said of the errors in it. */
export interface SuspectBlockAnswer {
  /** The section, or the one row of it. */
  readonly at: string;
  /** How many sums fail. */
  readonly failures: number;
  /** The sets listed, by number. */
  readonly sets: readonly number[];
  /** How many more sets there are. */
  readonly omitted: number;
  readonly message: string;
}

export interface Suspicion {
  readonly suspects: readonly SuspectAnswer[];
  readonly suspectBlocks: readonly SuspectBlockAnswer[];
}

/** Which cells are probably wrong, in words; nothing where no sum fails. */
export function answerSuspects(form: CheckedForm, figures: Figures, language: Language): Suspicion {
  const blocks = findSuspects(form.suspects, figures);
  const suspects: SuspectAnswer[] = [];
  const suspectBlocks: SuspectBlockAnswer[] = [];
  let set = 0;
  for (const block of blocks) {
    const numbers = block.sets.map((one) => {
      set += 1;
      suspects.push(...answerSet(one, set, language));
      return set;
    });
    suspectBlocks.push(answerBlock(form, block, numbers, language));
  }
  return { suspects, suspectBlocks };
}

function answerSet({ cells, explains, pattern }: SuspectSet, set: number, language: Language): SuspectAnswer[] {
  return cells.map(({ cell, stated, implied }) => ({
    set,
    cell: cell.address,
    label: cell.label[language],
    stated,
    implied,
    explains,
    ...(pattern && { pattern: fill(patternWords[pattern.name], language, pattern.params) }),
  }));
}

function answerBlock(
  form: CheckedForm,
  { section, row, failures, sets, omitted, beyond }: SuspectBlock,
  numbers: readonly number[],
  language: Language,
): SuspectBlockAnswer {
  const place = placeOf(form, section, row);
  const template = beyond && sets.length === 0 ? manyDisagree : explained[sets.length > 1 ? 'several' : 'one'];
  const count = sets.length + omitted;
  return {
    at: row === undefined ? section : `${section}.${row}`,
    failures,
    sets: numbers,
    omitted,
    message: fill(template, language, { place, failures, count, cells: sets[0]?.cells.length ?? 0 }),
  };
}

const explained: Readonly<Record<'one' | 'several', Words>> = {
  one: {
    'zh-CN': '“{place}”有 {failures} 处不平，改动 {cells} 格就都能说通。',
    en: '“{place}” has {failures} sums that fail; changing {cells} explains them all.',
  },
  several: {
    'zh-CN':
      '“{place}”有 {failures} 处不平，有 {count} 种改法能够说通（每种改动 {cells} 格），从最可能的列起，请对照原始台账确认。',
    en: '“{place}” has {failures} sums that fail; {count} ways of changing {cells} explain them, the likeliest first. Check them against the records.',
  },
};

/** What people call a block: its section, or its row. */
function placeOf({ edition, tables }: CheckedForm, section: string, row: string | undefined): Words {
  const line = tables.flatMap((table) => (table.section === section ? table.rows : [])).find(({ key }) => key === row);
  const found = edition.sections.find(({ key }) => key === section);
  return line?.name ?? (found ? sectionTitle(found) : { 'zh-CN': section, en: section });
}
