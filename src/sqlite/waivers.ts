import type { Database } from 'better-sqlite3';
import type { Statement, Waiver } from '../domain/waiver.ts';

interface WaiverRow {
  readonly rule: string;
  readonly at: string;
  readonly term_values: string;
  readonly explanation: string | null;
  readonly explained_by: string | null;
  readonly explained_at: string | null;
  readonly reason: string | null;
  readonly waived_by: string | null;
  readonly waived_at: string | null;
}

/** The explanations and waivers of a report's errors. */
export function waiverStore(database: Database) {
  const of = database.prepare<[number], WaiverRow>('SELECT * FROM waivers WHERE report_id = ? ORDER BY rule, at');
  const removeAll = database.prepare('DELETE FROM waivers WHERE report_id = ?');
  const insert = database.prepare(`
    INSERT INTO waivers (
      report_id, rule, at, term_values, explanation, explained_by, explained_at, reason, waived_by, waived_at
    )
    VALUES (
      :id, :rule, :at, :values, :explanation, :explainedBy, :explainedAt, :reason, :waivedBy, :waivedAt
    )
  `);
  return {
    of: (id: number): Waiver[] => of.all(id).map(fromRow),
    save(id: number, before: readonly Waiver[], waivers: readonly Waiver[]): void {
      if (waivers === before) return;
      if (before.length > 0) removeAll.run(id);
      for (const waiver of waivers) insert.run({ id, ...toRow(waiver) });
    },
  };
}

function fromRow(row: WaiverRow): Waiver {
  const explanation = statement(row.explanation, row.explained_by, row.explained_at);
  const waived = statement(row.reason, row.waived_by, row.waived_at);
  return {
    rule: row.rule,
    at: row.at,
    values: JSON.parse(row.term_values) as Waiver['values'],
    ...(explanation && { explanation }),
    ...(waived && { waived }),
  };
}

function statement(reason: string | null, by: string | null, at: string | null): Statement | undefined {
  return reason === null || by === null || at === null ? undefined : { by, at, reason };
}

function toRow({ rule, at, values, explanation, waived }: Waiver): Record<string, string | null> {
  return {
    rule,
    at,
    values: JSON.stringify(values),
    explanation: explanation?.reason ?? null,
    explainedBy: explanation?.by ?? null,
    explainedAt: explanation?.at ?? null,
    reason: waived?.reason ?? null,
    waivedBy: waived?.by ?? null,
    waivedAt: waived?.at ?? null,
  };
}
