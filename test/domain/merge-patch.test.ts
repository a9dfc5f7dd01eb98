import t from 'tap';
import { mergePatch } from '../../src/domain/merge-patch.ts';

/** RFC 7396, appendix A: the original, the patch, the result. */
const examples: readonly (readonly [unknown, unknown, unknown])[] = [
  [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
  [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
  [{ a: 'b' }, { a: null }, {}],
  [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
  [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
  [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
  [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
  [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
  [
    ['a', 'b'],
    ['c', 'd'],
    ['c', 'd'],
  ],
  [{ a: 'b' }, ['c'], ['c']],
  [{ a: 'foo' }, null, null],
  [{ a: 'foo' }, 'bar', 'bar'],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }],
  [[1, 2], { a: 'b', c: null }, { a: 'b' }],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
];

await t.test('the examples of RFC 7396', async (t) => {
  for (const [original, patch, result] of examples) {
    t.strictSame(mergePatch(original, patch), result, `${JSON.stringify(original)} + ${JSON.stringify(patch)}`);
  }
});

await t.test('what is stored is not changed in place', async (t) => {
  const stored = { cells: { natural: 1, total: 2 }, note: 'x' };
  mergePatch(stored, { cells: { natural: null }, note: null });
  t.strictSame(stored, { cells: { natural: 1, total: 2 }, note: 'x' });
});

await t.test('a member called __proto__ is a member like any other', async (t) => {
  const patch: unknown = JSON.parse('{"__proto__":{"consolidates":true}}');
  const patched = mergePatch({}, patch) as Record<string, unknown>;
  t.equal(patched['consolidates'], undefined, 'and gives nobody members they have not been given');
});
