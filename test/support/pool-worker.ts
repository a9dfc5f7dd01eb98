import type { DocumentFile } from '../../src/documents/read-document.ts';
import readInWorker from '../../src/documents/worker.ts';

/** Documents that do in a thread what a broken reader or an evil file would; any other is read as ever. */
const deeds: Readonly<Record<string, () => unknown>> = {
  loops: () => {
    for (;;);
  },
  hoards: () => {
    const hoard: object[] = [];
    for (;;) hoard.push({ more: [1, 2, 3] });
  },
  fails: () => {
    throw new TypeError('a slip in the reader');
  },
  exits: () => process.exit(7),
  waits: () => new Promise(() => undefined),
};

export default async function read(file: DocumentFile): Promise<unknown> {
  await deeds[file.name]?.();
  return readInWorker(file);
}
