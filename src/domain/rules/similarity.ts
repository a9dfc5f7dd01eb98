import type { Assessed, ToldLikeness } from '../assessed.ts';
import { sectionTitle, type Form } from '../form.ts';
import { explainedBy, FAIL, PASS, severityAt, threshold, type RuleGroup } from '../instance.ts';
import { someOf, type Language, type Words } from '../language.ts';
import type { Rule, SimilarityTest } from '../rule.ts';
import { inPercent } from './ratio.ts';

const nothingToCompare: Words = {
  'zh-CN': '没有上年度的文字可供比较；其他机关的文字只与已保存的报告比较。',
  en: 'There is no text of last year to compare with; other agencies’ are compared with stored reports only.',
};

/** A report a text resembles: the agency's own of last year, or another agency's. */
function reportInWords({ agencyName, year, share }: ToldLikeness, thisYear: number): Words {
  const percent = inPercent(share);
  return year < thisYear
    ? { 'zh-CN': `本机关${year}年度报告（${percent}% 相同）`, en: `its own report of ${year} (${percent} % the same)` }
    : {
        'zh-CN': `${agencyName ?? '另一单位'}${year}年度报告（${percent}% 相同）`,
        en: `the report of ${agencyName ?? 'another agency'} of ${year} (${percent} % the same)`,
      };
}

/** The instances of the rule that a narrative is not another's: one for each narrative it names. */
export function similarityRule(form: Form, rule: Rule, { sections }: SimilarityTest): RuleGroup {
  const share = threshold(rule, 'share');
  const limit = inPercent(share);
  const instances = form.narratives
    .filter(({ key }) => sections.includes(key))
    .map((section) => {
      const title = sectionTitle(section);
      const alike = ({ likenesses }: Assessed) =>
        likenesses.filter((likeness) => likeness.section === section.key && likeness.share >= share);
      return {
        rule,
        severity: severityAt(rule, section.key),
        at: section.key,
        place: title,
        expression: {
          'zh-CN': `${title['zh-CN']}：与本机关上年度、其他机关本年度的文字相同不到 ${limit}%`,
          en: `${title.en}: less than ${limit} % the same as last year’s and as other agencies’`,
        },
        status: (assessed: Assessed) => (alike(assessed).length > 0 ? FAIL : PASS),
        explain: (assessed: Assessed, language: Language) => {
          const found = alike(assessed);
          const others = found.map((likeness) => reportInWords(likeness, assessed.year)[language]);
          return explainedBy({ others: someOf(others, language) });
        },
      };
    });
  return { rule, instances, unmet: ({ textsCompared }) => (textsCompared ? undefined : nothingToCompare) };
}
