import { readingOf, type Assessed, type QuotedClaim } from '../assessed.ts';
import { toWritten } from '../cell.ts';
import type { Figures } from '../figures.ts';
import type { Form } from '../form.ts';
import type { Quote } from '../finding.ts';
import {
  FAIL,
  NOT_APPLICABLE,
  NOT_ASSESSABLE,
  PASS,
  severityAt,
  threshold,
  type Explanation,
  type RuleGroup,
  type RuleInstance,
  type Status,
} from '../instance.ts';
import type { Language } from '../language.ts';
import type { ClaimedPlace, ClaimsTest, Rule } from '../rule.ts';
import { exactly } from '../totals.ts';
import { agreesWithClaim, readsAsShare, type Tolerance } from './claim-agrees.ts';
import { acceptedBy, type Accepted, type Sum } from './claim-sums.ts';
import { expressionOf } from './claim-words.ts';
import { explainSides, signedSum } from './terms.ts';

interface Place {
  readonly sections: readonly string[];
  readonly accepted: readonly Accepted[];
  readonly tolerance: Tolerance;
}

/** The instances of a rule that the narratives say what the tables do: one for each thing they may speak of. */
export function claimsRule(form: Form, rule: Rule, test: ClaimsTest): RuleGroup {
  const tolerance = { share: rule.thresholds?.['share'] ?? 0, loose: threshold(rule, 'loose') };
  return { rule, instances: test.places.map((place) => claimedInstance(form, rule, test, place, tolerance)) };
}

function claimedInstance(
  form: Form,
  rule: Rule,
  { sections }: ClaimsTest,
  claimed: ClaimedPlace,
  tolerance: Tolerance,
): RuleInstance {
  const { at, label } = claimed;
  const accepted = acceptedBy(form, claimed);
  const place: Place = { sections, accepted, tolerance };
  return {
    rule,
    severity: severityAt(rule, at),
    at,
    place: label,
    expression: expressionOf(label, accepted),
    status: (assessed) => judgeAll(assessed, place),
    explain: (assessed, language) => explain(assessed, place, language),
  };
}

/** A claim with where it stands and by what it may be true. */
interface Found {
  readonly claim: QuotedClaim;
  readonly section: string;
  readonly accepted: Accepted;
}

function found(assessed: Assessed, { sections, accepted }: Place): Found[] {
  return sections.flatMap((section) =>
    readingOf(assessed, section).claims.flatMap((claim) => {
      const match = acceptedAs(accepted, claim);
      return match ? [{ claim, section, accepted: match }] : [];
    }),
  );
}

function acceptedAs(accepted: readonly Accepted[], { topic, kind }: QuotedClaim): Accepted | undefined {
  for (const one of accepted) if (one.topic === topic && one.kind === kind) return one;
  return undefined;
}

/** Fails where one claim is wrong; what nobody speaks of does not concern anybody. */
function judgeAll(assessed: Assessed, { sections, accepted, tolerance }: Place): Status {
  let status: Status = NOT_APPLICABLE;
  for (const section of sections) {
    for (const claim of readingOf(assessed, section).claims) {
      const match = acceptedAs(accepted, claim);
      if (!match) continue;
      const judged = judge(assessed, claim, match, tolerance);
      if (judged === FAIL) return FAIL;
      if (status !== NOT_ASSESSABLE) status = judged;
    }
  }
  return status;
}

/** True by any of its sums is true; where a sum has a blank in it, nobody can say that it is wrong. */
function judge({ figures }: Assessed, claim: QuotedClaim, { sums, of }: Accepted, tolerance: Tolerance): Status {
  const stated = sums.map((sum) => valueOf(sum, figures));
  const wholes = () => of.map((sum) => valueOf(sum, figures));
  const values = claim.kind === 'share' ? readsAsShare(stated, wholes()) : stated;
  if (values.some((value) => value !== undefined && agreesWithClaim(claim, value, tolerance))) return PASS;
  return values.includes(undefined) ? NOT_ASSESSABLE : FAIL;
}

function valueOf({ value, balance: { one, other, signed } }: Sum, figures: Figures): number | undefined {
  return toWritten(value, exactly(figures, one, signed, other)) ?? undefined;
}

/** What the first wrong claim says beside what the tables say; every wrong one is quoted. */
function explain(assessed: Assessed, place: Place, language: Language): Explanation {
  const all = found(assessed, place);
  const wrong = all.filter(({ claim, accepted }) => judge(assessed, claim, accepted, place.tolerance) === FAIL);
  const [first] = wrong.length > 0 ? wrong : all;
  const sum = first?.accepted.sums[0]?.terms ?? [];
  const explained = explainSides(assessed, { name: 'left', terms: [] }, { name: 'right', terms: sum }, language);
  if (!first || explained.missing.length > 0) return explained;
  const { claim } = first;
  const right = first.accepted.kind === 'share' ? shareOf(assessed, first) : explained.right;
  const left = claim.value;
  return {
    ...explained,
    left,
    right,
    delta: left === null || right === null || claim.kind === 'share' ? null : left - right,
    quotes: wrong.map(quoteOf),
    params: { quote: inOneLine(claim.text), right: claim.kind === 'share' ? `${right}%` : (right ?? '') },
  };
}

/** The share the tables give, in percent with one decimal. */
function shareOf({ figures }: Assessed, { accepted }: Found): number | null {
  const [part, whole] = [accepted.sums[0], accepted.of[0]].map((sum) => Number(signedSum(figures, sum?.terms ?? [])));
  return whole ? Math.round((1_000 * (part as number)) / whole) / 10 : null;
}

/** Words cut by a line of the layout read on. */
function inOneLine(text: string): string {
  return text.replaceAll(/\s+/g, '');
}

function quoteOf({ claim: { start, end, text }, section }: Found): Quote {
  return { section, start, end, text };
}
