import { Type } from 'typebox';

const condition = (description: string) => Type.Optional(Type.String({ maxLength: 1_000, description }));

/** The headers a write may be conditional by. */
export const conditionHeaders = Type.Object({
  'if-match': condition('The ETag this change was made from; `*` overwrites whatever is there'),
  'if-none-match': condition('`*`: only where there is nothing yet'),
});
