/** A figure that shall not fall below its limit, and whether it does. */
export function verdictOn(figure: number, limit: number | undefined): string {
  if (limit === undefined) return '';
  return figure >= limit ? 'met' : 'MISSED';
}

/** The same for a figure that shall stay below its limit. */
export function verdictUnder(figure: number, limit: number | undefined): string {
  if (limit === undefined) return '';
  return figure < limit ? 'met' : 'MISSED';
}

/** The value that this share of the values do not exceed (nearest rank). */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] as number;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

/** 12,345 */
export function whole(value: number): string {
  return Math.round(value).toLocaleString('en');
}

export function percent(share: number, decimals = 0): string {
  return Number.isNaN(share) ? '?' : `${(share * 100).toFixed(decimals)} %`;
}

/** Prints rows under a heading, figures to the right; the first column tells what they are of. */
export function printTable(heading: readonly string[], rows: readonly (readonly string[])[]): void {
  const lines = [heading, ...rows];
  const widths = heading.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  const isNumeric = heading.map(
    (_, column) => column > 0 && rows.every((row) => /^([≥<\d?].*)?$/.test(row[column] ?? '')),
  );
  for (const line of lines) {
    const cells = widths.map((width, column) => {
      const cell = line[column] ?? '';
      return isNumeric[column] ? cell.padStart(width) : cell.padEnd(width);
    });
    console.log(cells.join('  ').trimEnd());
  }
}
