import type { Words } from '../../domain/language.ts';

/** The head over the labels of every block of table two. */
export const rowsHead: Words = { 'zh-CN': '信息内容', en: 'Information' };
