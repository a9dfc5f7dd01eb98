import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

export interface SourceFile {
  /** `src/domain/cell.ts`. */
  readonly file: string;
  readonly text: string;
}

/** A line of a source file that is no comment. */
export interface SourceLine extends SourceFile {
  /** `src/domain/cell.ts:12`, to be found by whoever reads the failure. */
  readonly place: string;
}

/** Every file and folder below a folder of the repository, as paths from its root. */
export function pathsUnder(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path).replaceAll('\\', '/'))
    .sort();
}

/** The TypeScript below a folder of the repository. */
export function filesUnder(folder: string): SourceFile[] {
  return pathsUnder(folder)
    .filter((path) => path.endsWith('.ts'))
    .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));
}

export function codeLines({ file, text }: SourceFile): SourceLine[] {
  return text
    .split('\n')
    .map((line, index) => ({ file, text: line, place: `${file}:${index + 1}` }))
    .filter((line) => !/^\s*(\/\/|\/?\*)/.test(line.text));
}
