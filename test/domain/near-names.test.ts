import t from 'tap';
import { nearNames } from '../../src/domain/near-names.ts';
import { formOf } from '../support/forms.ts';

const addresses = formOf('2021').cells.map(({ address }) => address);

await t.test('a name mistyped, or without its column, finds the one that is meant', async (t) => {
  t.equal(nearNames('requests.recieved.total', addresses)[0], 'requests.received.total');
  t.equal(nearNames('disclosure.fee', addresses)[0], 'disclosure.fees.amount');
  t.equal(nearNames('requests.received', addresses).length, 3);
});
