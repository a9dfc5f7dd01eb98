/** Who asks: the holder of a key, or anybody. */
export interface Principal {
  readonly keyId: string;
  readonly role: 'admin';
}

/**
 * How much of what an act touches the caller may have: everything, only what has been published, or nothing.
 */
export type Scope = 'all' | 'published' | 'none';

/** What anybody may do without a key, by operation; every other operation needs one. */
const withoutKey: Readonly<Record<string, Scope>> = {
  listForms: 'all',
  getForm: 'all',
  listRules: 'all',
  getReportSchema: 'all',
  getTemplate: 'all',
  getLiveness: 'all',
  getReadiness: 'all',
  listReports: 'published',
  getReport: 'published',
  getSection: 'published',
  getDocument: 'published',
};

/** The one place that decides who may do what. */
export function scopeOf(principal: Principal | undefined, operation: string): Scope {
  if (principal) return 'all';
  return withoutKey[operation] ?? 'none';
}
