import fc from 'fast-check';
import t from 'tap';
import { creditCodeCheck, creditCodeFault } from '../../src/domain/credit-code.ts';
import { fill } from '../../src/domain/language.ts';
import { holds } from '../support/property.ts';

const characters = [...'0123456789ABCDEFGHJKLMNPQRTUWXY'];

/**
 * The example of GB 32100, checked by hand. Values: 9 1 3 5 0 1 0 0 M=21 0 0 0 1 0 0 Y=30 4; weights: 1 3 9 27 19 26 16
 * 17 20 29 25 13 8 24 10 30 28. The products that are not 0: 9 + 3 + 27 + 135 + 26 + 420 + 8 + 900 + 112 = 1640
 * = 52 × 31 + 28; 31 − 28 = 3.
 */
const valid = '91350100M000100Y43';

const validCode = fc
  .array(fc.constantFrom(...characters), { minLength: 17, maxLength: 17 })
  .map((first) => first.join('') + creditCodeCheck(first.join('')));

const faults = (code: string) => creditCodeFault(code, '/creditCode');

await t.test('a valid code has no fault', async (t) => {
  t.same(faults(valid), []);
  holds(
    t,
    fc.property(validCode, (code) => faults(code).length === 0),
  );
});

await t.test('a wrong check character is refused with the right one', async (t) => {
  const [fault] = faults(`${valid.slice(0, 17)}4`);
  t.match(fault, { pointer: '/creditCode', params: { expected: '3' } });
});

await t.test('every mistyped character is found', async (t) => {
  holds(
    t,
    fc.property(validCode, fc.nat(17), fc.constantFrom(...characters), (code, place, character) => {
      fc.pre(code[place] !== character);
      return faults(code.slice(0, place) + character + code.slice(place + 1)).length === 1;
    }),
    { numRuns: 1000 },
  );
});

await t.test('every pair of swapped neighbours is found', async (t) => {
  holds(
    t,
    fc.property(validCode, fc.nat(16), (code, place) => {
      const [one = '', other = ''] = code.slice(place, place + 2);
      fc.pre(one !== other);
      return faults(code.slice(0, place) + other + one + code.slice(place + 2)).length === 1;
    }),
    { numRuns: 1000 },
  );
});

await t.test('a character that cannot occur is named with its place', async (t) => {
  for (const character of 'IOZSVa-〇') {
    for (const place of [0, 8, 17]) {
      const [fault, ...more] = faults(valid.slice(0, place) + character + valid.slice(place + 1));
      t.same(more, []);
      t.match(fault, { pointer: '/creditCode', params: { position: place + 1, character } });
      if (fault) t.match(fill(fault.detail, 'zh-CN', fault.params), `第 ${place + 1} 位“${character}”`);
      if (fault) t.match(fill(fault.detail, 'en', fault.params), `Character ${place + 1}, “${character}”`);
    }
  }
});
