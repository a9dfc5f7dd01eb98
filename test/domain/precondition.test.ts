import t from 'tap';
import { meetConditions, type Conditions } from '../../src/domain/precondition.ts';
import { Problem } from '../../src/domain/problem.ts';

const failed = 'precondition-failed';
const needed = 'precondition-required';

/** The conditions sent, the tag stored, whether one is required, and what refuses the write if anything. */
const table: readonly (readonly [Conditions, string | undefined, 'required' | 'optional', string | undefined])[] = [
  [{}, undefined, 'required', undefined],
  [{}, '"a"', 'required', needed],
  [{}, '"a"', 'optional', undefined],
  [{ ifMatch: '"a"' }, '"a"', 'required', undefined],
  [{ ifMatch: '"a"' }, '"b"', 'required', failed],
  [{ ifMatch: '"a"' }, '"b"', 'optional', failed],
  [{ ifMatch: '"a"' }, undefined, 'optional', failed],
  [{ ifMatch: '"x", "a"' }, '"a"', 'required', undefined],
  [{ ifMatch: '"x","y"' }, '"a"', 'required', failed],
  [{ ifMatch: 'W/"a"' }, '"a"', 'required', failed],
  [{ ifMatch: 'a' }, '"a"', 'required', failed],
  [{ ifMatch: '' }, '"a"', 'required', failed],
  [{ ifMatch: '*' }, '"a"', 'required', undefined],
  [{ ifMatch: ' * ' }, '"a"', 'required', undefined],
  [{ ifMatch: '*' }, undefined, 'required', undefined],
  [{ ifNoneMatch: '*' }, undefined, 'required', undefined],
  [{ ifNoneMatch: '*' }, '"a"', 'required', failed],
  [{ ifNoneMatch: '*' }, '"a"', 'optional', failed],
  [{ ifNoneMatch: '"a"' }, '"a"', 'optional', failed],
  [{ ifNoneMatch: '"a"' }, '"b"', 'optional', undefined],
  [{ ifNoneMatch: '"a"' }, '"b"', 'required', needed],
  [{ ifMatch: '"a"', ifNoneMatch: '*' }, '"a"', 'required', failed],
];

await t.test('which writes go through', async (t) => {
  for (const [conditions, tag, required, expected] of table) {
    const name = `${JSON.stringify(conditions)} against ${tag ?? 'nothing'}, ${required}`;
    t.equal(refusal(() => meetConditions(conditions, tag, required === 'required'))?.code, expected, name);
  }
});

await t.test('a refusal tells the current tag', async (t) => {
  const refused = refusal(() => meetConditions({ ifMatch: '"a"' }, '"b"', true));
  t.same(refused?.params['current'], '"b"');
});

function refusal(act: () => void): Problem | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}
