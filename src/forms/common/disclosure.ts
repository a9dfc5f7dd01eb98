import type { Words } from '../../domain/language.ts';

/** What stands in the corner of every block of table two. */
export const corner: Words = { 'zh-CN': '信息内容', en: 'Information' };
