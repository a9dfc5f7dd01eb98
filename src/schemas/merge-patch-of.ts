import { Type, type TSchema } from 'typebox';

/** A schema as far as merge patches go. */
interface Patchable {
  readonly type?: string | readonly string[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, TSchema>>;
  readonly additionalProperties?: boolean | TSchema;
}

/**
 * The schema of a merge patch (RFC 7396) of an object: nothing is required, and `null` removes whatever is optional, at
 * every depth.
 */
export function mergePatchOf(schema: TSchema, options: { $id: string; title: string }): TSchema {
  return Type.Unsafe({ ...patchOfObject(schema), description: '`null` removes a member', ...options });
}

function patchOfObject(schema: TSchema): TSchema {
  const { required = [], properties, additionalProperties, ...rest } = schema as Patchable;
  const members = Object.entries(properties ?? {}).map(([name, member]) => {
    return [name, required.includes(name) ? member : removable(member)] as const;
  });
  return Type.Unsafe({
    ...rest,
    ...(properties && { properties: Object.fromEntries(members) }),
    additionalProperties:
      typeof additionalProperties === 'object' ? removable(additionalProperties) : additionalProperties,
  });
}

/** A member that `null` removes; a reference is to a component that says for itself whether it may be `null`. */
function removable(member: TSchema): TSchema {
  const { type } = member as Patchable;
  if (typeof type !== 'string') return member;
  const patch = type === 'object' ? patchOfObject(member) : member;
  return Type.Unsafe({ ...patch, type: [type, 'null'] });
}
