import { Type } from 'typebox';

const condition = (description: string) => Type.Optional(Type.String({ maxLength: 1_000, description }));

/** The headers a write may be conditional by. */
export const conditionHeaders = Type.Object({
  'If-Match': condition('The ETag this change was made from; `*` overwrites whatever is there'),
  'If-None-Match': condition('`*`: only where there is nothing yet'),
});
