import type { Database } from 'better-sqlite3';
import { agencyFrom, type Agency, type AgencyInput } from '../domain/agency.ts';
import { relationOf } from '../domain/access.ts';
import { agencyEntry } from '../domain/event.ts';
import type { NamedAgency } from '../domain/agency-name.ts';
import type { AgencyDecision, AgencyQuery, AgencyReferences, AgencyRegistry, PageOf } from '../domain/store.ts';
import type { ReportKey } from '../domain/report.ts';
import { dueLevelOf } from '../domain/year.ts';
import { told, type EventStore } from './events.ts';
import { queries, type Condition } from './query.ts';

interface AgencyRow {
  readonly id: string;
  readonly name: string;
  readonly level: Agency['level'];
  readonly kind: Agency['kind'];
  readonly parent_id: string | null;
  readonly consolidates: number;
  readonly vertical: number;
  readonly credit_code: string | null;
  readonly division_code: string | null;
  readonly contact: string | null;
  readonly active_from: string | null;
  readonly active_to: string | null;
  readonly succeeded_by: string | null;
}

type NameRow = Pick<AgencyRow, 'id' | 'name' | 'level' | 'kind' | 'consolidates' | 'active_from' | 'active_to'>;

/** An agency and everything below it, for a condition on `:under`. */
export const subtree = `
  SELECT id FROM (
    WITH RECURSIVE subtree (id) AS (
      SELECT id FROM agencies WHERE id = :under
      UNION
      SELECT agencies.id FROM agencies JOIN subtree ON agencies.parent_id = subtree.id
    )
    SELECT id FROM subtree
  )`;

const conditions: Readonly<Record<string, Condition<AgencyQuery>>> = {
  parent: (query) => query.parent !== undefined && 'parent_id = :parent',
  under: (query) => query.under !== undefined && `id IN (${subtree})`,
  level: (query) => query.level !== undefined && 'level = :level',
  kind: (query) => query.kind !== undefined && 'kind = :kind',
  q: (query) => query.q !== undefined && '(instr(name, :q) > 0 OR instr(id, :q) > 0)',
  active: ({ active }) => active !== undefined && `${active ? '' : 'NOT '}${isActive}`,
};

const isActive = "(coalesce(active_from, '') <= :today AND :today <= coalesce(active_to, :today))";

/** How much refers to an agency. */
const referencesOf = `
  SELECT
    (SELECT count(*) FROM reports WHERE agency_id = :id) AS reports,
    (SELECT count(*) FROM extensions WHERE agency_id = :id) AS extensions,
    (SELECT count(*) FROM agencies WHERE parent_id = :id) AS children,
    (SELECT count(*) FROM agencies WHERE succeeded_by = :id) AS predecessors,
    (SELECT count(*) FROM keys WHERE agency_id = :id AND revoked_at IS NULL) AS keys`;

/** What reports look up about agencies. */
export interface AgencyLookups {
  readonly find: (id: string) => Agency | undefined;
  /** Those an agency took over from, and those they had taken over from. */
  readonly predecessors: (id: string) => Agency[];
  /** The agency that took over from this one, then whichever took over from that. */
  readonly successors: (id: string) => string[];
  /** The years an agency has reports of. */
  readonly yearsOf: (id: string) => number[];
  /** The reports whose narratives were found to be much the same as one's. */
  readonly resembling: (key: ReportKey) => ReportKey[];
}

const upsertAgency = `

  INSERT INTO agencies (
    id, name, level, kind, parent_id, consolidates, vertical, credit_code, division_code, contact,
    active_from, active_to, succeeded_by, due_level
  )
  VALUES (
    :id, :name, :level, :kind, :parentId, :consolidates, :vertical, :creditCode, :divisionCode, :contact,
    :activeFrom, :activeTo, :succeededBy, :dueLevel
  )
  ON CONFLICT (id) DO UPDATE SET
    name = excluded.name, level = excluded.level, kind = excluded.kind, parent_id = excluded.parent_id,
    consolidates = excluded.consolidates, vertical = excluded.vertical, credit_code = excluded.credit_code,
    division_code = excluded.division_code, contact = excluded.contact, active_from = excluded.active_from,
    active_to = excluded.active_to, succeeded_by = excluded.succeeded_by, due_level = excluded.due_level`;

export function agencyStore(database: Database, append: EventStore['append']) {
  const select = queries<AgencyRow>(database);
  const byId = database.prepare<[string], AgencyRow>('SELECT * FROM agencies WHERE id = ?');
  const upsert = database.prepare(upsertAgency);
  const remove = database.prepare<[string]>('DELETE FROM agencies WHERE id = ?');
  const references = database.prepare<{ id: string }, AgencyReferences>(referencesOf);

  const find = (id: string): Agency | undefined => {
    const row = byId.get(id);
    return row && fromRow(row);
  };
  const lookups = lookupStatements(database, find);
  const registry: AgencyRegistry = {
    ...lookups,
    references: (id) => references.get({ id }) as AgencyReferences,
  };
  const change = <Result>(decide: (registry: AgencyRegistry) => AgencyDecision<Result>): AgencyDecision<Result> => {
    const decision = decide(registry);
    for (const agency of decision.write ?? []) {
      append(agencyEntry(told(decision.deed), agency.id, find(agency.id), agency));
      upsert.run(toRow(agency));
    }
    if (decision.remove !== undefined) {
      append(agencyEntry(told(decision.deed), decision.remove, find(decision.remove), undefined));
      remove.run(decision.remove);
    }
    return decision;
  };

  return {
    ...lookups,
    ...standingStatements(database),
    names: nameStatements(database),
    list(query: AgencyQuery, { after, limit }: PageOf<string>): Agency[] {
      const where = Object.values(conditions).map((condition) => condition(query));
      const rows = select(
        'SELECT * FROM agencies',
        [...where, after !== undefined && 'id > :after'],
        'ORDER BY id LIMIT :limit',
      );
      return rows.all({ ...query, after, limit }).map(fromRow);
    },
    change,
  };
}

