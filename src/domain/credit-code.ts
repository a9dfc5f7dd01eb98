import type { Fault } from './problem.ts';

/** The characters of a 统一社会信用代码: digits and capitals without I, O, Z, S, V (GB 32100). Place is value. */
const characters = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/**
 * Why a 统一社会信用代码 (18 characters, GB 32100) is wrong, if it is: a character that may not occur, or a check
 * character that does not follow from the first seventeen by MOD 31-3.
 */
export function creditCodeFault(code: string, pointer: string): Fault[] {
  const position = [...code].findIndex((character) => !characters.includes(character));
  if (position >= 0) {
    const detail = {
      'zh-CN': '统一社会信用代码第 {position} 位“{character}”不是允许的字符：只用数字和除 I、O、Z、S、V 外的大写字母。',
      en: 'Character {position}, “{character}”, cannot occur in a credit code: digits and capitals other than I, O, Z, S, V only.',
    };
    return [{ pointer, detail, params: { position: position + 1, character: code[position] as string } }];
  }
  const expected = creditCodeCheck(code);
  if (code[17] === expected) return [];
  const detail = {
    'zh-CN': '统一社会信用代码的校验码不符：按前 17 位推算，第 18 位应为“{expected}”；请核对是否抄错。',
    en: 'The check character does not fit: the first 17 characters give “{expected}”; look for a slip of the pen.',
  };
  return [{ pointer, detail, params: { expected } }];
}

/** The check character the first seventeen characters give: weights 3^i mod 31, complement to 31. */
export function creditCodeCheck(code: string): string {
  let weight = 1;
  let sum = 0;
  for (const character of code.slice(0, 17)) {
    sum += characters.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return characters[(31 - (sum % 31)) % 31] as string;
}
