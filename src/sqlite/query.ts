import type { Database, Statement } from 'better-sqlite3';

/** A clause of a WHERE, or `false` where the query does not ask for it. */
export type Condition<Query> = (query: Query) => string | false;

type Select<Row> = (
  select: string,
  conditions: readonly (string | false)[],
  order: string,
) => Statement<[Record<string, unknown>], Row>;

/**
 * Composes list queries of clauses written in this folder, values always bound, and keeps each composition prepared:
 * a statement prepared anew costs ten times the query.
 */
export function queries<Row>(database: Database): Select<Row> {
  const prepared = new Map<string, Statement<[Record<string, unknown>], Row>>();
  return (select, conditions, order) => {
    const where = conditions.filter((condition) => condition !== false).map((condition) => `(${condition})`);
    const sql = [select, where.length > 0 ? `WHERE ${where.join('\n  AND ')}` : '', order].join('\n');
    const statement = prepared.get(sql) ?? database.prepare<[Record<string, unknown>], Row>(sql);
    prepared.set(sql, statement);
    return statement;
  };
}
