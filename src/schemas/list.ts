import { Type, type TSchema } from 'typebox';

/** The most items a page of a list has. */
const pageLimit = 500;

/** The query parameters of every list. */
export const pageQuery = {
  limit: Type.Optional(
    Type.Integer({ minimum: 1, maximum: pageLimit, default: 50, description: 'The most items to answer' }),
  ),
  cursor: Type.Optional(
    Type.String({ minLength: 1, maxLength: 200, description: '`next` of the page before; opaque' }),
  ),
};

/** A page of a list. */
export function listOf(name: string, item: TSchema): TSchema {
  return Type.Object(
    {
      items: Type.Array(item),
      next: Type.Optional(Type.String({ description: 'The cursor of the next page; absent on the last one' })),
    },
    { $id: name, additionalProperties: false },
  );
}
