/** What stands for a number and for the agency's name: private characters, which no normalised text holds. */
const numberMark = 0xe000;
const agencyMark = 0xe001;

/** A shorter name would be found in words that are no name. */
const shortestName = 3;

/**
 * The characters by which a text is compared: letters, numbers and two marks, nothing else, in one width
 * (`３,259 件` and `3259件` are the same). One mark stands for each number in Arabic digits, one for each place where
 * the agency is named.
 */
export function comparedCharacters(text: string, agencyName: string | undefined): Uint32Array {
  return withNumbersMarked(namesOf(agencyName).reduce(withNameMarked, lettersOf(text)));
}

/**
 * Without spaces, punctuation and symbols, normalised (NFKC): character by character, as long as none depends on what
 * stands beside it. In Chinese none does.
 */
function lettersOf(text: string): Uint32Array {
  const letters = new Uint32Array(text.length);
  let length = 0;
  for (let place = 0; place < text.length; place++) {
    const unit = text.charCodeAt(place);
    const letter = alone[unit] || (alone[unit] = letterAlone(unit));
    if (letter === together) return lettersTogether(text);
    if (letter !== dropped) letters[length++] = letter;
  }
  return letters.subarray(0, length);
}

/** The same of any text, all of it at once. */
function lettersTogether(text: string): Uint32Array {
  return codePoints(text.normalize('NFKC').replace(noLetters, ''));
}

const noLetters = /[^\p{L}\p{M}\p{N}]+/gu;

/** What `letterAlone` says of each UTF-16 unit that was ever asked about; else 0. */
const alone = new Uint32Array(2 ** 16);

/** No characters: what is no letter, and what has to be seen with those beside it. */
const dropped = 0x110000;
const together = 0x110001;

/** The letter a UTF-16 unit is normalised to, whatever stands beside it; `dropped` or `together` where there is not one. */
function letterAlone(unit: number): number {
  const normal = String.fromCharCode(unit).normalize('NFKC');
  const letters = normal.replace(noLetters, '');
  if (letters.length > 1 || joined.test(normal)) return together;
  return letters === '' ? dropped : letters.charCodeAt(0);
}

/** What NFKC may join to what stands before it: marks, vowels and finals of Hangul, and the halves of a character. */
const joined = /[\p{M}\p{Cs}\u1161-\u1175\u11a8-\u11c2]/u;

/** A place before a name: 示例省, 示例市, 示例自治州, also of two characters (滑县), but not the 城市 of 城市管理局. */
const places = /^(?:.{2,8}?[省市县区州旗]|.县)+(?=.{3})/u;

/** What an agency is called in its report, the longest first. */
function namesOf(agencyName = ''): Uint32Array[] {
  const name = String.fromCodePoint(...lettersOf(agencyName));
  return [name, name.replace(places, '')].filter((called) => called.length >= shortestName).map(codePoints);
}

/** With the mark wherever a name stands; in the place of what is given. */
function withNameMarked(letters: Uint32Array, name: Uint32Array): Uint32Array {
  let [length, read] = [0, 0];
  for (let start = nextOf(letters, name, read); start >= 0; start = nextOf(letters, name, read)) {
    letters.copyWithin(length, read, start);
    length += start - read;
    letters[length++] = agencyMark;
    read = start + name.length;
  }
  letters.copyWithin(length, read);
  return letters.subarray(0, length + letters.length - read);
}

/** Where a name stands next, -1 where nowhere. */
function nextOf(letters: Uint32Array, name: Uint32Array, from: number): number {
  const first = name[0] as number;
  let start = letters.indexOf(first, from);
  while (start >= 0 && !standsAt(letters, start, name)) start = letters.indexOf(first, start + 1);
  return start;
}

function standsAt(letters: Uint32Array, start: number, name: Uint32Array): boolean {
  for (let place = 0; place < name.length; place++) if (letters[start + place] !== name[place]) return false;
  return true;
}

/** With one mark for all the digits of a number; in the place of what is given. */
function withNumbersMarked(letters: Uint32Array): Uint32Array {
  let length = 0;
  for (let place = 0; place < letters.length; place++) {
    const letter = letters[place] as number;
    const character = isDigit(letter) ? numberMark : letter;
    if (character !== numberMark || letters[length - 1] !== numberMark) letters[length++] = character;
  }
  return letters.subarray(0, length);
}

/** Whether it is a decimal digit of any script. Those after 0 to 9 begin at U+0660, and Chinese characters are none. */
function isDigit(letter: number): boolean {
  if (letter < 0x660) return letter >= 0x30 && letter <= 0x39;
  return (letter < 0x4e00 || letter > 0x9fff) && digit.test(String.fromCodePoint(letter));
}

const digit = /\p{Nd}/u;

/** Characters, not UTF-16 units: the names of places have some of two. */
function codePoints(text: string): Uint32Array {
  const characters = new Uint32Array(text.length);
  let length = 0;
  for (let place = 0; place < text.length; length++) {
    const character = text.codePointAt(place) as number;
    characters[length] = character;
    place += character > 0xffff ? 2 : 1;
  }
  return characters.subarray(0, length);
}
