import fc from 'fast-check';
import t from 'tap';
import { greatestFigure, isExactAmount, toInteger, toWritten } from '../../src/domain/cell.ts';
import { holds } from '../support/property.ts';

/** Amounts as people write them: yuan with the fraction of 万元 spelled out. */
const writtenAmount = fc
  .tuple(fc.nat({ max: Math.floor(greatestFigure('amount')) - 1 }), fc.nat({ max: 999_999 }))
  .map(([whole, millionths]) => `${whole}.${String(millionths).padStart(6, '0')}`);

await t.test('a blank is no figure, and no figure is blank', async (t) => {
  for (const value of ['count', 'signedCount', 'amount'] as const) {
    t.ok(Number.isNaN(toInteger(value, null)));
    t.equal(toWritten(value, Number.NaN), null);
    t.equal(toWritten(value, 0), 0);
  }
});

await t.test('-0 becomes 0', async (t) => {
  for (const value of ['count', 'signedCount', 'amount'] as const) {
    t.ok(Object.is(toInteger(value, JSON.parse('-0') as number), 0), value);
  }
});

await t.test('amounts that doubles only come near are kept exactly', async (t) => {
  t.equal(toInteger('amount', 0.1), 100_000);
  t.equal(toInteger('amount', 2601.953875), 2_601_953_875);
  t.equal(toInteger('amount', 1.005), 1_005_000);
  t.equal(toInteger('amount', 190.457379), 190_457_379);
});

await t.test('an amount has at most six decimals', async (t) => {
  for (const amount of [0, 0.000001, 0.1, 25.1, 24252.311082]) t.ok(isExactAmount(amount), String(amount));
  for (const amount of [0.0000001, 1.2345678, 24252.3110825]) t.notOk(isExactAmount(amount), String(amount));
});

await t.test('every amount up to the greatest is answered as it was written', async (t) => {
  const survives = (text: string) => {
    const integer = toInteger('amount', Number(text));
    return toWritten('amount', integer)?.toFixed(6) === text && integer === Number(text.replace('.', ''));
  };
  holds(t, fc.property(writtenAmount, survives));
  // From 2^32 on, doubles stand too far apart for six decimals.
  const greatest = Math.floor(greatestFigure('amount')) - 1;
  t.ok(survives(`${greatest}.000001`), `${greatest}.000001`);
});

await t.test('every count up to the greatest is kept exactly', async (t) => {
  const survives = (count: number) => toWritten('signedCount', toInteger('signedCount', count)) === count;
  holds(t, fc.property(fc.maxSafeInteger(), survives));
});
