import type { Column, Value } from '../domain/statistics/query.ts';
import type { RowsPage } from '../domain/statistics/statistics.ts';

/** An answer as JSON, a piece at a time: what is told of it, what it is made of, and where the next page begins. */
export interface JsonParts {
  readonly head: { readonly columns: readonly Column[] };
  readonly pages: AsyncIterable<RowsPage>;
  /** The cursor of the next page. */
  readonly next?: string;
}

/** As rows: `items`, each with a member for every column. */
export async function* rowsJson({ head, pages, next }: JsonParts): AsyncGenerator<string, void> {
  const members = head.columns.map(({ name }) => `${JSON.stringify(name)}:`);
  yield `${opened(head)},"items":[`;
  let between = '';
  for await (const { values, length } of pages) {
    if (length === 0) break;
    const rows = Array.from({ length }, (_, row) => {
      return `{${members.map((member, place) => member + JSON.stringify(values[place]?.[row])).join(',')}}`;
    });
    yield between + rows.join(',');
    between = ',';
  }
  yield `]${closed(next)}`;
}

/** As columns: `dimensions` and `source`, which an ECharts `dataset` takes as they are. */
export async function* columnsJson({ head, pages, next }: JsonParts): AsyncGenerator<string, void> {
  const { columns } = head;
  const source: Value[][] = columns.map(() => []);
  yield opened(head);
  for await (const { values } of pages) {
    for (const [place, some] of values.entries()) source[place] = (source[place] as Value[]).concat(some);
    // Nothing to send yet, but where the client has gone this is where it ends.
    yield '';
  }
  yield `,"dimensions":${JSON.stringify(columns.map(dimensionOf))},"source":{`;
  for (const [place, { name }] of columns.entries()) {
    yield `${place > 0 ? ',' : ''}${JSON.stringify(name)}:${JSON.stringify(source[place])}`;
  }
  yield `}${closed(next)}`;
}

function opened(head: object): string {
  return JSON.stringify(head).slice(0, -1);
}

function closed(next: string | undefined): string {
  return next === undefined ? '}' : `,"next":${JSON.stringify(next)}}`;
}

/** What groups are grouped by is told apart, not measured: years too. */
function dimensionOf({ name, label, kind, type }: Column) {
  const isFigure = kind !== 'group' && type === 'number';
  return { name, displayName: label, type: isFigure ? 'number' : 'ordinal' };
}
