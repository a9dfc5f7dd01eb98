import { Type } from 'typebox';
import { steps } from '../domain/workflow.ts';

/** RFC 9457 as this service fills it in: every problem has a code and a sentence, and lists all there is to mend. */
export const ProblemSchema = Type.Object(
  {
    type: Type.String({ format: 'uri-reference', description: 'The page about this kind of problem' }),
    title: Type.String({ description: 'What kind of problem, in the language asked for' }),
    status: Type.Integer({ minimum: 400, maximum: 599 }),
    detail: Type.String({ description: 'What happened this time' }),
    code: Type.String({ pattern: '^[a-z]+(-[a-z]+)*$', description: 'Permanent; programs go by this' }),
    errors: Type.Optional(
      Type.Array(
        Type.Object(
          {
            pointer: Type.String({ description: 'JSON pointer (RFC 6901) to the place' }),
            in: Type.Optional(
              Type.Enum(['query', 'path', 'header'], { description: 'The part of the request; the body if left out' }),
            ),
            detail: Type.String({ description: 'What is wrong there and what to do' }),
          },
          { additionalProperties: false },
        ),
        { description: 'Everything there is to mend' },
      ),
    ),
    findings: Type.Optional(
      Type.Array(Type.Ref('Finding#'), { description: 'What stands in the way of an act, as the check tells it' }),
    ),
    possible: Type.Optional(Type.Array(Type.Enum([...steps]), { description: 'The acts that are possible now' })),
    hint: Type.Optional(Type.String({ description: 'How it is mended' })),
  },
  { $id: 'Problem', additionalProperties: false, description: 'What went wrong with a request (RFC 9457)' },
);
