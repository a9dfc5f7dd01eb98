import t from 'tap';
import { languages, type Words } from '../../src/domain/language.ts';
import { problems } from '../../src/domain/problem.ts';
import { codeLines, filesUnder } from '../support/source.ts';

const catalogue = 'src/domain/problem.ts';
const code = filesUnder('src')
  .filter(({ file }) => file !== catalogue)
  .flatMap(codeLines);
const codes = Object.keys(problems);

await t.test('every problem of the catalogue can happen', async (t) => {
  const used = (problem: string) => code.some(({ text }) => text.includes(`'${problem}'`));
  t.same(
    codes.filter((problem) => !used(problem)),
    [],
    'a problem nobody has belongs out of the catalogue',
  );
});

await t.test('every problem thrown is in the catalogue', async (t) => {
  const strangers = code.flatMap(({ place, text }) =>
    [...text.matchAll(/new Problem\('([^']*)'/g)]
      .filter(([, problem]) => !codes.includes(problem ?? ''))
      .map(([thrown]) => `${place}: ${thrown}`),
  );
  t.same(strangers, []);
});

for (const [problem, entry] of Object.entries(problems)) {
  await t.test(`the words of ${problem}`, async (t) => {
    t.match(problem, /^[a-z]+(-[a-z]+)*$/, 'a code is lower-case words joined by hyphens');
    const words: Record<string, Words> = { title: entry.title, detail: entry.detail };
    if ('hint' in entry) words['hint'] = entry.hint;
    for (const [member, text] of Object.entries(words)) {
      for (const language of languages) t.match(text[language].trim(), /./, `${member} speaks ${language}`);
      t.same(placeholders(text['zh-CN']), placeholders(text.en), `${member} tells the same in both languages`);
    }
  });
}

function placeholders(text: string): string[] {
  return [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();
}
