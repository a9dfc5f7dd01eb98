import { readingOf } from '../assessed.ts';
import type { Section } from '../edition.ts';
import { sectionTitle, type Form } from '../form.ts';
import { explainedBy, FAIL, PASS, severityAt, threshold, type RuleGroup, type RuleInstance } from '../instance.ts';
import type { Words } from '../language.ts';
import type { LengthTest, Rule } from '../rule.ts';

/** The instances of a rule on how long narratives are: one for each narrative it names. */
export function lengthRule(form: Form, rule: Rule, test: LengthTest): RuleGroup {
  const instances = test.sections.map(({ section, bounded }) => {
    const found = form.edition.sections.find(({ key }) => key === section);
    if (!found) throw new Error(`rule ${rule.id}: no section ${section}`);
    return lengthInstance(rule, found, bounded ? threshold(rule, 'longest') : Infinity);
  });
  return { rule, instances };
}

function lengthInstance(rule: Rule, section: Section, longest: number): RuleInstance {
  const shortest = threshold(rule, 'shortest');
  const title = sectionTitle(section);
  const bounds = boundsInWords(shortest, longest);
  return {
    rule,
    severity: severityAt(rule, section.key),
    at: section.key,
    place: title,
    expression: {
      'zh-CN': `${title['zh-CN']}：${bounds['zh-CN']}`,
      en: `${title.en}: ${bounds.en}`,
    },
    status: (assessed) => {
      const { length } = readingOf(assessed, section.key);
      return length >= shortest && length <= longest ? PASS : FAIL;
    },
    explain: (assessed) => explainedBy({ length: readingOf(assessed, section.key).length, bounds }),
  };
}

function boundsInWords(shortest: number, longest: number): Words {
  if (longest === Infinity) {
    return { 'zh-CN': `不少于 ${shortest} 字`, en: `at least ${shortest} characters` };
  }
  return { 'zh-CN': `在 ${shortest} 至 ${longest} 字之间`, en: `${shortest} to ${longest} characters` };
}
