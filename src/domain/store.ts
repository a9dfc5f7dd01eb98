import type { Principal, Relation, Role } from './access.ts';
import type { Agency, AgencyKind, AgencyLevel, FindAgency } from './agency.ts';
import type { NamedAgency } from './agency-name.ts';
import type { Verdict } from './check.ts';
import type { Contributor } from './consolidation.ts';
import type { KeptReport } from './kept-report.ts';
import type { Extension, ExtensionKey, ListedExtension } from './extension.ts';
import type { PastReport, RevisionSummary, StoredRevision } from './history.ts';
import type { Key } from './key.ts';
import type { Deed, Event, Listener, Resource } from './event.ts';
import type { Neighbours } from './neighbours.ts';
import type { ReportKey, ReportState, ReportStatus, ReportSummary } from './report.ts';
import type { Standing } from './standing.ts';
import type { FigureChanges } from './statistics/figure-changes.ts';
import type { Year } from './year.ts';

/**
 * The port to storage. Every method is one whole unit of work: it happens entirely or not at all, and what it changed
 * is durable when its promise resolves. A write takes the decision with it, a synchronous pure function from what is
 * stored to what shall be stored, run inside the transaction; what it throws undoes everything and comes out as thrown.
 */
export interface Store {
  /** Rejects unless the store can be read. */
  ready(): Promise<void>;

  /** What a secret opens, by its SHA-256 in hexadecimal, whether or not it has expired. */
  findCredential(hash: string): Promise<Credential | undefined>;
  key(id: string): Promise<UsedKey | undefined>;
  /** By id, those that were revoked as well. */
  keys(query: KeyQuery, page: PageOf<string>): Promise<UsedKey[]>;
  changeKey<Result>(id: string, decide: (stored: StoredKey) => KeyDecision<Result>): Promise<Result>;
  /** Keeps when a key was used last: no event, and nothing to write where that is known. */
  keepLastUse(id: string, at: string): Promise<void>;

  agency(id: string): Promise<Agency | undefined>;
  /** Where an agency stands to the one a key is bound to; one that is not registered stands outside. */
  relation(root: string, agencyId: string): Promise<Relation>;
  /** Whether anybody may know of an agency, since a report of it has been published. */
  isPublic(agencyId: string): Promise<boolean>;
  /** By id. `today` is what `active` is measured against. */
  agencies(query: AgencyQuery, page: PageOf<string>): Promise<Agency[]>;
  /** Every agency there is or was, or those of a subtree, as far as names are recognised by it. */
  agencyNames(under?: string): Promise<NamedAgency[]>;
  /** Writes every agency the decision names, in any order, and removes the one it names. */
  changeAgencies<Result>(decide: (registry: AgencyRegistry) => AgencyDecision<Result>): Promise<Result>;

  year(year: number): Promise<Year | undefined>;
  /** Latest first. */
  years(page: PageOf<number>): Promise<Year[]>;
  changeYear<Result>(year: number, decide: (stored: StoredYear) => YearDecision<Result>): Promise<Result>;

  extension(key: ExtensionKey): Promise<Extension | undefined>;
  /** By agency. */
  extensions(query: SubtreeOfYear, page: PageOf<string>): Promise<ListedExtension[]>;
  changeExtension<Result>(
    key: ExtensionKey,
    decide: (stored: StoredExtension) => ExtensionDecision<Result>,
  ): Promise<Result>;
  /** Every agency, by id, and how its report of the year stands; none where `under` is not registered. */
  standings(query: SubtreeOfYear): Promise<Standing[]>;

