import { Type } from 'typebox';
import { waiverStatuses } from '../domain/finding.ts';
import { dateTime, saidPattern } from './text.ts';

const reason = Type.String({
  minLength: 1,
  maxLength: 2_000,
  pattern: saidPattern,
  title: '理由',
  description: 'Why the figures are right all the same',
});

const StatementSchema = Type.Object(
  { by: Type.String({ description: 'The key of whoever said it' }), at: dateTime(), reason },
  { $id: 'Statement', additionalProperties: false },
);

const said = {
  explanation: Type.Optional(Type.Ref('Statement#')),
  waived: Type.Optional(Type.Ref('Statement#')),
};

/** A waiver as the finding it defends shows it. */
const FindingWaiverSchema = Type.Object(
  { status: Type.Enum([...waiverStatuses], { description: '`lapsed`: a figure has changed since' }), ...said },
  { $id: 'FindingWaiver', additionalProperties: false },
);

const WaiverSchema = Type.Object(
  {
    rule: Type.String(),
    at: Type.String(),
    values: Type.Array(Type.Unsafe<number | null>({ type: ['number', 'null'] }), {
      description: 'The values of the finding’s terms; it lapses when one of them changes',
    }),
    ...said,
  },
  { $id: 'Waiver', additionalProperties: false, title: '豁免' },
);

const WaiverInputSchema = Type.Object(
  {
    reason,
    waive: Type.Optional(
      Type.Boolean({
        description:
          '`true` waives the error, which is the reviewer’s to do; `false` explains it, which is the reporter’s. Whoever may waive waives where left out',
      }),
    ),
  },
  { $id: 'WaiverInput', additionalProperties: false, title: '说明或豁免' },
);

/** What is said in defence of waivable errors. */
export const waiverSchemas = [StatementSchema, FindingWaiverSchema, WaiverSchema, WaiverInputSchema];
