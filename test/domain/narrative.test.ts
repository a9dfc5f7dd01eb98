import fc from 'fast-check';
import t from 'tap';
import { hasTexts } from '../../src/domain/narrative.ts';
import { contentFrom, type SectionsInput } from '../../src/domain/report.ts';
import { forms } from '../support/forms.ts';
import { holds } from '../support/property.ts';

/** Texts that look like parts of the JSON they are kept in, among others. */
const text = fc.oneof(
  fc.constant(null),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('"overview":{"text":"甲"}', '甲', '甲"', '\\', '\\"}', '"', '{"text":"甲"}', '甲\n乙', '\u{20000}'),
);

for (const form of forms) {
  const keys = form.narratives.map(({ key }) => key);
  const narratives: fc.Arbitrary<SectionsInput> = fc
    .tuple(...keys.map(() => text))
    .map((texts) => Object.fromEntries(keys.map((key, place) => [key, { text: texts[place] as string | null }])));

  await t.test(`edition ${form.edition.id}: content has the texts it was made of, and no others`, async (t) => {
    const tellsThem = (one: SectionsInput, other: SectionsInput) => {
      const content = JSON.stringify(contentFrom(form, { sections: one }).content);
      return hasTexts(content, one) && hasTexts(content, other) === (JSON.stringify(one) === JSON.stringify(other));
    };
    holds(t, fc.property(narratives, narratives, tellsThem));
  });
}