  /** What a report's ETag is made of, without reading the report. */
  reportVersion(key: ReportKey, scope: ReadScope): Promise<ReportTag | undefined>;
  /** The same for a report's check. */
  checkVersion(key: ReportKey): Promise<CheckTag | undefined>;
  /** A report's answer as it is sent, UTF-8 JSON. */
  reportAnswer(key: ReportKey, scope: ReadScope): Promise<ReportAnswer | undefined>;
  /** What `view` makes of what a check looks at in a report and around it, all as of one moment. */
  inspectReport<Result>(key: ReportKey, view: (stored: InspectedReport) => Result): Promise<Result>;
  /** What `view` makes of everything that is kept of a report and what surrounds it, all as of one moment. */
  keptReport<Result>(key: ReportKey, view: (kept: KeptReport & ReportSurroundings) => Result): Promise<Result>;
  /** By year (latest first), then agency. */
  reports(query: ReportQuery, scope: ReadScope, page: PageOf<ReportKey>): Promise<ReportSummary[]>;
  /**
   * Writes the report the decision gives; its content as a new, immutable revision where the number is new. Then, in
   * the same transaction, judges anew what depends on it: nobody reads a verdict that is out of date.
   */
  changeReport<Result>(
    key: ReportKey,
    decide: (stored: StoredReport) => ReportDecision<Result>,
    once?: Once,
  ): Promise<Result>;

  /**
   * The same for one of many that come one after the other. They are made durable together, which takes less time for all
   * of them and longer for each. Meanwhile readers are answered by what was there before, and whoever else writes waits.
   */
  changeOneOfMany<Result>(key: ReportKey, decide: (stored: StoredReport) => ReportDecision<Result>): Promise<Result>;
  /**
   * The same for many reports, all or none: decided one after the other, each from what those before it wrote. All are
   * looked at; where any decision throws, nothing is written. Meanwhile readers are answered by what was there before,
   * and whoever else writes waits. Rejects, with nothing written, when `signal` is aborted.
   */
  changeReports<Result>(changes: readonly ReportChanging<Result>[], signal: AbortSignal): Promise<Outcome<Result>[]>;
  /** A report's revisions, latest first; within what has been published, those that ever were. */
  revisions(key: ReportKey, scope: ReadScope, page: PageOf<number>): Promise<RevisionSummary[]>;
  /** One of them. */
  revision(key: ReportKey, scope: ReadScope, revision: number): Promise<StoredRevision | undefined>;
  /** The report as it was at a time (ISO 8601, UTC), or as it was published then; of one that is gone nothing is left. */
  reportAt(key: ReportKey, scope: ReadScope, time: string): Promise<PastReport | undefined>;

  /** What statistics go by as far as it changed after an event; all of it where none is named, or there is none such. */
  figureChanges<Result>(after: number | undefined, view: (changes: FigureChanges) => Result): Promise<Result>;

  /** What happened after an event, in order, as far as it is told to the listener (`toldTo`). */
  events(listener: Listener, page: PageOf<number>): Promise<EventPage>;
  /** The number of the last event; 0 where there is none. */
  lastEvent(): Promise<number>;
  /** Resolves when there is an event after this one, when `signal` is aborted, or when the store is closed. */
  eventAfter(sequence: number, signal: AbortSignal): Promise<void>;
  /** Where the record of events is not what it was when it was written. */
  verifyEvents(): Promise<RecordCheck>;

  /** Which report a document became, by the SHA-256 of its bytes in hexadecimal; the last where it became several. */
  findImport(sha256: string): Promise<StoredImport | undefined>;

  /** A value kept under a name, for the program's own use. */
  setting(name: string): Promise<string | undefined>;
  saveSetting(name: string, value: string): Promise<void>;

  close(): Promise<void>;
}

/** What a secret lets its holder do. */
export interface Credential {
  readonly principal: Principal;
  /** When the secret or its key ends, whichever is first. */
  readonly expiresAt?: string;
  readonly lastUsedAt?: string;
}

/** A key and when it was used last. */
export interface UsedKey {
  readonly key: Key;
  readonly lastUsedAt?: string;
}

export interface KeyQuery {
  readonly role?: Role;
  /** Bound to this agency or one below it. */
  readonly under?: string;
}

export interface StoredKey {
  readonly stored: Key | undefined;
  readonly find: FindAgency;
  /** Every key of an admin's. */
  readonly admins: () => readonly Key[];
}

