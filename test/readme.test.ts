import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { ConfigSchema } from '../src/config.ts';
import { blocksOf, codeIn, readDocument, rowsOf, sectionOf, type Block } from './support/markdown.ts';
import { listening, root, run } from './support/process.ts';

const readme = readDocument('README.md');
const contributing = readDocument('CONTRIBUTING.md');

/** Where the README has the service and its databases. */
const written = { url: 'localhost:3000', address: '127.0.0.1:3000', folder: 'data/' };

/** What parts one answer from the next. */
const mark = '--- the next command ---';

/** A command of the tour, and what its answer is to look like. */
interface Step {
  readonly command: string;
  readonly expected: Block;
}

await t.test('the tour goes as it is written', { timeout: 120_000 }, async (t) => {
  const [start, ...steps] = stepsOf(sectionOf(readme, 'A five-minute tour'));
  if (!start) return t.fail('the tour has no steps');
  const folder = `${t.testdir({})}/`;
  const here = (text: string) => text.replaceAll(written.folder, folder);

  const service = run(t, {
    program: 'bash',
    args: ['-c', here(start.command)],
    environment: { PORT: '0' },
    group: true,
  });
  const [, url = ''] = await service.said(listening);
  const { host } = new URL(url);
  const there = (text: string) => here(text).replaceAll(written.url, host).replaceAll(written.address, host);
  contains(t, service.stdout(), { ...start.expected, text: there(start.expected.text) });

  const terminal = run(t, { program: 'bash', args: ['-c', scriptOf(steps.map(({ command }) => there(command)))] });
  t.equal(await terminal.ended, 0, `every command succeeds ${terminal.stderr()}`);
  const answers = terminal.stdout().split(mark);
  for (const [n, { command, expected }] of steps.entries()) {
    await t.test(headOf(command), async (t) =>
      contains(t, answers[n] ?? '', { ...expected, text: there(expected.text) }),
    );
  }
});

await t.test('every folder named is there, and every folder of src is named', async (t) => {
  const named = rowsOf(sectionOf(readme, 'Where things are')).flatMap(([folder = '']) => codeIn(folder));
  t.ok(named.length > 0);
  for (const folder of named) t.ok(statSync(join(root, folder), { throwIfNoEntry: false })?.isDirectory(), folder);
  const left = [...foldersIn('src'), ...foldersIn('.')].filter(
    (folder) => !named.some((path) => path === `${folder}/` || path.startsWith(`${folder}/`)),
  );
  t.same(left, [], 'none is left out');
});

await t.test('every file and folder spoken of is there', async (t) => {
  const paths = [readme, contributing]
    .flatMap(codeIn)
    .filter((code) => /^(src|test|migrations|openapi|bench|\.ci)\/[\w./-]*$/.test(code));
  t.ok(paths.length > 0);
  for (const path of new Set(paths)) t.ok(statSync(join(root, path), { throwIfNoEntry: false }), path);
});

await t.test('the environment is what src/config.ts has', async (t) => {
  const told = rowsOf(sectionOf(readme, 'Environment')).map(([name = '', value = '']) => [
    codeIn(name)[0],
    codeIn(value)[0],
  ]);
  const properties = Object.entries(ConfigSchema.properties as Record<string, { default?: string | number }>);
  const known = properties.map(([name, schema]) => [
    name,
    schema.default === undefined ? undefined : String(schema.default),
  ]);
  t.same(told, known, 'the same variables, with the same defaults');
});

await t.test('every script named is there, and every script is told of', async (t) => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const named = new Set([...scriptsIn(readme), ...scriptsIn(contributing)]);
  for (const script of named) t.ok(scripts[script], `npm run ${script}`);
  const told = new Set(scriptsIn(sectionOf(readme, 'Commands')));
  t.same(
    Object.keys(scripts).filter((script) => !told.has(script)),
    [],
    'the table of commands has them all',
  );
});

await t.test('the layers are the folders of src', async (t) => {
  const layers = rowsOf(sectionOf(contributing, 'Layers')).flatMap(([folder = '']) => codeIn(folder));
  t.same(
    layers.toSorted(),
    foldersIn('src')
      .map((folder) => folder.replace('src/', ''))
      .toSorted(),
  );
});

