/** How a hand slips over a number: `written` is what stands there, `meant` what should. */
export type DigitSlip =
  'digitsTransposed' | 'zeroAdded' | 'zeroDropped' | 'digitDoubled' | 'digitAdded' | 'digitDropped';

/** The slip that turns one integer into another of the same sign, the most specific one; never of or into 0. */
export function digitSlip(written: number, meant: number): DigitSlip | undefined {
  if (written * meant <= 0) return undefined;
  const [a, b] = [String(Math.abs(written)), String(Math.abs(meant))];
  if (a.length === b.length) return isTransposed(a, b) ? 'digitsTransposed' : undefined;
  const added = digitAdded(b, a);
  if (added) return added.digit === '0' ? 'zeroAdded' : added.again ? 'digitDoubled' : 'digitAdded';
  const dropped = digitAdded(a, b);
  if (dropped) return dropped.digit === '0' ? 'zeroDropped' : 'digitDropped';
  return undefined;
}

/** Whether two neighbouring digits have changed places and the others are the same. */
function isTransposed(a: string, b: string): boolean {
  const n = firstDifference(a, b);
  return a.slice(n, n + 2) === `${b[n + 1]}${b[n]}` && a.slice(n + 2) === b.slice(n + 2);
}

/** The digit by which one number is longer than another, and whether it repeats the digit before it. */
function digitAdded(shorter: string, longer: string): { digit: string; again: boolean } | undefined {
  const n = firstDifference(longer, shorter);
  const digit = longer[n];
  if (digit === undefined || longer.slice(n + 1) !== shorter.slice(n)) return undefined;
  return { digit, again: digit === longer[n - 1] };
}

function firstDifference(a: string, b: string): number {
  let n = 0;
  while (n < a.length && a[n] === b[n]) n++;
  return n;
}
