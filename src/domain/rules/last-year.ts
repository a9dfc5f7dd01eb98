import type { Assessed } from '../assessed.ts';
import type { Unmet } from '../instance.ts';
import { someOf, type Words } from '../language.ts';

const missing: Words = {
  'zh-CN': '没有上年度已报送的报告可供比较。',
  en: 'There is no report of the year before that has been handed in.',
};

const otherEdition: Words = {
  'zh-CN': '上年度报告使用另一版表样，口径不同，不能比较。',
  en: 'Last year’s report was on another edition of the form, which counts otherwise.',
};

/** A rule that compares with last year needs its report, and those of all the agency took over. */
export function needsLastYear({ lastYear, unreported = [] }: Assessed): Unmet | undefined {
  if (lastYear) return undefined;
  return unreported.length > 0 ? notAllThere(unreported) : missing;
}

function notAllThere(names: readonly string[]): Words {
  return {
    'zh-CN': `上年度还有 ${names.length} 个机关没有报送（${someOf(names, 'zh-CN')}），不能比较。`,
    en: `${names.length} agencies have not handed in for the year before (${someOf(names, 'en')}).`,
  };
}

/** A rule about what only one edition counts needs last year's report on the same. */
export function needsSameEdition(assessed: Assessed): Unmet | undefined {
  return assessed.lastYear?.sameEdition === false ? otherEdition : needsLastYear(assessed);
}
