import type { Topic } from '../claim.ts';
import type { CellValue } from '../edition.ts';
import { selectAll, type SignedCell } from '../expression.ts';
import type { Form } from '../form.ts';
import type { ClaimedPlace } from '../rule.ts';
import { balanced, type Balance } from './terms.ts';

/** What may be said of one thing in one way. */
export interface Accepted {
  readonly topic: Topic;
  readonly kind: ClaimedPlace['claims'][number]['kind'];
  readonly sums: readonly Sum[];
  readonly of: readonly Sum[];
}

/** A sum as cells, and as places to add and to subtract. */
export interface Sum {
  readonly terms: readonly SignedCell[];
  readonly value: CellValue;
  readonly balance: Balance;
}

/** What a place accepts, its sums laid on a form. */
export function acceptedBy(form: Form, { claims }: ClaimedPlace): Accepted[] {
  return claims.map(({ topic, kind, sums, of = [] }) => ({
    topic,
    kind,
    sums: sums.map((selectors) => sumOf(selectAll(form, selectors))),
    of: of.map((selectors) => sumOf(selectAll(form, selectors))),
  }));
}

function sumOf(terms: readonly SignedCell[]): Sum {
  const { value } = (terms[0] as SignedCell).cell;
  return { terms, value, balance: balanced({ name: 'left', terms }, { name: 'right', terms: [] }) };
}