await t.test('links lead to files that are there', async (t) => {
  const links = [readme, contributing].flatMap((text) => [...text.matchAll(/\]\(([^)#:]+)\)/g)]);
  for (const [, file = ''] of links) t.ok(statSync(join(root, file), { throwIfNoEntry: false }), file);
});

await t.test('what is expected is really looked for', async (t) => {
  const answer = '{"a":1,"b":[{"c":1,"d":2},{"c":2},{"c":3}],"e":[]}';
  t.ok(isPart(JSON.parse('{"b":["…",{"c":2},"…"],"e":[]}'), JSON.parse(answer)));
  t.ok(isPart(JSON.parse('{"b":[{"d":2},"…"]}'), JSON.parse(answer)));
  for (const wrong of [
    '{"a":2}',
    '{"b":[{"c":2},"…"]}',
    '{"b":["…",{"c":1}]}',
    '{"b":[]}',
    '{"f":null}',
    '{"e":["…",1]}',
  ])
    t.notOk(isPart(JSON.parse(wrong), JSON.parse(answer)), wrong);
  t.ok(hasLines('HTTP/1.1 200 OK\r\netag: "1"\r\n\r\n{}', 'HTTP/1.1 200 OK\netag: "1"\n'));
  t.notOk(hasLines('etag: "1"\nHTTP/1.1 200 OK', 'HTTP/1.1 200 OK\netag: "1"\n'), 'in another order');
});

/** Each block of shell with the block behind it. */
function stepsOf(section: string): Step[] {
  const blocks = blocksOf(section);
  return blocks.flatMap(({ language, text }, index) => {
    if (language !== 'sh') return [];
    const expected = blocks[index + 1];
    if (!expected || expected.language === 'sh') throw new Error(`nothing is expected of ${text}`);
    return [{ command: text, expected }];
  });
}

/** The request of a step, to call it by. */
function headOf(command: string): string {
  return /^(?:curl|\w+=\S+ npm).*$/m.exec(command)?.[0] ?? command;
}

/** One shell, as one terminal is: what a block sets, the next ones have. It ends at the first command that fails. */
function scriptOf(commands: readonly string[]): string {
  return ['set -e', ...commands.map((command) => `${command}echo '${mark}'`)].join('\n');
}

function contains(t: Test, answer: string, expected: Block): void {
  if (expected.language === 'text') t.ok(hasLines(answer, expected.text), 'has the lines', { answer });
  else t.ok(isPart(JSON.parse(expected.text), JSON.parse(answer)), 'has the members', { answer });
}

/** Whether each expected line is part of a line of the answer, in the same order. */
function hasLines(answer: string, expected: string): boolean {
  const rest = answer.split(/\r?\n/);
  const wanted = expected.trim().split('\n');
  return wanted.every((line) => {
    const place = rest.findIndex((candidate) => candidate.includes(line));
    rest.splice(0, place + 1);
    return place >= 0;
  });
}

/** Whether a value is what is expected of it: an object may have more members; `"…"` in a list stands for any items. */
function isPart(expected: unknown, value: unknown): boolean {
  if (Array.isArray(expected)) return Array.isArray(value) && isPartOfList(expected, value);
  if (typeof expected !== 'object' || expected === null) return Object.is(expected, value);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(expected).every(
    ([name, member]) => name in value && isPart(member, (value as Record<string, unknown>)[name]),
  );
}

function isPartOfList([first, ...more]: readonly unknown[], items: readonly unknown[]): boolean {
  if (first === undefined) return items.length === 0;
  if (first === '…')
    return items.some((_, skipped) => isPartOfList(more, items.slice(skipped))) || isPartOfList(more, []);
  return items.length > 0 && isPart(first, items[0]) && isPartOfList(more, items.slice(1));
}

/** The folders of a folder, without what is not part of the project. */
function foldersIn(folder: string): string[] {
  const ignored = readDocument('.gitignore').split('\n');
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && !ignored.includes(`${entry.name}/`))
    .map(({ name }) => (folder === '.' ? name : `${folder}/${name}`));
}

/** The scripts a text tells people to run. */
function scriptsIn(text: string): string[] {
  return [...text.matchAll(/\bnpm (?:run ([\w:]+)|(test|start)\b)/g)].map(([, script, short]) => script ?? short ?? '');
}
