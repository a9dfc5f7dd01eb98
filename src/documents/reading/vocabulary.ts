import type { CheckedForm } from '../../domain/compile.ts';
import type { Block } from '../../domain/edition.ts';
import { normalForm } from './normal-form.ts';
import { targetsOf, type Target } from './target.ts';

/** The words of an edition's form, as a document may print them. */
export interface Vocabulary {
  readonly edition: string;
  readonly targets: readonly Target[];
  /** Every label, in normal form: what may stand in a table without being a figure. */
  readonly words: ReadonlySet<string>;
  /** Labels no other edition has, nor has within one of its own. */
  readonly ownWords: readonly string[];
  /** Labels as they are written, for finding them in running text. */
  readonly labels: readonly string[];
}

/** The words of a form; rows only other editions have are known as theirs. */
export function vocabularyOf(form: CheckedForm, others: readonly CheckedForm[]): Vocabulary {
  const foreign = others.flatMap((other) =>
    targetsOf(other).map((target) => ({ ...target, edition: other.edition.id })),
  );
  const own = targetsOf(form).map((target) => ({ ...target, names: namesEverywhere(target, foreign) }));
  const known = new Set(own.filter(isRow).flatMap(({ names }) => names));
  const rest = foreign
    .filter((target) => isRow(target) && !target.names.some((name) => known.has(name)))
    .map((target) => ({ ...target, order: orderAmong(own, target) }));
  const labels = labelsOf([form, ...others]);
  const elsewhere = labelsOf(others).map(normalForm);
  return {
    edition: form.edition.id,
    targets: [...own, ...rest],
    words: new Set(labels.map(normalForm)),
    ownWords: [...new Set(labelsOf([form]).map(normalForm))].filter(
      (word) => !elsewhere.some((label) => label.includes(word)),
    ),
    labels,
  };
}

/** A row may be called what other editions call it, unless that is what they call its group. */
function namesEverywhere(target: Target, foreign: readonly Target[]): string[] {
  const same = foreign.filter(
    ({ kind, section, key, onGroup }) =>
      kind === target.kind && section === target.section && key === target.key && !onGroup,
  );
  return [...new Set([target, ...same].flatMap(({ names }) => names))];
}

function isRow({ kind }: Target): boolean {
  return kind === 'row';
}

/** Where a row of another edition would stand: at the row of the same name, else behind the form's section. */
function orderAmong(own: readonly Target[], { section, key, groups }: Target): number {
  const inSection = own.filter((target) => target.section === section);
  const same = inSection.find((target) => target.key === key);
  const group = inSection.findLast((target) => target.kind === 'row' && target.groups.some((g) => groups.includes(g)));
  return (same ?? group ?? inSection.at(-1))?.order ?? 0;
}

function labelsOf(forms: readonly CheckedForm[]): string[] {
  const labels = forms.flatMap(({ edition }) =>
    edition.sections.flatMap((section) => [
      `${section.number}、${section.label['zh-CN']}`,
      section.label['zh-CN'],
      ...(section.kind === 'table' ? [section.description['zh-CN'], ...section.blocks.flatMap(blockLabels)] : []),
    ]),
  );
  return [...new Set(labels)];
}

function blockLabels({ label, corner, rowGroups = [], columnGroups = [], rows, columns }: Block): string[] {
  const lines = [...rowGroups, ...columnGroups, ...rows, ...columns];
  const each = lines.flatMap((line) => {
    const text = line.label?.['zh-CN'];
    return text === undefined ? [] : [`${line.number ?? ''}${text}`, text];
  });
  return [label, corner].flatMap((words) => words?.['zh-CN'] ?? []).concat(each);
}
