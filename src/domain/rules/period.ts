import { readingOf, type Assessed } from '../assessed.ts';
import { sectionTitle, type Form } from '../form.ts';
import { explainedBy, FAIL, NOT_APPLICABLE, PASS, severityAt, type RuleGroup } from '../instance.ts';
import type { PeriodTest, Rule } from '../rule.ts';

/** The instances of the rule that narratives report on the report's own year: one for each narrative. */
export function periodRule(form: Form, rule: Rule, { sections, topic }: PeriodTest): RuleGroup {
  const instances = form.narratives
    .filter(({ key }) => sections.includes(key))
    .map((section) => {
      const title = sectionTitle(section);
      const claims = (assessed: Assessed) =>
        readingOf(assessed, section.key).claims.filter((claim) => claim.topic === topic && claim.kind === 'year');
      const wrong = (assessed: Assessed) => claims(assessed).filter(({ value }) => value !== assessed.year);
      return {
        rule,
        severity: severityAt(rule, section.key),
        at: section.key,
        place: title,
        expression: {
          'zh-CN': `${title['zh-CN']}：所写统计年度 ＝ 报告年度`,
          en: `${title.en}: the period named = the year reported on`,
        },
        status: (assessed: Assessed) => {
          if (claims(assessed).length === 0) return NOT_APPLICABLE;
          return wrong(assessed).length > 0 ? FAIL : PASS;
        },
        explain: (assessed: Assessed) => {
          const quotes = wrong(assessed).map(({ start, end, text }) => ({ section: section.key, start, end, text }));
          const left = wrong(assessed)[0]?.value ?? null;
          const params = { quote: quotes[0]?.text ?? '', left: left ?? '', right: assessed.year };
          return explainedBy(params, { left, right: assessed.year, quotes });
        },
      };
    });
  return { rule, instances };
}
