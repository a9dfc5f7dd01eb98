import t from 'tap';
import { commonLength } from '../../src/domain/common-subsequence.ts';

await t.test('characters count that both texts have in one order', async (t) => {
  t.equal(commonLength('县发改局', '县发展和改革局'), 4);
  t.equal(commonLength('改发', '发改'), 1);
  t.equal(commonLength('甲甲', '甲'), 1, 'each once');
  t.equal(commonLength('', '甲'), 0);
  t.equal(commonLength('甲'.repeat(300), '甲'.repeat(300)), 300, 'more than a byte counts');
});
