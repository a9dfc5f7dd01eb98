import { Type } from 'typebox';
import { saidPattern } from './text.ts';

const StepSchema = Type.Object(
  {},
  { $id: 'Step', additionalProperties: false, title: '报送、审核、发布', description: 'Nothing more is to be said' },
);

const StepBackSchema = Type.Object(
  {
    reason: Type.String({
      minLength: 1,
      maxLength: 2_000,
      pattern: saidPattern,
      title: '理由',
      description: 'Why; the reporter reads it, and of a correction the public',
    }),
  },
  { $id: 'StepBack', additionalProperties: false, title: '退回、更正' },
);

/** What is said with an act of the workflow. */
export const stepSchemas = [StepSchema, StepBackSchema];
