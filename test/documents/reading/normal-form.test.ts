import fc from 'fast-check';
import t from 'tap';
import { normalForm, simplified } from '../../../src/documents/reading/normal-form.ts';

await t.test('one label, however it is written', async (t) => {
  for (const [text, normal] of [
    ['規範性檔案', '规范性档案'],
    ['⾏政处罚', '行政处罚'],
    ['⺠⽤⻋', '民用车'],
    ['行政規(guī)范性文件', '行政规范性文件'],
    ['第二十條第（一）項(xiàng)', '第二十条第一项'],
    ['３．危及“三安全一稳定”', '3危及三安全一稳定'],
    ['商 业\n企\u3000业', '商业企业'],
  ] as const) {
    t.equal(normalForm(text), normal);
  }
});

await t.test('places in a simplified text are places in the text', async (t) => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      t.equal(simplified(text).length, text.length);
    }),
    { seed: 4, numRuns: 500 },
  );
});

await t.test('signs that stand for numbers are not made digits', async (t) => {
  t.equal(simplified('12①5²'), '12①5²');
});
