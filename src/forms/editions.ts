import type { Edition } from '../domain/edition.ts';
import { edition2019 } from './2019/edition.ts';
import { edition2021 } from './2021/edition.ts';

/** Every edition of the form, oldest first. A new edition is a folder beside these and a line here. */
export const editions: readonly Edition[] = [edition2019, edition2021];