/** Where an agency stands, and who may know of it. */
function standingStatements(database: Database) {
  const parent = database.prepare<[string], string | null>('SELECT parent_id FROM agencies WHERE id = ?').pluck();
  const published = database.prepare<[string]>(
    'SELECT 1 FROM reports WHERE agency_id = ? AND published_revision IS NOT NULL LIMIT 1',
  );
  return {
    relation: (root: string, agencyId: string) => relationOf(root, agencyId, (id) => parent.get(id) ?? undefined),
    isPublic: (agencyId: string): boolean => published.get(agencyId) !== undefined,
  };
}

/** Agencies as far as names are recognised by it, of a subtree or all. */
function nameStatements(database: Database) {
  const nameColumns = 'SELECT id, name, level, kind, consolidates, active_from, active_to FROM agencies';
  const names = database.prepare<[], NameRow>(`${nameColumns} ORDER BY id`);
  const namesUnder = database.prepare<{ under: string }, NameRow>(
    `${nameColumns} WHERE id IN (${subtree}) ORDER BY id`,
  );
  return (under?: string): NamedAgency[] =>
    (under === undefined ? names.all() : namesUnder.all({ under })).map(fromNameRow);
}

function lookupStatements(database: Database, find: AgencyLookups['find']): AgencyLookups {
  const tookOver = database.prepare<[string]>('SELECT 1 FROM agencies WHERE succeeded_by = ? LIMIT 1');
  const predecessors = database.prepare<[string], AgencyRow>(`
    WITH RECURSIVE line (id) AS (
      SELECT id FROM agencies WHERE succeeded_by = ?
      UNION
      SELECT a.id FROM line CROSS JOIN agencies AS a ON a.succeeded_by = line.id
    )
    SELECT a.*
    FROM line
    CROSS JOIN agencies AS a ON a.id = line.id
    ORDER BY a.id
  `);
  const successors = database
    .prepare<[string], string>(
      `WITH RECURSIVE line (id) AS (
        SELECT succeeded_by FROM agencies WHERE id = ?
        UNION
        SELECT a.succeeded_by FROM line JOIN agencies AS a ON a.id = line.id
      )
      SELECT id
      FROM line
      WHERE id IS NOT NULL`,
    )
    .pluck();
  const years = database
    .prepare<[string], number>('SELECT year FROM reports WHERE agency_id = ? ORDER BY year')
    .pluck();
  const resembling = database.prepare<[string, number], ReportKey>(`
    SELECT DISTINCT r.agency_id AS agencyId, r.year
    FROM reports AS o
    JOIN likenesses AS l ON l.other_id = o.id
    JOIN reports AS r ON r.id = l.report_id
    WHERE o.agency_id = ? AND o.year = ?
  `);
  return {
    find,
    // Hardly anybody has any, and to begin a recursion takes longer than to find that out.
    predecessors: (id) => (tookOver.get(id) ? predecessors.all(id).map(fromRow) : []),
    successors: (id) => successors.all(id),
    yearsOf: (id) => years.all(id),
    resembling: ({ agencyId, year }) => resembling.all(agencyId, year),
  };
}

function fromNameRow({ consolidates, active_from: activeFrom, active_to: activeTo, ...row }: NameRow): NamedAgency {
  return {
    ...row,
    consolidates: consolidates === 1,
    ...(activeFrom !== null && { activeFrom }),
    ...(activeTo !== null && { activeTo }),
  };
}

function fromRow(row: AgencyRow): Agency {
  const { id, name, level, kind } = row;
  return agencyFrom(id, {
    name,
    level,
    kind,
    consolidates: row.consolidates === 1,
    vertical: row.vertical === 1,
    ...(row.parent_id !== null && { parentId: row.parent_id }),
    ...(row.credit_code !== null && { creditCode: row.credit_code }),
    ...(row.division_code !== null && { divisionCode: row.division_code }),
    ...(row.contact !== null && { contact: JSON.parse(row.contact) as NonNullable<AgencyInput['contact']> }),
    ...(row.active_from !== null && { activeFrom: row.active_from }),
    ...(row.active_to !== null && { activeTo: row.active_to }),
    ...(row.succeeded_by !== null && { succeededBy: row.succeeded_by }),
  });
}

function toRow(agency: Agency): Record<string, string | number | null> {
  return {
    id: agency.id,
    name: agency.name,
    level: agency.level,
    kind: agency.kind,
    parentId: agency.parentId ?? null,
    consolidates: agency.consolidates ? 1 : 0,
    vertical: agency.vertical ? 1 : 0,
    creditCode: agency.creditCode ?? null,
    divisionCode: agency.divisionCode ?? null,
    contact: agency.contact ? JSON.stringify(agency.contact) : null,
    activeFrom: agency.activeFrom ?? null,
    activeTo: agency.activeTo ?? null,
    succeededBy: agency.succeededBy ?? null,
    dueLevel: dueLevelOf(agency),
  };
}

export type AgencyStore = ReturnType<typeof agencyStore>;
