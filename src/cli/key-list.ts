import type { Key } from '../domain/key.ts';
import { fill, type Language, type Words } from '../domain/language.ts';
import type { Service } from '../operations/service.ts';

/** How many keys are read at a time. */
const pageSize = 500;

/** Prints every key, a line each, its members between tabs. */
export async function listKeys({ store, now }: Service, language: Language): Promise<void> {
  console.log(headings.map((words) => words[language]).join('\t'));
  let after: string | undefined;
  for (;;) {
    const page = await store.keys({}, { after, limit: pageSize });
    for (const { key, lastUsedAt = '-' } of page) {
      const { id, role, agencyId = '-', name = '-' } = key;
      console.log([id, role, agencyId, standingOf(key, now(), language), lastUsedAt, name].join('\t'));
    }
    after = page.at(-1)?.key.id;
    if (after === undefined) return;
  }
}

function standingOf({ expiresAt, revokedAt }: Key, now: Date, language: Language): string {
  if (revokedAt !== undefined) return fill(standings.revoked, language, { revokedAt });
  if (expiresAt === undefined) return standings.valid[language];
  return fill(expiresAt > now.toISOString() ? standings.until : standings.ended, language, { expiresAt });
}

const headings: readonly Words[] = [
  { 'zh-CN': '代码', en: 'id' },
  { 'zh-CN': '角色', en: 'role' },
  { 'zh-CN': '机关', en: 'agency' },
  { 'zh-CN': '状态', en: 'standing' },
  { 'zh-CN': '最近使用', en: 'last used' },
  { 'zh-CN': '名称', en: 'name' },
];

const standings = {
  valid: { 'zh-CN': '有效', en: 'valid' },
  until: { 'zh-CN': '有效至 {expiresAt}', en: 'valid until {expiresAt}' },
  ended: { 'zh-CN': '已于 {expiresAt} 失效', en: 'ended {expiresAt}' },
  revoked: { 'zh-CN': '已于 {revokedAt} 撤销', en: 'revoked {revokedAt}' },
} as const satisfies Record<string, Words>;
