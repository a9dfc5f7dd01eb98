import { Type, type TObject, type TSchema } from 'typebox';

/** The schema of a merge patch (RFC 7396) of an object: nothing is required, and `null` removes what is optional. */
export function mergePatchOf(schema: TObject, options: { $id: string; title: string }): TSchema {
  const required: readonly string[] = schema.required ?? [];
  const members = Object.entries(schema.properties).map(([name, member]) => {
    return [name, required.includes(name) ? member : removable(member)] as const;
  });
  return Type.Unsafe({
    type: 'object',
    properties: Object.fromEntries(members),
    additionalProperties: false,
    description: '`null` removes a member',
    ...options,
  });
}

function removable(member: TSchema): TSchema {
  const { type, ...rest } = member as TSchema & { type?: string };
  return Type.Unsafe({ type: [type, 'null'], ...rest });
}
