import { readingOf, type Assessed, type QuotedClaim } from '../assessed.ts';
import { toWritten } from '../cell.ts';
import { selectAll, type SignedCell } from '../expression.ts';
import { sectionTitle, type Form } from '../form.ts';
import {
  explainedBy,
  FAIL,
  NOT_ASSESSABLE,
  PASS,
  severityAt,
  type Explanation,
  type RuleGroup,
  type Status,
} from '../instance.ts';
import type { Language, Words } from '../language.ts';
import { onlyPlace, type MentionTest, type Rule } from '../rule.ts';

/** The one instance of a rule that what is brought up elsewhere is told of in its own narrative. */
export function mentionRule(form: Form, rule: Rule, test: MentionTest): RuleGroup {
  const section = form.narratives.find(({ key }) => key === test.section);
  if (!section) throw new Error(`rule ${rule.id}: no narrative ${test.section}`);
  const title = sectionTitle(section);
  const terms = selectAll(form, test.cells);
  const instance = {
    rule,
    severity: severityAt(rule, onlyPlace),
    at: onlyPlace,
    place: title,
    expression: {
      'zh-CN': `${title['zh-CN']}：${rule.title['zh-CN']}`,
      en: `${title.en}: ${rule.title.en}`,
    },
    status: (assessed: Assessed) => judge(assessed, terms, test),
    explain: (assessed: Assessed, language: Language) => explain(assessed, terms, test, language),
  };
  return { rule, instances: [instance] };
}

/** A narrative not written yet is not silent on anything. */
function judge(assessed: Assessed, terms: readonly SignedCell[], test: MentionTest): Status {
  const own = readingOf(assessed, test.section);
  if (own.claims.some(({ topic }) => topic === test.topic)) return PASS;
  const figures = terms.map(({ place }) => assessed.figures[place] as number);
  if (figures.some((figure) => figure > 0) || mentions(assessed, test).length > 0) {
    return own.length > 0 ? FAIL : NOT_ASSESSABLE;
  }
  return figures.some((figure) => Number.isNaN(figure)) ? NOT_ASSESSABLE : PASS;
}

interface Mention {
  readonly section: string;
  readonly claim: QuotedClaim;
}

function mentions({ readings }: Assessed, { section: own, topic }: MentionTest): Mention[] {
  return Object.entries(readings)
    .filter(([section]) => section !== own)
    .flatMap(([section, { claims }]) => claims.map((claim) => ({ section, claim })))
    .filter(({ claim }) => claim.topic === topic && claim.kind === 'mention');
}

const notWritten: Words = {
  'zh-CN': '“{at}”还没有填写，或者有关的格子是空白。',
  en: '“{at}” is not written yet, or a cell in question is blank.',
};

function explain(assessed: Assessed, terms: readonly SignedCell[], test: MentionTest, language: Language): Explanation {
  const quotes = mentions(assessed, test).map(({ section, claim: { start, end, text } }) => {
    return { section, start, end, text };
  });
  const filled = terms.filter(({ place }) => (assessed.figures[place] as number) > 0);
  const causes = [
    ...filled.map(
      ({ cell, place }) => `${cell.label[language]} ${toWritten(cell.value, assessed.figures[place] as number)}`,
    ),
    ...quotes.map(({ text }) => `“${text}”`),
  ];
  return explainedBy(
    { cause: causes.slice(0, 3).join(language === 'zh-CN' ? '、' : ', ') },
    {
      reason: notWritten,
      quotes,
      terms: filled.map(({ cell, place, sign }) => ({
        cell: cell.address,
        label: cell.label[language],
        value: toWritten(cell.value, assessed.figures[place] as number),
        side: 'left',
        sign,
      })),
    },
  );
}
