import type { Assessed } from '../assessed.ts';
import type { Unmet } from '../instance.ts';
import type { Words } from '../language.ts';

const missing: Words = {
  'zh-CN': '没有上年度已报送的报告可供比较。',
  en: 'There is no report of the year before that has been handed in.',
};

const otherEdition: Words = {
  'zh-CN': '上年度报告使用另一版表样，口径不同，不能比较。',
  en: 'Last year’s report was on another edition of the form, which counts otherwise.',
};

/** A rule that compares with last year needs its report. */
export function needsLastYear({ lastYear }: Assessed): Unmet | undefined {
  return lastYear ? undefined : missing;
}

/** A rule about what only one edition counts needs last year's report on the same. */
export function needsSameEdition({ lastYear }: Assessed): Unmet | undefined {
  if (!lastYear) return missing;
  return lastYear.sameEdition ? undefined : otherEdition;
}
