import { existedAtEndOf, type Agency } from './agency.ts';
import { commonLength } from './common-subsequence.ts';

/** Of an agency what it is recognised by, and what its check depends on. */
export type NamedAgency = Pick<Agency, 'id' | 'name' | 'level' | 'kind' | 'consolidates' | 'activeFrom' | 'activeTo'>;

/** A registered agency and how its name is compared. */
export interface KnownName {
  readonly agency: NamedAgency;
  /** Its name in the one spelling names are compared in. */
  readonly spelling: string;
}

/** An agency a name may mean. */
export interface AgencyCandidate {
  readonly agencyId: string;
  readonly name: string;
  /** 0 to 1: how alike the names are. */
  readonly score: number;
}

/** Whose name it is where that is certain, else whose it may be, the likeliest first. */
export type Recognition =
  | { readonly agency: NamedAgency; readonly candidates: readonly [] }
  | { readonly agency?: never; readonly candidates: readonly AgencyCandidate[] };

/** How many candidates are told. */
const mostCandidates = 5;

/** Names less alike have little more in common than 市 and 局. */
const leastScore = 0.55;

/** No agency has a longer name; what stands there instead is a paragraph. */
const longestName = 100;

/**
 * The agency a document names. It is certain only where exactly one agency of that year has that very name: a likeness,
 * however great, is for a person to confirm.
 *
 * @param spelling The name as the document has it, spelled as the known ones are.
 * @param year The report's; the agencies of every year where nobody knows it.
 */
export function recogniseAgency(spelling: string, known: readonly KnownName[], year: number | undefined): Recognition {
  if (spelling === '') return { candidates: [] };
  const existing = known.filter(({ agency }) => year === undefined || existedAtEndOf(agency, year));
  const [only, ...others] = existing.filter((one) => one.spelling === spelling);
  if (only && others.length === 0) return { agency: only.agency, candidates: [] };
  return { candidates: likeliest(spelling.slice(0, longestName), known) };
}

function likeliest(spelling: string, known: readonly KnownName[]): AgencyCandidate[] {
  return known
    .map(({ agency, spelling: other }) => ({ agencyId: agency.id, name: agency.name, score: alike(spelling, other) }))
    .filter(({ score }) => score >= leastScore)
    .sort((one, other) => other.score - one.score || (one.agencyId < other.agencyId ? -1 : 1))
    .slice(0, mostCandidates);
}

/**
 * How alike two names are. A short form keeps characters of the full name in their order (县发改局, 县发展和改革局), so
 * that the shorter name is found in the longer counts most, and how much of both that is the rest.
 */
function alike(one: string, other: string): number {
  const common = commonLength(one, other);
  const score = (0.75 * common) / Math.min(one.length, other.length) + (0.5 * common) / (one.length + other.length);
  return Math.round(score * 1_000) / 1_000;
}
