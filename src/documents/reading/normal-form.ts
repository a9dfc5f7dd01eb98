import traditionalPairs from 'opencc-js/dict/TSCharacters';
import { remembered } from './remembered.ts';

/**
 * CJK Radicals Supplement that PDF fonts put for characters; Unicode's compatibility normalisation leaves them alone
 * (Unicode: EquivalentUnifiedIdeograph.txt). The Kangxi radicals it does replace.
 */
const radicalPairs =
  '⺁厂⺅亻⺇几⺋㔾⺌小⺍小⺎尢⺏尣⺒巳⺓幺⺖忄⺗心⺘扌⺙攵⺛旡⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺨犭⺩王⺫目⺬示⺭礻⺮竹⺯糹⺰纟⺱罒⺳网⺶羊⺷羊⺸羋⺹老⺻聿⺼月⻁虎⻂衤⻃覀⻄西⻅见⻆角⻈讠⻉贝⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻬齐⻮齿⻰龙⻱龜⻲龟⻳龟';

function characterMap(): ReadonlyMap<string, string> {
  const pairs = traditionalPairs.split('|').map((pair) => pair.split(' ').slice(0, 2) as [string, string]);
  const radicals = [...radicalPairs.matchAll(/(.)(.)/gu)].map(([, radical, character]) => [radical, character]);
  const kangxi = Array.from({ length: 214 }, (_, index) => String.fromCharCode(0x2f00 + index)).map((radical) => [
    radical,
    radical.normalize('NFKC'),
  ]);
  const halfWidth = Array.from({ length: 94 }, (_, index) => [
    String.fromCharCode(0xff01 + index),
    String.fromCharCode(0x21 + index),
  ]);
  const all = [...pairs, ...radicals, ...kangxi, ...halfWidth, ['\u3000', ' '], ['\u00a0', ' ']] as [string, string][];
  // One code unit for one, or places in the text would shift.
  return new Map(all.filter(([from, to]) => from.length === 1 && to.length === 1));
}

/** What stands for each code unit; a table, as every character of a document is looked up several times. */
const standsFor = Uint16Array.from({ length: 0x10000 }, (_, unit) => unit);
for (const [from, to] of characterMap()) standsFor[from.charCodeAt(0)] = to.charCodeAt(0);

/**
 * The text in simplified characters and half-width signs, one character for one, so that places in it are places in
 * what was printed. Signs that stand for numbers (`①`, `²`) stay: taken for digits they would make other figures.
 */
export function simplified(text: string): string {
  let plain = '';
  let kept = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    const other = standsFor[unit] as number;
    if (other === unit) continue;
    plain += text.slice(kept, index) + String.fromCharCode(other);
    kept = index + 1;
  }
  return plain + text.slice(kept);
}

/** A reading aid some converters put behind a character: 規(guī)章. */
const gloss = /(?<=\p{Script=Han})[(（]\p{Script=Latin}+[)）]/gu;

export function withoutGlosses(text: string): string {
  return text.replace(gloss, '');
}

/** What labels are compared by: simplified, without glosses, white space, and punctuation. */
export const normalForm = remembered((text: string): string =>
  simplified(withoutGlosses(text)).replace(/[^\p{L}\p{N}]/gu, ''),
);