export interface KeyDecision<Result> {
  readonly write?: Key;
  readonly deed?: Deed;
  readonly result: Result;
}

/** `after` is the last item of the page before; `limit` the most items wanted. */
export interface PageOf<Key> {
  readonly after?: Key | undefined;
  readonly limit: number;
}

export interface AgencyQuery {
  readonly parent?: string;
  /** An agency and everything below it. */
  readonly under?: string;
  readonly level?: AgencyLevel;
  readonly kind?: AgencyKind;
  /** Part of the name or the id. */
  readonly q?: string;
  readonly active?: boolean;
  readonly today: string;
}

export interface AgencyRegistry {
  readonly find: FindAgency;
  /** What refers to an agency and keeps it from being deleted. */
  readonly references: (id: string) => AgencyReferences;
  /** The agency that took over from one, then whichever took over from that. */
  readonly successors: (id: string) => readonly string[];
  /** The years an agency has reports of. */
  readonly yearsOf: (id: string) => readonly number[];
  /** The reports whose narratives were found to be much the same as one's. */
  readonly resembling: (key: ReportKey) => readonly ReportKey[];
}

export interface AgencyReferences {
  readonly reports: number;
  readonly extensions: number;
  readonly children: number;
  readonly predecessors: number;
  /** Keys bound to it that were not revoked. */
  readonly keys: number;
}

export interface AgencyDecision<Result> {
  readonly write?: readonly Agency[];
  readonly remove?: string;
  readonly deed?: Deed;
  readonly recheck?: Recheck;
  readonly result: Result;
}

/**
 * The reports to judge anew after a write, those of them that exist, and what each becomes; then those that one of
 * these leaves with something to tell (`untold`), each report once.
 */
export interface Recheck {
  readonly keys: readonly ReportKey[];
  readonly decide: (stored: StoredReport) => ReportState | undefined;
}

export interface StoredYear {
  readonly stored: Year | undefined;
  readonly reports: number;
  readonly extensions: number;
}

export interface YearDecision<Result> {
  readonly write?: Year;
  readonly remove?: true;
  readonly deed?: Deed;
  readonly result: Result;
}

/** What a year has of an agency and everything below it; of everybody where none is named. */
export interface SubtreeOfYear {
  readonly year: number;
  readonly under?: string;
}

/** An extension, and what it is an extension of. */
export interface StoredExtension {
  readonly year: Year | undefined;
  readonly agency: Agency | undefined;
  readonly extension: Extension | undefined;
}

export interface ExtensionDecision<Result> {
  readonly write?: Extension;
  readonly remove?: true;
  readonly deed?: Deed;
  readonly result: Result;
}

/** What may be read: everything, or what has been published as it was published. */
export type ReadScope = 'all' | 'published';

/** `id` is never given to another report, so that a report deleted and made again has another tag. */
export interface ReportTag {
  readonly id: number;
  readonly revision: number;
  /** Another for what is published than for the report itself: they tell different things. */
  readonly version: number | string;
}

export interface CheckTag extends ReportTag {
  /** Counts what a reader of the check can see besides the report. */
  readonly checkVersion: number;
}

export interface ReportAnswer extends ReportTag {
  readonly answer: Uint8Array;
}

export interface ReportQuery {
  readonly years?: readonly YearRange[];
  readonly under?: string;
  readonly agency?: string;
  readonly status?: ReportStatus;
  readonly verdict?: Verdict;
  /** The id of a rule the report fails. */
  readonly rule?: string;
  /** Not handed in though its due date is before `today`. */
  readonly overdue?: boolean;
  readonly today: string;
  readonly updatedAfter?: string;
}

export interface YearRange {
  readonly first: number;
  readonly last: number;
}

/** An agency and what surrounds its report. */
export interface ReportSurroundings {
  readonly agency: Agency | undefined;
  readonly year: Year | undefined;
  readonly neighbours: Neighbours;
  readonly nameOf: (agencyId: string) => string | undefined;
}

