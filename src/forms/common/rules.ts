import type { Rule } from '../../domain/rule.ts';
import { disputesExceedDecisions, disputesLitigationOrder } from './rules/cross-section.ts';
import { disputesPendingCarried, reportSimilarity, requestsCarriedIn } from './rules/cross-year.ts';
import { consolidatedAtLeast, consolidatedCoverage, consolidatedSum } from './rules/hierarchy.ts';
import { reportComplete, reportZeroConfirmed } from './rules/structure.ts';
import {
  reportPeriod,
  textCarriedIn,
  textCarriedOut,
  textConcluded,
  textDisputes,
  textNone,
  textOutcomes,
  textReceived,
  textShare,
} from './rules/text.ts';
import {
  disputesTotal,
  requestsApplicants,
  requestsBacklog,
  requestsBalance,
  requestsOtherShare,
  requestsOutcomes,
  requestsSubtotals,
} from './rules/within.ts';

/** The rules of every edition so far, in the order they are told; an edition adds those its own table two has. */
export const rules: readonly Rule[] = [
  requestsBalance,
  requestsOutcomes,
  requestsApplicants,
  disputesTotal,
  requestsSubtotals,
  requestsBacklog,
  requestsOtherShare,
  reportComplete,
  reportZeroConfirmed,
  reportPeriod,
  requestsCarriedIn,
  disputesPendingCarried,
  reportSimilarity,
  disputesExceedDecisions,
  disputesLitigationOrder,
  textReceived,
  textCarriedIn,
  textConcluded,
  textCarriedOut,
  textOutcomes,
  textDisputes,
  textShare,
  textNone,
  consolidatedSum,
  consolidatedAtLeast,
  consolidatedCoverage,
];

/** Cells every edition has whose great changes are worth a question. */
export const headlines: readonly string[] = [
  'requests.received.total',
  'requests.concluded.total',
  'disclosure.licences.decisions',
  'disclosure.penalties.decisions',
  'disclosure.coercion.decisions',
  'disputes.reconsideration.total',
  'disputes.directLitigation.total',
  'disputes.litigationAfterReconsideration.total',
];
