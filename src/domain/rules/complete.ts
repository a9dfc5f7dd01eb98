import { readingOf, type Assessed } from '../assessed.ts';
import type { Section } from '../edition.ts';
import { sectionTitle, type Form } from '../form.ts';
import { explainedBy, FAIL, PASS, severityAt, type RuleGroup, type RuleInstance } from '../instance.ts';
import type { Language, Words } from '../language.ts';
import type { Rule } from '../rule.ts';

const theText: Words = { 'zh-CN': '正文', en: 'the text' };

/** The instances of the completeness rule: one for each section. */
export function completeRule(form: Form, rule: Rule): RuleGroup {
  return { rule, instances: form.edition.sections.map((section) => completeInstance(form, rule, section)) };
}

function completeInstance(form: Form, rule: Rule, section: Section): RuleInstance {
  const title = sectionTitle(section);
  const blanks = section.kind === 'table' ? blankCells(form, section) : blankText(section);
  return {
    rule,
    severity: severityAt(rule, section.key),
    at: section.key,
    place: title,
    expression: { 'zh-CN': `${title['zh-CN']}：没有空白`, en: `${title.en}: nothing is blank` },
    status: blanks.status,
    explain: (assessed, language) => explainBlanks(blanks.list(assessed), language),
  };
}

interface Blank {
  readonly key: string;
  readonly label: Words;
}

interface Blanks {
  readonly status: RuleInstance['status'];
  readonly list: (assessed: Assessed) => readonly Blank[];
}

/** A section's cells stand side by side in the vector. */
function blankCells(form: Form, section: Section): Blanks {
  const cells = form.cells.filter((cell) => cell.section === section.key);
  const [first, end] = [cells[0]?.index ?? 0, (cells.at(-1)?.index ?? -1) + 1];
  return {
    status: ({ figures }) => {
      for (let place = first; place < end; place++) if (Number.isNaN(figures[place])) return FAIL;
      return PASS;
    },
    list: ({ figures }) =>
      cells
        .filter((cell) => Number.isNaN(figures[cell.index]))
        .map((cell) => ({ key: cell.address, label: cell.label })),
  };
}

function blankText(section: Section): Blanks {
  const isBlank = (assessed: Assessed) => readingOf(assessed, section.key).length === 0;
  return {
    status: (assessed) => (isBlank(assessed) ? FAIL : PASS),
    list: (assessed) => (isBlank(assessed) ? [{ key: section.key, label: theText }] : []),
  };
}

function explainBlanks(blanks: readonly Blank[], language: Language) {
  return explainedBy(
    {},
    { missing: blanks.map((blank) => blank.key), blanks: blanks.map((blank) => blank.label[language]) },
  );
}