export interface StoredReport extends ReportSurroundings {
  readonly report: (ReportState & { readonly id: number }) | undefined;
  /** The last revision of the report that was read from a document. */
  readonly importedRevision: () => number | undefined;
}

export interface InspectedReport extends ReportSurroundings {
  readonly report: CheckedState | undefined;
}

/** What a check looks at in a report: its content and its answer are not read for it. */
export type CheckedState = Pick<
  ReportState,
  'agencyId' | 'year' | 'edition' | 'status' | 'revision' | 'figures' | 'facts' | 'likenesses' | 'waivers'
>;

export interface ReportDecision<Result> {
  readonly write?: ReportState;
  /** What is told of it; of every write and removal something is. */
  readonly deed?: Deed;
  /** Where the content comes from, kept with the revision; absent where somebody wrote it. */
  readonly origin?: RevisionOrigin;
  readonly remove?: true;
  readonly recheck?: Recheck;
  /** Made after the write, from the report's id. */
  readonly result: (id: number) => Result;
}

/** One of many changes. */
export interface ReportChanging<Result> {
  readonly key: ReportKey;
  readonly decide: (stored: StoredReport) => ReportDecision<Result>;
}

/** What became of one of several jobs. */
export type Outcome<Result> = { readonly result: Result } | { readonly error: unknown };

/** Where a revision's content comes from where nobody wrote it: a document, or the children's reports. */
export type RevisionOrigin =
  ({ readonly kind: 'import' } & ImportRecord) | ({ readonly kind: 'consolidation' } & ConsolidationRecord);

/** What is kept of a sum that became a revision of a report. */
export interface ConsolidationRecord {
  readonly contributors: readonly Contributor[];
  /** The key of whoever had it added up. */
  readonly actor: string;
  readonly consolidatedAt: string;
}

/** What is kept of a document that became a revision of a report: whoever doubts a figure finds where it stood. */
export interface ImportRecord {
  /** Of its bytes, in hexadecimal. */
  readonly sha256: string;
  readonly fileName: string;
  readonly mediaType?: string;
  /** A person said that cells printed blank mean 0, and there were such cells. */
  readonly blanksAreZero: boolean;
  /** Where each figure stood and how surely it was read, JSON. */
  readonly provenance: string;
  /** The key of whoever imported it. */
  readonly actor: string;
  readonly importedAt: string;
}

export interface StoredImport extends ReportKey {
  readonly importedAt: string;
}

/** A request that is to be carried out once, however often it is sent: the first answer is given again. */
export interface Once {
  readonly keyId: string;
  readonly idempotencyKey: string;
  /** What is asked for, as text: another request under the same key is a mistake. */
  readonly request: string;
  readonly at: string;
}

/** A part of the record, looked through in one go: no more of it than can be looked through at once. */
export interface EventPage {
  readonly events: readonly Event[];
  /** The number up to which the record was looked through; every event up to there that is told is here or before. */
  readonly upTo: number;
  /** Of the last event there is. */
  readonly last: number;
}

/** What the record of events was found to be like. */
export interface RecordCheck {
  readonly events: number;
  /** The last entry, to be noted elsewhere: whoever can write the file could make the whole chain anew. */
  readonly last?: { readonly sequence: number; readonly hash: string };
  /** What is wrong, by the number of the entry; of very many the first. */
  readonly faults: readonly RecordFault[];
  /** How many there are in all. */
  readonly faultCount: number;
}

export interface RecordFault {
  /** The entry; for `unrecorded` the last one about the resource, 0 where there is none. */
  readonly sequence: number;
  /**
   * `changed`: not what was sealed; `missing`: the numbers leave it out, or all of them up to `until`; `unrecorded`: the
   * resource is not as its last entry says, or the content of a revision not what was sealed; `unexpected`: another
   * entry, or none, stands where one is known from elsewhere.
   */
  readonly kind: 'changed' | 'missing' | 'unrecorded' | 'unexpected';
  readonly until?: number;
  readonly resource?: Resource;
  readonly revision?: number;
}
