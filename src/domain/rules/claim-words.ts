import { sideInWords, type SignedCell } from '../expression.ts';
import type { Words } from '../language.ts';
import type { Accepted, Sum } from './claim-sums.ts';
import { termLabel } from './terms.ts';

/** What has to hold of each kind of claim: 正文所述“…” ＝ A 或 B；正文说没有“…”时，A ＝ 0. */
export function expressionOf(label: Words, accepted: readonly Accepted[]): Words {
  const kinds = Map.groupBy(accepted, ({ kind }) => kind);
  const clauses = [...kinds].map(([kind, all]) => ofKind[kind](label, sumsInWords(all), wholesInWords(all)));
  return { 'zh-CN': clauses.map((one) => one['zh-CN']).join('；'), en: clauses.map(({ en }) => en).join('; ') };
}

const ofKind: Readonly<Record<Accepted['kind'], (label: Words, sums: Words, wholes: Words) => Words>> = {
  count: (label, sums) => ({
    'zh-CN': `正文所述“${label['zh-CN']}” ＝ ${sums['zh-CN']}`,
    en: `what the text says of “${label.en}” = ${sums.en}`,
  }),
  share: (label, sums, wholes) => ({
    'zh-CN': `正文所写“${label['zh-CN']}”的占比 ＝ （${sums['zh-CN']}）÷（${wholes['zh-CN']}）`,
    en: `the share the text gives of “${label.en}” = (${sums.en}) ÷ (${wholes.en})`,
  }),
  none: (label, sums) => ({
    'zh-CN': `正文说没有“${label['zh-CN']}”时，${sums['zh-CN']} ＝ 0`,
    en: `where the text says there were no “${label.en}”, ${sums.en} = 0`,
  }),
  all: (_label, sums) => ({
    'zh-CN': `正文说已经全部办结时，${sums['zh-CN']} ＝ 0`,
    en: `where the text says that all are concluded, ${sums.en} = 0`,
  }),
};

const sumsInWords = (accepted: readonly Accepted[]) => anyOf(accepted.flatMap(({ sums }) => sums));
const wholesInWords = (accepted: readonly Accepted[]) => anyOf(accepted.flatMap(({ of }) => of));

/** Sums any of which will do, each once. */
function anyOf(sums: readonly Sum[]): Words {
  const words = sums.map(({ terms }) => inWords(terms));
  const distinct = [...new Map(words.map((one) => [one['zh-CN'], one])).values()];
  return { 'zh-CN': distinct.map((one) => one['zh-CN']).join(' 或 '), en: distinct.map(({ en }) => en).join(' or ') };
}

function inWords(terms: readonly SignedCell[]): Words {
  return sideInWords(terms.map((term) => ({ name: termLabel(term), sign: term.sign })));
}
