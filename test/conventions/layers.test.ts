import { posix } from 'node:path';
import t from 'tap';
import { codeLines, filesUnder, pathsUnder, type SourceFile } from '../support/source.ts';

/** What a folder of src may import beside itself; `packages` names npm packages, `*` any. */
interface Layer {
  readonly folders: readonly string[];
  readonly node?: true;
  readonly packages: readonly string[];
  /** Folders of which only types may be imported. */
  readonly typesOf?: readonly string[];
}

const layers: Readonly<Record<string, Layer>> = {
  domain: { folders: [], packages: [] },
  forms: { folders: ['domain'], typesOf: ['domain'], packages: [] },
  operations: { folders: ['domain', 'forms', 'documents'], node: true, packages: ['diff'] },
  documents: { folders: ['domain', 'forms'], node: true, packages: ['*'] },
  schemas: { folders: ['domain', 'forms'], packages: ['typebox', 'ajv', 'ajv-formats'] },
  sqlite: { folders: ['domain', 'forms'], node: true, packages: ['better-sqlite3', 'piscina'] },
  http: { folders: ['operations', 'schemas', 'domain', 'forms'], node: true, packages: ['*'] },
  threads: { folders: ['schemas', 'domain', 'forms'], node: true, packages: ['piscina'] },
  cli: {
    folders: ['operations', 'schemas', 'domain', 'documents', 'sqlite', 'config.ts'],
    node: true,
    packages: ['*'],
  },
};

/** An import or re-export, over as many lines as it has: whether of types only, and from where. */
const statement =
  /^\s*(?:import|export)\b( type\b)?(?:[^;'"()=]*\bfrom)?\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)/gm;

const files = filesUnder('src');
const lines = files.flatMap(codeLines);

await t.test('no file imports what its folder may not', async (t) => {
  t.same(files.flatMap(forbiddenEdges), []);
});

await t.test('every folder of src has its line in the table', async (t) => {
  const folders = new Set(files.map(({ file }) => folderOf(file)).filter((folder) => !folder.endsWith('.ts')));
  t.same(
    [...folders].filter((folder) => !layers[folder]),
    [],
  );
});

await t.test('the table refuses what it should', async (t) => {
  const edge = (file: string, text: string) => forbiddenEdges({ file, text })[0];
  t.ok(edge('src/domain/a.ts', "import { b } from '../forms/b.ts';"), 'upwards');
  t.ok(edge('src/domain/a.ts', "import { join } from 'node:path';"), 'a built-in');
  t.ok(edge('src/domain/a.ts', "export * from 'typebox';"), 'a package');
  t.ok(edge('src/domain/a.ts', "import '../sqlite/open.ts';"), 'a side effect');
  t.ok(edge('src/domain/a.ts', "const x = await import('../sqlite/open.ts');"), 'a dynamic import');
  t.ok(edge('src/forms/2021/a.ts', "import { b } from '../../domain/b.ts';"), 'a value where only types may be');
  t.ok(edge('src/forms/2021/a.ts', "import { type C, b } from '../../domain/b.ts';"), 'a value beside a type');
  t.equal(
    edge('src/http/routes/a.ts', "import t from 'tap';\nimport {\n  b,\n} from '../../sqlite/open.ts';"),
    'src/http/routes/a.ts:2: http may not import ../../sqlite/open.ts',
  );
  t.notOk(edge('src/forms/2021/a.ts', "import type {\n  B,\n} from '../../domain/b.ts';"));
  t.notOk(edge('src/forms/2021/a.ts', "import type { B } from '../../domain/b.ts';"));
  t.notOk(edge('src/forms/2021/a.ts', "import { b } from '../common/b.ts';"));
  t.notOk(edge('src/main.ts', "import { b } from './sqlite/open.ts';"));
});

await t.test('only src/config.ts reads the environment', async (t) => {
  t.same(occurrences(/process\.env\b|\benv\b.*'node:process'/, [], ['src/config.ts']), []);
});

await t.test('the domain has no clock and no randomness', async (t) => {
  t.same(occurrences(/Math\.random|Date\.now|new Date\(\s*\)|randomUUID|performance\./, ['src/domain/']), []);
});

await t.test('nothing is printed but by the command line', async (t) => {
  t.same(occurrences(/\bconsole\b/, [], ['src/cli/']), []);
});

await t.test('no file or folder has a name that says nothing', async (t) => {
  t.same(
    pathsUnder('src').filter((path) => /(util|helper|manager|common\.ts|misc)s?(\.ts)?$/i.test(path)),
    [],
  );
});

await t.test('tables are made and changed in migrations only', async (t) => {
  const ddl = /\b(CREATE|ALTER|DROP)\s+(TABLE|(UNIQUE\s+)?INDEX|TRIGGER|VIEW)\b/;
  t.same(occurrences(ddl, [], ['src/sqlite/migrations.ts']), [], 'the runner makes its own table and no other');
  t.same(
    pathsUnder('src').filter((path) => path.endsWith('.sql')),
    [],
  );
  t.same(
    pathsUnder('migrations').filter((path) => !/^migrations\/\d{4}-[a-z0-9-]+\.sql$/.test(path)),
    [],
  );
});

interface Import {
  readonly file: string;
  readonly specifier: string;
  readonly typesOnly: boolean;
}

/** The edges a file makes that the table does not have, a sentence each. */
function forbiddenEdges({ file, text }: SourceFile): string[] {
  const folder = folderOf(file);
  const layer = layers[folder];
  if (!layer) return [];
  return [...text.matchAll(statement)].flatMap(({ 0: found, 1: type, 2: from, 3: dynamic, index }) => {
    const specifier = from ?? dynamic ?? '';
    if (isAllowed(folder, layer, { file, specifier, typesOnly: type !== undefined })) return [];
    const start = text.slice(0, index + found.length - found.trimStart().length);
    return [`${file}:${start.split('\n').length}: ${folder} may not import ${specifier}`];
  });
}

function isAllowed(folder: string, layer: Layer, { file, specifier, typesOnly }: Import): boolean {
  if (specifier.startsWith('node:')) return layer.node === true;
  if (!specifier.startsWith('.')) return layer.packages.includes('*') || layer.packages.includes(packageOf(specifier));
  const target = folderOf(posix.join(posix.dirname(file), specifier));
  if (target === folder) return true;
  return layer.folders.includes(target) && (typesOnly || !layer.typesOf?.includes(target));
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** `domain` for src/domain/cell.ts, `config.ts` for src/config.ts. */
function folderOf(path: string): string {
  return path.split('/')[1] ?? '';
}

/** Where code matches, below the folders named or anywhere in src, the exceptions left out. */
function occurrences(pattern: RegExp, below: readonly string[], except: readonly string[] = []): string[] {
  return lines
    .filter(({ file }) => below.length === 0 || below.some((folder) => file.startsWith(folder)))
    .filter(({ file }) => !except.some((start) => file.startsWith(start)))
    .filter(({ text }) => pattern.test(text))
    .map(({ place, text }) => `${place}: ${text.trim()}`);
}
