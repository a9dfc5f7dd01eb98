import { Type } from 'typebox';
import { roles } from '../domain/access.ts';
import { agencyId } from './agency.ts';
import { listOf } from './list.ts';
import { mergePatchOf } from './merge-patch-of.ts';
import { dateTime, line } from './text.ts';

/** The id of a key: never what opens it. */
export const keyId = Type.String({
  pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$',
  maxLength: 64,
  title: '密钥代码',
  description: 'What the key is called in the record and in the log; it opens nothing',
});

export const role = Type.Enum([...roles], {
  title: '角色',
  description:
    'admin: the operator; collector: a disclosure office; reporter: an agency that reports; reader: reads drafts',
});

const name = line(200, { title: '名称', description: 'Who holds it, for people' });
const bound = Type.String({
  ...agencyId,
  description: 'The agency it is bound to, with everything below it; bound to none where left out',
});
const expiresAt = dateTime({ title: '失效时间', description: 'From when on it opens nothing' });

const secret = Type.Object(
  {
    createdAt: dateTime({ title: '生成时间' }),
    expiresAt: Type.Optional(dateTime({ title: '失效时间', description: 'Since another took its place' })),
  },
  { additionalProperties: false },
);

const members = {
  id: keyId,
  name: Type.Optional(name),
  role,
  agencyId: Type.Optional(bound),
  createdAt: dateTime({ title: '发放时间' }),
  createdBy: Type.Optional(
    Type.String({ title: '发放者', description: 'The key it was issued with; absent where the program made it' }),
  ),
  expiresAt: Type.Optional(expiresAt),
  revokedAt: Type.Optional(dateTime({ title: '撤销时间' })),
  lastUsedAt: Type.Optional(dateTime({ title: '最近使用时间', description: 'To the minute' })),
  secrets: Type.Array(secret, {
    maxItems: 2,
    title: '密文',
    description: 'When each of its secrets was made, the latest first; none of a key that was revoked',
  }),
};

/** The schemas of API keys. */
export const keySchemas = [
  Type.Object(members, { $id: 'Key', additionalProperties: false, title: '密钥' }),
  Type.Object(
    { ...members, key: Type.String({ title: '密钥', description: 'What to send as `Bearer`; shown this once' }) },
    { $id: 'IssuedKey', additionalProperties: false, title: '密钥（发放）' },
  ),
  Type.Object(
    {
      id: Type.Optional(Type.String({ ...keyId, description: 'One of your own; made where left out' })),
      name: Type.Optional(name),
      role,
      agencyId: Type.Optional(bound),
      expiresAt: Type.Optional(expiresAt),
    },
    { $id: 'KeyInput', additionalProperties: false, title: '密钥（申请）' },
  ),
  mergePatchOf(
    Type.Object({ name: Type.Optional(name), expiresAt: Type.Optional(expiresAt) }, { additionalProperties: false }),
    { $id: 'KeyPatch', title: '密钥（修改）' },
  ),
  Type.Object(
    {
      oldValidUntil: Type.Optional(
        dateTime({
          title: '旧密文有效至',
          description: 'Until when the secret before works; seven days where left out, at once where it is over',
        }),
      ),
    },
    { $id: 'KeyRotation', additionalProperties: false, title: '密钥（轮换）' },
  ),
  listOf('KeyList', Type.Ref('Key#')),
];
