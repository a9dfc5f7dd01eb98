import fc from 'fast-check';
import t from 'tap';
import { digitSlip, type DigitSlip } from '../../src/domain/digits.ts';
import { holds } from '../support/property.ts';

/** For each slip, what stands there and what was meant; then what looks like it and is not. */
const cases: Readonly<Record<DigitSlip, { readonly is: [number, number][]; readonly isNot: [number, number][] }>> = {
  digitsTransposed: {
    is: [
      [72, 27],
      [27, 72],
      [1324, 1234],
      [-21, -12],
    ],
    isNot: [
      [27, 36],
      [321, 123],
      [27, 27],
      [1223, 2132],
    ],
  },
  zeroAdded: {
    is: [
      [350, 35],
      [3005, 305],
      [100, 10],
    ],
    isNot: [
      [300, 3],
      [35, 350],
      [0, 5],
    ],
  },
  zeroDropped: {
    is: [
      [35, 350],
      [15, 105],
    ],
    isNot: [
      [3, 300],
      [5, 0],
    ],
  },
  digitDoubled: {
    is: [
      [335, 35],
      [355, 35],
      [11, 1],
    ],
    isNot: [
      [353, 35],
      [3355, 35],
      [35, 335],
    ],
  },
  digitAdded: {
    is: [
      [35, 3],
      [35, 5],
      [1234, 134],
    ],
    isNot: [
      [35, 4],
      [1234, 14],
    ],
  },
  digitDropped: {
    is: [
      [3, 35],
      [5, 35],
      [35, 335],
    ],
    isNot: [
      [0, 35],
      [3, -35],
      [5, 105],
    ],
  },
};

for (const [slip, { is, isNot }] of Object.entries(cases)) {
  await t.test(slip, async (t) => {
    for (const [written, meant] of is) t.equal(digitSlip(written, meant), slip, `${written} for ${meant}`);
    for (const [written, meant] of isNot) t.not(digitSlip(written, meant), slip, `${written} for ${meant}`);
  });
}

await t.test('what is transposed differs by a multiple of nine, and is transposed back the same way', async (t) => {
  const digits = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })).filter(([a, b]) => a !== b);
  const transposed = (before: number, [a, b]: [number, number], after: number) => {
    const [one, other] = [Number(`${before}${a}${b}${after}`), Number(`${before}${b}${a}${after}`)];
    const slips = [digitSlip(one, other), digitSlip(other, one)];
    return (one - other) % 9 === 0 && slips.every((slip) => slip === 'digitsTransposed');
  };
  holds(t, fc.property(fc.integer({ min: 1, max: 999 }), digits, fc.nat(999), transposed));
});
