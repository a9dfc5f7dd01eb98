import type { Edition, Line, TableSection } from '../../src/domain/edition.ts';
import type { Words } from '../../src/domain/language.ts';
import { lexicon } from '../../src/forms/common/lexicon.ts';
import type { Rule, RuleTest } from '../../src/domain/rule.ts';

export const words = (text: string): Words => ({ 'zh-CN': `${text}号`, en: text });

const line = (key: string): Line => ({ key, label: words(key) });

/** An edition of one table of counts, for what the real editions have no example of. */
export function tinyEdition(rows: readonly string[], columns: readonly string[], test: RuleTest): Edition {
  const table: TableSection = {
    kind: 'table',
    key: 'table',
    number: '一',
    label: words('table'),
    description: words('description'),
    blocks: [
      {
        key: 'block',
        rows: rows.map(line),
        columns: columns.map((key) => ({ ...line(key), value: 'signedCount' as const })),
      },
    ],
  };
  return {
    id: 'tiny',
    title: words('tiny'),
    notice: words('notice'),
    years: { first: 2000 },
    sections: [table],
    rules: [rule(test)],
    indicators: [],
    lexicon,
  };
}

function rule(test: RuleTest): Rule {
  return {
    id: 'table.rule',
    title: words('rule'),
    basis: { source: 'heuristic', text: words('basis') },
    severity: 'error',
    kind: 'within',
    test,
    message: words('{at}: {left} {right} {difference}'),
  };
}
