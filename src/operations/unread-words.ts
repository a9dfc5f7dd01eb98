import type { Words } from '../domain/language.ts';
import type { UnreadReason } from '../documents/reading.ts';

/** Why something in a document did not become part of the report, in words a clerk reads. */
export const unreadWords: Readonly<Record<UnreadReason, Words>> = {
  'not-found': {
    'zh-CN': '文件中没有找到这一格。',
    en: 'The document has no place for this cell.',
  },
  'not-a-figure': {
    'zh-CN': '这一格中印的不是数字。',
    en: 'What stands in this cell is no figure.',
  },
  ambiguous: {
    'zh-CN': '无法确定这些数字属于哪一格。',
    en: 'Which cells these figures belong to is not certain.',
  },
  conflict: {
    'zh-CN': '文件中对这一格有不同的写法，以哪一处为准须由人决定。',
    en: 'The document states this cell more than once, differently; a person has to decide.',
  },
  'unit-unknown': {
    'zh-CN': '金额没有写明单位。',
    en: 'The amount is printed without its unit.',
  },
  'other-edition': {
    'zh-CN': '这一年度的表样没有这一格。',
    en: 'The edition of the report has no such cell.',
  },
  outside: {
    'zh-CN': '这段文字不属于表样的任何部分。',
    en: 'This text belongs to no section of the form.',
  },
};
